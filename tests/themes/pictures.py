"""What tests of pictures share: small ones in every place, and which of a page comes first."""

from bs4 import BeautifulSoup

from tests.factories import make_image


def small():
    return make_image(width=64, height=48)


def inline():
    return ("image", {"image": small().pk})


def gallery():
    return ("gallery", {"pictures": [{"image": small().pk}, {"image": small().pk}]})


def main_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").main


def is_eager(image):
    return image.get("loading", "eager") == "eager"


def assert_only_the_first_is_eager(client, address):
    images = main_of(client, address).find_all("img")
    assert len(images) > 1
    assert [is_eager(image) for image in images] == [True] + [False] * (len(images) - 1)
    assert [image.get("fetchpriority") for image in images] == ["high"] + [None] * (len(images) - 1)
    assert all(image.get("decoding") == "async" for image in images[1:])
