"""Taking a page offline in one language, or altogether."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import draft_of, live_in, rows
from tests.factories import make_article, sign_in, write_draft


def unpublish_url(page, language):
    return reverse("diptych_unpublish_language", args=(page.pk, language))


def is_missing(client, address):
    """Whether nothing is there, with a language before the address or without."""
    return client.get(address, follow=True).status_code == 404


def test_one_language_goes_offline_after_a_question(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    question = admin.get(unpublish_url(page, "en"))
    assert question.status_code == 200
    assert live_in(page) == ["fr", "en"]
    assert admin.post(unpublish_url(page, "en")).url == f"/admin/pages/{page.pk}/edit/"
    assert live_in(page) == ["fr"]
    assert reader.get("/fr/articles/elephant/").status_code == 200
    assert reader.get("/en/stories/elephant/").status_code == 404


def test_the_text_and_the_draft_of_the_language_are_kept(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, headline_en="Draft")
    admin.post(unpublish_url(page, "en"))
    page.refresh_from_db()
    assert page.headline_en == "Elephant"
    assert draft_of(page).headline_en == "Draft"


def test_the_last_language_takes_the_page_offline(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["en"])
    admin.post(unpublish_url(page, "en"))
    page.refresh_from_db()
    assert not page.live
    assert page.live_languages == []


def test_it_stands_in_the_history_of_the_page(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    admin.post(unpublish_url(page, "en"))
    entry = PageLogEntry.objects.get(action="diptych.unpublish_language", page_id=page.pk)
    assert entry.data == {"language": "en"}
    assert entry.user is not None
    history = admin.get(reverse("wagtailadmin_pages:history", args=(page.pk,)))
    assert "English" in history.content.decode()
    assert not ModelLogEntry.objects.filter(action="diptych.unpublish_language").exists()


def whole_page_url(page, _language):
    return reverse("wagtailadmin_pages:unpublish", args=(page.pk,))


@pytest.mark.parametrize(
    ("url_of", "left"), [(unpublish_url, ["fr"]), (whole_page_url, [])], ids=["language", "page"]
)
@pytest.mark.parametrize("hook", ["before_unpublish_page", "after_unpublish_page"])
def test_the_hooks_of_a_host_answer_for_a_page_and_a_language(journal, admin, hook, url_of, left):
    page = make_article(journal, "Éléphant", "Elephant")

    def answer(request, hooked):
        assert hooked == page
        return HttpResponse("Not before Monday.")

    with hooks.register_temporarily(hook, answer):
        said = admin.post(url_of(page, "en")).content.decode()
    assert said == "Not before Monday."
    assert live_in(page) == (["fr", "en"] if hook.startswith("before") else left)


def test_a_scheduled_publication_is_called_off(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, headline_en="Tomorrow", go_live_at=timezone.now() + timedelta(days=1))
    page.get_latest_revision().publish()
    assert page.scheduled_revision
    page.unpublish_languages(["en"])
    assert ArticlePage.objects.get(pk=page.pk).scheduled_revision is None


def test_where_to_go_next_is_a_place_on_this_site(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    response = admin.post(unpublish_url(page, "en"), {"next": "https://elsewhere.example/"})
    assert response.url == f"/admin/pages/{page.pk}/edit/"
    page.publish_languages(["en"])
    assert admin.post(unpublish_url(page, "en"), {"next": "/admin/"}).url == "/admin/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_publish_may_not_unpublish(journal, client, method):
    page = make_article(journal, "Éléphant", "Elephant")
    sign_in(client, "editor")
    response = getattr(client, method)(unpublish_url(page, "en"))
    assert response.status_code in (302, 403)
    assert live_in(page) == ["fr", "en"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_is_asked_to_sign_in(journal, reader, method):
    page = make_article(journal, "Éléphant", "Elephant")
    response = getattr(reader, method)(unpublish_url(page, "en"))
    assert response.status_code == 302
    assert "login" in response.url
    assert live_in(page) == ["fr", "en"]


@pytest.mark.parametrize("language", ["de", "xx", "fr-ch"])
def test_an_unknown_language_is_not_found(journal, admin, language):
    page = make_article(journal, "Éléphant", "Elephant")
    assert is_missing(admin, unpublish_url(page, language))
    admin.post(unpublish_url(page, language))
    assert live_in(page) == ["fr", "en"]


def test_a_language_that_is_not_live_is_not_found(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    assert is_missing(admin, unpublish_url(page, "en"))


def test_an_unknown_page_is_not_found(journal, admin):
    root = Page.get_first_root_node()
    for pk in (root.pk, 999_999):
        assert is_missing(admin, reverse("diptych_unpublish_language", args=(pk, "en")))


def test_unpublishing_the_page_leaves_no_language_live(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    admin.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
    assert {live for _address, live in rows(page).values()} == {False}
    assert reader.get("/fr/articles/elephant/").status_code == 404
    assert reader.get("/en/stories/elephant/").status_code == 404
    page.refresh_from_db()
    assert not (page.is_public_fr or page.is_public_en)


def test_unpublishing_a_section_with_its_subpages_leaves_none_of_them_live(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    address = reverse("wagtailadmin_pages:unpublish", args=(journal.articles.pk,))
    admin.post(address, {"include_descendants": "on"})
    assert live_in(page) == []
    assert live_in(journal.articles) == []


def test_bulk_unpublish_leaves_no_language_live(journal, admin):
    pages = [make_article(journal, f"Un {n}", f"One {n}") for n in range(2)]
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "unpublish"))
    ids = "&".join(f"id={page.pk}" for page in pages)
    admin.post(f"{address}?next=/admin/&{ids}")
    assert [live_in(page) for page in pages] == [[], []]


def test_an_expired_page_is_live_in_no_language(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    past = timezone.now() - timedelta(minutes=1)
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=past)
    call_command("publish_scheduled", verbosity=0)
    page.refresh_from_db()
    assert page.expired
    assert page.live_languages == []


def test_the_menu_offers_to_unpublish_a_language_only_while_another_is_live(journal, admin):
    both = make_article(journal, "Éléphant", "Elephant")
    alone = make_article(journal, "Tigre", "Tiger", live_in=["fr"])
    html = admin.get(f"/admin/pages/{both.pk}/edit/").content.decode()
    assert unpublish_url(both, "fr") in html
    assert unpublish_url(both, "en") in html
    assert (
        unpublish_url(alone, "fr")
        not in admin.get(f"/admin/pages/{alone.pk}/edit/").content.decode()
    )
