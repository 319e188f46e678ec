"""Pages as readers get them, and what stands in them."""

from bs4 import BeautifulSoup


def page_at(client, address, status=200, **options):
    response = client.get(address, **options)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "lxml")


def text_of(element):
    return " ".join(element.get_text().split()) if element else ""
