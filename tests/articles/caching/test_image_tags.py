"""Which images a page depends on."""

import pytest

from diptych.articles.caching import storage
from tests.factories import blocks, make_image, publish_draft

pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.parametrize("place", ["hero", "body"])
def test_page_depends_on_the_images_it_shows(article, ask, place):
    shown, other = make_image(), make_image(title="Autre")
    block = {"image": shown.pk, "alt": "Un lac", "caption": "", "decorative": False}
    values = {"hero_image": shown} if place == "hero" else {"body_fr": blocks(("image", block))}
    publish_draft(article, **values)
    url = article.url_in("fr")
    ask(url)
    ask(url)
    (entry,) = storage.memory.entries.values()
    assert f"image:{shown.pk}" in entry.tags
    assert f"image:{other.pk}" not in entry.tags
    shown.credit = "Une photographe"
    shown.save()
    assert "Une photographe" in ask(url).content.decode()
