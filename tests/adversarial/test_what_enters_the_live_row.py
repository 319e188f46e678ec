"""Nothing enters the live row of a page but what is published, whoever publishes it.

Of a language that never was, the row says nothing; of one that is offline, what it last said.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diptych.articles.models import ArticlePage
from tests.articles.languages import editor
from tests.articles.permissions.conftest import stored_world, world  # noqa: F401
from tests.articles.permissions.ways import bulk, let_dates_come
from tests.articles.permissions.world import member
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_user,
    publish_confirmed,
    write_draft,
)

pytestmark = pytest.mark.adversarial

WORDS = ("Jamais paru", "Never out")


def _press(button):
    def press(client, page):
        editor.edit(client, page, editor.article_form(*WORDS, button))

    press.__name__ = f"press {button}"
    return press


def _select(client, page):
    bulk(client, "publish", page)


def _at_a_date(client, page):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    form = editor.article_form(*WORDS, editor.PUBLISH, go_live_at=f"{tomorrow:%Y-%m-%d %H:%M}")
    editor.edit(client, page, form)
    let_dates_come()


def _at_a_date_of_its_own(client, page):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    where = reverse("diptych_schedule", args=(page.pk, "fr"))
    client.post(where, {"publish_at": f"{tomorrow:%Y-%m-%d %H:%M}"})
    let_dates_come()


def _by_an_old_version(client, page):
    first = page.revisions.order_by("pk").first()
    editor.revert(client, page, first, editor.article_form(*WORDS, editor.PUBLISH))


def _in_code(client, page):
    page.publish_languages(["fr"], client.user)


def _revision_in_code(client, page):
    draft = page.get_latest_revision_as_object()
    draft.request_publication(["fr"])
    draft.save_revision().publish(user=client.user)


WAYS = (
    _press(editor.PUBLISH),
    _press(editor.PUBLISH_FRENCH),
    _press(editor.PUBLISH_BOTH),
    _select,
    _at_a_date,
    _at_a_date_of_its_own,
    _by_an_old_version,
    _in_code,
    _revision_in_code,
)


def _approve(client, page):
    """Wagtail's own workflow, started and approved by the same person."""
    page.get_latest_revision_as_object().save_revision()
    state = page.get_workflow().start(ArticlePage.objects.get(pk=page.pk), client.user)
    state.current_task_state.approve(user=client.user)


def _chief():
    """The browser of somebody who may publish every language."""
    client = Client()
    client.user = make_user()
    client.force_login(client.user)
    return client


WAYS_OF_ALL = [way for way in WAYS if way.__name__ != f"press {editor.PUBLISH_BOTH}"]


@pytest.mark.parametrize("way", [*WAYS_OF_ALL, _approve], ids=lambda way: way.__name__)
@pytest.mark.parametrize("was_live", [False, True], ids=["new", "live before"])
def test_a_draft_stays_out_whose_language_is_not_published(world, way, was_live):  # noqa: F811
    page, said = world.never_live, None
    if was_live:
        publish_confirmed(page, headline_en="Said before", lead_en="Before.")
        page.unpublish_languages(["en"])
        said = "Said before"
        write_draft(page, headline_en=WORDS[1], lead_en="Never out.")
    alias = make_alias(page) if was_live else None
    way(_chief(), ArticlePage.objects.get(pk=page.pk))
    stored = ArticlePage.objects.get(pk=page.pk)
    if way is _select and not was_live:
        # A selection is published in each whole language that never was live.
        assert stored.live_languages == ["fr", "en"]
        return
    assert stored.live_languages == ["fr"]
    assert stored.headline_en == said and stored.lead_en != "Never out."
    draft = stored.get_latest_revision_as_object()
    assert (draft.headline_en, draft.lead_en) == (WORDS[1], "Never out.")
    assert stored.has_unpublished_changes
    assert stored.languages.get(language="en").has_draft
    if alias:
        alias.refresh_from_db()
        assert (alias.headline_en, alias.live_languages) == (said, ["fr"])


def test_what_waited_is_published_later_with_the_same_rows(world):  # noqa: F811
    author = make_author(world.journal)
    page = make_article(world.journal, *WORDS, live_in=[], authors=[author])
    draft = page.get_latest_revision_as_object()
    entry = draft.authors.get()
    entry.role_fr, entry.role_en = "Texte", "Words"
    draft.authors.set([entry])
    draft.save_revision().publish()
    page = ArticlePage.objects.get(pk=page.pk)
    assert (page.authors.get().role_fr, page.authors.get().role_en) == ("Texte", None)
    before = page.authors.get().pk
    publish_confirmed(page)
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.live_languages == ["fr", "en"]
    assert (page.headline_en, page.authors.get().role_en) == (WORDS[1], "Words")
    assert page.authors.get().pk == before
    assert not page.has_unpublished_changes


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_draft_of_another_language_stays_out(world, way):  # noqa: F811
    page = world.never_live
    draft = page.get_latest_revision_as_object()
    draft.request_publication([])
    draft.save_revision()
    way(member("editors-fr"), ArticlePage.objects.get(pk=page.pk))
    stored = ArticlePage.objects.get(pk=page.pk)
    assert stored.live_languages == ["fr"]
    assert not (stored.headline_en or stored.lead_en or list(stored.body_en))
    draft = stored.get_latest_revision_as_object()
    assert (draft.headline_fr, draft.headline_en) == (stored.headline_fr, "Never out")
    assert draft.lead_en == "Never out." and list(draft.body_en)
