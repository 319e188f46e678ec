"""Whatever is typed into a search field of the admin, the list answers."""

import pytest
from django.urls import reverse

ODD = ['"', '"a', "\x00", "*", "NEAR(", "' OR 1=1", "\u202e", "x" * 3000, "🐘"]

pytestmark = pytest.mark.odd

LISTS = [
    "wagtailadmin_pages:search",
    "wagtailimages:index",
    "wagtailimages_chooser:choose",
    "wagtailadmin_choose_page_search",
    "diptych_articles:index",
    "diptych_translations:index",
]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_answers(admin, articles, subtests, name):
    for query in ODD:
        with subtests.test(query=query[:10]):
            assert admin.get(reverse(name), {"q": query}).status_code == 200


def test_what_stands_beside_the_mark_is_found(admin, articles):
    found = admin.get(reverse("wagtailadmin_pages:search"), {"q": '"Publié'}).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[articles["live"].pk]) in found
