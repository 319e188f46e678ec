"""Choosers find pages by their headline in any language, and images by their texts."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.factories import make_article, make_author, make_image, write_draft
from tests.tiers import one_of


def choose_page(client, words, page_type="diptych.articlepage"):
    """What the dialog of a page chooser shows for ``words``."""
    response = client.get(
        reverse("wagtailadmin_choose_page_search"), {"q": words, "page_type": page_type}
    )
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("live_in", one_of([("fr", "en"), ("fr",), ()], "rare"))
def test_page_chooser_finds_either_headline_live_or_not(journal, admin, live_in, subtests):
    make_article(journal, "Une mémoire", "Elephant memory", live_in=live_in)
    for words in ("elephant", "Memory", "mémoire", "ele"):
        with subtests.test(words=words):
            assert "Une mémoire" in choose_page(admin, words)
    assert "Une mémoire" not in choose_page(admin, "giraffe")


def test_page_chooser_finds_a_headline_that_is_only_in_a_draft(journal, admin):
    article = make_article(journal, "Une mémoire", None, live_in=("fr",))
    write_draft(article, headline_en="Elephant memory")
    assert "Une mémoire" in choose_page(admin, "elephant")


def test_a_draft_that_is_gone_is_no_longer_found(journal, admin):
    article = make_article(journal, "Une mémoire", None, live_in=("fr",))
    write_draft(article, headline_en="Elephant memory")
    write_draft(article, headline_en="Something else")
    assert "Une mémoire" not in choose_page(admin, "elephant")


def test_page_chooser_finds_authors(journal, admin):
    make_author(journal, "İlkay Yıldız", headline_en="Ilkay Yildiz")
    assert "İlkay Yıldız" in choose_page(admin, "Yildiz", "diptych.authorpage")


def test_plain_search_does_not_give_away_what_is_not_live(journal):
    article = make_article(journal, "Une mémoire", "Elephant", live_in=("fr",))
    write_draft(article, headline_en="Rhinoceros")
    assert not Page.objects.live().search("elephant")
    assert not Page.objects.live().search("rhinoceros")
    assert list(Page.objects.live().search("mémoire")) == [Page.objects.get(pk=article.pk)]


@pytest.mark.parametrize("words", one_of(["glacier", "ice", "descend", "going down"], "rare"))
def test_image_chooser_finds_texts_in_either_language(db, admin, words):
    image = make_image(
        "IMG 4711",
        alt_fr="Un glacier",
        alt_en="Ice in the sun",
        caption_fr="Il descend",
        caption_en="It is going down",
    )
    response = admin.get(reverse("wagtailimages_chooser:choose_results"), {"q": words})
    assert image.title in response.content.decode()
    assert (
        image.title
        in admin.get(reverse("wagtailimages:index_results"), {"q": words}).content.decode()
    )
    other = admin.get(reverse("wagtailimages_chooser:choose_results"), {"q": "giraffe"})
    assert image.title not in other.content.decode()


def test_the_dialog_opens_with_a_search_box(journal, admin):
    response = admin.get(reverse("wagtailadmin_choose_page"), {"page_type": "diptych.articlepage"})
    assert 'name="q"' in json.loads(response.content)["html"]
