"""Publishing happens altogether or not at all."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_FRENCH,
    Refused,
    article_form,
    create,
    edit,
    revert,
)
from tests.factories import make_article, make_plain_page, publish_draft, write_draft
from tests.tiers import one_of


def everything():
    """All that publishing writes."""
    return {
        "pages": list(ArticlePage.objects.order_by("pk").values()),
        "table": list(PageLanguage.objects.order_by("pk").values()),
        "redirects": list(Redirect.objects.values()),
        "history": list(PageLogEntry.objects.order_by("pk").values()),
        "drafts": [
            list(page.revisions.order_by("pk").values()) for page in ArticlePage.objects.all()
        ],
    }


SLUGS = {"url_slug_fr": "pachyderme", "url_slug_en": "pachyderm"}


@pytest.mark.parametrize("button", one_of([PUBLISH, PUBLISH_FRENCH, PUBLISH_BOTH], "rare"))
def test_editing_changes_nothing_when_a_receiver_fails(journal, admin, refusing, button):
    page = make_article(journal, "Éléphant", "Elephant")
    before = everything()
    with refusing(), pytest.raises(Refused):
        edit(admin, page, article_form("Deux", "Two", button, **SLUGS))
    assert everything() == before


@pytest.mark.parametrize("button", [PUBLISH, PUBLISH_BOTH])
def test_creating_leaves_no_page_when_a_receiver_fails(journal, admin, refusing, button):
    before = everything()
    with refusing(), pytest.raises(Refused):
        create(admin, journal.articles, article_form("Deux", "Two", button))
    assert everything() == before


def test_going_back_changes_nothing_when_a_receiver_fails(journal, admin, refusing):
    page = make_article(journal, "Éléphant", "Elephant")
    first = page.latest_revision
    publish_draft(page, headline_fr="Deux")
    before = everything()
    with refusing(), pytest.raises(Refused):
        revert(admin, page, first, article_form("Éléphant", "Elephant", PUBLISH_FRENCH, **SLUGS))
    assert everything() == before


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.publish_languages(["en"]),
        lambda page: page.get_latest_revision().publish(),
    ],
)
def test_in_code_publishing_changes_nothing_when_a_receiver_fails(journal, refusing, act):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, headline_fr="Deux", **SLUGS)
    before = everything()
    with refusing(), pytest.raises(Refused):
        act(page)
    assert everything() == before


def test_unpublishing_the_last_language_changes_nothing_when_a_receiver_fails(journal, refusing):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["en"])
    before = everything()
    with refusing(), pytest.raises(Refused):
        page.unpublish_languages(["en"])
    assert everything() == before


def unpublish_address(page):
    return reverse("wagtailadmin_pages:unpublish", args=(page.pk,))


@pytest.mark.parametrize("way", ["admin", "code"])
def test_unpublishing_changes_nothing_when_a_receiver_fails(journal, admin, refusing, way):
    page = make_article(journal, "Éléphant", "Elephant")
    before = everything()
    with refusing(), pytest.raises(Refused):
        page.unpublish() if way == "code" else admin.post(unpublish_address(page))
    assert everything() == before


@pytest.mark.parametrize("way", ["admin", "code"])
def test_a_move_changes_nothing_when_a_receiver_fails(journal, admin, refusing_moves, way):
    target = make_plain_page(journal, "Cible", "Target")
    page = make_plain_page(journal, "Un", "One")
    below = make_plain_page(journal, "Deux", "Two", parent=page)
    page = type(page).objects.get(pk=page.pk)
    before = everything(), list(Page.objects.order_by("pk").values())
    with refusing_moves(), pytest.raises(Refused):
        if way == "code":
            page.move(target, pos="last-child")
        else:
            names = (page.pk, target.pk)
            admin.post(reverse("wagtailadmin_pages:move_confirm", args=names))
    assert (everything(), list(Page.objects.order_by("pk").values())) == before
    assert below.languages.get(language="en").url_path == "/accueil/one/two/"
