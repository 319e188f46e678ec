"""Whichever way a language goes live or offline, one function decides about it."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from diptych.articles.languages.config.signals import languages_published, languages_unpublished
from diptych.articles.languages.models import LanguageSchedule, Review, TranslationAssignment
from diptych.articles.languages.publication import service
from diptych.articles.languages.publication.reviewing import text_fingerprint
from tests.articles.languages import editor
from tests.articles.languages.dated import let_days_pass, schedule
from tests.articles.languages.test_copying import NAMES, copy
from tests.articles.languages.test_publication_ways import bulk, let_the_hour_pass
from tests.factories import make_article, make_user, sign_in, write_draft
from tests.wagtail_versions import HAS_ADMIN_ACTIONS

ACT = LanguageSchedule.Act


@pytest.fixture
def asked(monkeypatch):
    """The pages, by id, about which each function of the service was asked."""
    asked = {"publish_languages": [], "unpublish_languages": []}
    for name, pages in asked.items():
        original = getattr(service, name)

        def spy(page, *args, original=original, pages=pages, **kwargs):
            pages.append(page.pk)
            return original(page, *args, **kwargs)

        monkeypatch.setattr(service, name, spy)
    return asked


@pytest.fixture
def heard():
    """What the signals of the service said: ``(page id, languages)`` each time."""
    heard = []

    def listen(page, languages, **kwargs):
        heard.append((page.pk, sorted(languages)))

    languages_published.connect(listen)
    languages_unpublished.connect(listen)
    yield heard
    languages_published.disconnect(listen)
    languages_unpublished.disconnect(listen)


@pytest.fixture
def page(journal):
    """Live in French, with a newer draft in both languages."""
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    write_draft(page, headline_fr="Éléphant 2", headline_en="Elephant 2")
    return page


def api(client, page, action):
    where = reverse("wagtailadmin_api:pages:action", args=(page.pk, action))
    response = client.post(where)
    assert response.status_code == 200, response.content


def press_in_editor(client, page):
    form = editor.article_form("Éléphant 2", "Elephant 2", editor.PUBLISH_ENGLISH)
    assert editor.edit(client, page, form).status_code == 302


def publish_old_version(client, page):
    form = editor.article_form("Éléphant", "Elephant", editor.PUBLISH_ENGLISH)
    revision = page.revisions.order_by("pk").first()
    assert editor.revert(client, page, revision, form).status_code == 302


def approve_review(client, page):
    TranslationAssignment.objects.create(
        page=page, language="en", review=Review.SUBMITTED, submitted_by=make_user("editor")
    )
    draft = editor.draft_of(page)
    form = {"approve": "1", "comment": "", "fingerprint": text_fingerprint(draft, "en")}
    client.post(reverse("diptych_review", args=(page.pk, "en")), form)


def approve_workflow(client, page):
    form = editor.article_form("Éléphant 3", "Elephant 3", editor.SUBMIT)
    editor.edit(client, page, form)
    page.refresh_from_db()
    names = (page.pk, "approve", page.current_workflow_task_state.pk)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=names), {"comment": ""})


def let_date_of_language_come(client, page):
    schedule(page, "en", ACT.PUBLISH, make_user())
    let_days_pass()
    call_command("publish_scheduled", verbosity=0)


def let_date_of_page_come(client, page):
    at = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    form = editor.article_form("Éléphant 2", "Elephant 2", editor.PUBLISH_BOTH, go_live_at=at)
    editor.edit(client, page, form)
    let_the_hour_pass(page)


PUBLISHING = {
    "editor": (press_in_editor, ["en"]),
    "old version": (publish_old_version, ["en"]),
    "review": (approve_review, ["en"]),
    "workflow": (approve_workflow, ["fr"]),
    "date of a language": (let_date_of_language_come, ["en"]),
    "date of the page": (let_date_of_page_come, ["en", "fr"]),
    "selection in a list": (lambda client, page: bulk(client, "publish", page), ["en", "fr"]),
    **({"API": (partial(api, action="publish"), ["fr"])} if HAS_ADMIN_ACTIONS else {}),
    "code": (lambda client, page: page.publish_languages(["en"]), ["en"]),
    "a revision in code": (lambda client, page: page.get_latest_revision().publish(), ["fr"]),
}


@pytest.mark.parametrize("way", PUBLISHING)
def test_every_way_of_publishing_asks_the_service(page, admin, asked, heard, way):
    act, languages = PUBLISHING[way]
    act(admin, page)
    assert asked["publish_languages"]
    assert set(asked["publish_languages"]) == {page.pk}
    assert heard[-1] == (page.pk, languages)
    assert set(languages) <= set(editor.live_in(page))


def test_a_new_page_asks_the_service(journal, admin, asked, heard):
    form = editor.article_form("Éléphant", "Elephant", editor.PUBLISH_BOTH)
    assert editor.create(admin, journal.articles, form).status_code == 302
    page = editor.newest_page()
    assert asked["publish_languages"] == [page.pk]
    assert heard == [(page.pk, ["en", "fr"])]


def test_a_live_copy_is_live_where_its_original_is(journal, admin, heard):
    page = make_article(journal, "Éléphant", "Elephant")
    heard.clear()
    assert copy(admin, page, **NAMES, publish_copies="on").status_code == 302
    assert heard == [(editor.newest_page().pk, ["en", "fr"])]


def expire(client, page):
    past = timezone.now() - timedelta(minutes=1)
    type(page).objects.filter(pk=page.pk).update(expire_at=past)
    call_command("publish_scheduled", verbosity=0)


def unpublish_at_date(client, page):
    schedule(page, "en", ACT.UNPUBLISH, make_user())
    let_days_pass()
    call_command("publish_scheduled", verbosity=0)


def unpublish_view(name, *names):
    return lambda client, page: client.post(reverse(name, args=(page.pk, *names)))


UNPUBLISHING = {
    "button of a language": (unpublish_view("diptych_unpublish_language", "en"), ["en"]),
    "button of the page": (unpublish_view("wagtailadmin_pages:unpublish"), ["en", "fr"]),
    "date of a language": (unpublish_at_date, ["en"]),
    "date of the page": (expire, ["en", "fr"]),
    "selection in a list": (lambda client, page: bulk(client, "unpublish", page), ["en", "fr"]),
    **({"API": (partial(api, action="unpublish"), ["en", "fr"])} if HAS_ADMIN_ACTIONS else {}),
    "code": (lambda client, page: page.unpublish_languages(["en"]), ["en"]),
    "the page in code": (lambda client, page: page.unpublish(), ["en", "fr"]),
}


#: Ways in which Wagtail unpublishes the base page and the service follows its signal.
OF_BASE_PAGE = {"selection in a list", "date of the page"}


@pytest.mark.parametrize("way", UNPUBLISHING)
def test_every_way_of_unpublishing_asks_the_service(journal, admin, asked, heard, way):
    page = make_article(journal, "Éléphant", "Elephant")
    heard.clear()
    act, languages = UNPUBLISHING[way]
    act(admin, page)
    if way not in OF_BASE_PAGE:
        assert asked["unpublish_languages"]
        assert set(asked["unpublish_languages"]) == {page.pk}
    assert heard[-1] == (page.pk, languages)
    assert not set(languages) & set(editor.live_in(page))


def test_descendants_go_offline_by_the_service_too(journal, admin, asked):
    page = make_article(journal, "Éléphant", "Elephant")
    where = reverse("wagtailadmin_pages:unpublish", args=(journal.articles.pk,))
    admin.post(where, {"include_descendants": "on"})
    assert asked["unpublish_languages"] == [journal.articles.pk, page.pk]
    assert editor.live_in(page) == []


def test_whoever_may_publish_nothing_is_refused_by_the_service(page, client):
    user = sign_in(client, "editor")
    with pytest.raises(service.PublishPagePermissionError):
        page.get_latest_revision().publish(user=user)
    assert editor.live_in(page) == ["fr"]


def test_what_a_hook_changes_before_a_publication_stays(journal, admin):
    page = make_article(journal, "Lac", "Lake")

    def take_offline(request, page):
        page.stored().unpublish_languages(["en"])

    form = editor.article_form("Le lac fond", "The lake melts", editor.PUBLISH_FRENCH)
    with hooks.register_temporarily("before_publish_page", take_offline):
        editor.edit(admin, page, form)
    page = page.stored()
    assert (page.headline_fr, page.live_languages) == ("Le lac fond", ["fr"])
