"""Wagtail's API v3: languages are read by anybody where they are live, and written by who may."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from wagtail.models import APIToken, Page, PageViewRestriction

from diptych.articles.languages.checks.addresses import check_api
from diptych.articles.languages.permissions.groups import recipes
from diptych.articles.models import ArticlePage
from tests.factories import (
    blocks,
    make_alias,
    make_article,
    make_author,
    make_topic,
    make_user,
    paragraphs,
    write_draft,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.articles.syndication.v3_urls")]


class Program(Client):
    """A client that sends the token of a person, if it has one."""

    def __init__(self, user=None):
        super().__init__()
        self.headers_sent = {}
        if user:
            _token, secret = APIToken.create_token(user=user, name="test")
            self.headers_sent = {"Authorization": f"Bearer {secret}"}

    def ask(self, path, status=200, **query):
        response = self.get(f"/api/v3/{path}", query, headers=self.headers_sent)
        assert response.status_code == status, response.content
        return response.json()

    def send(self, path, status=200, method="patch", **data):
        response = getattr(self, method)(
            f"/api/v3/{path}",
            json.dumps(data),
            content_type="application/json",
            headers=self.headers_sent,
        )
        assert response.status_code == status, response.content
        return response.json()


@pytest.fixture
def anybody():
    return Program()


@pytest.fixture
def admin():
    return Program(make_user("admin"))


@pytest.fixture
def translator():
    """Somebody who edits and publishes English, and nothing else."""
    call_command("diptych_groups", verbosity=0)
    user = make_user("reader")
    user.groups.add(next(each.find() for each in recipes() if each.key == "editors-en"))
    return Program(user)


def texts_of(page, language):
    page = Page.objects.get(pk=page.pk).specific
    draft = page.get_latest_revision_as_object()
    return page.text_in("headline", language), draft.text_in("headline", language)


# Reading


def test_anybody_reads_what_is_live_in_the_language(journal, anybody):
    topic = make_topic(journal, description_en="The weather.")
    write_draft(topic, headline_en="Zyzzyva")
    answer = anybody.ask(f"languages/en/pages/{topic.pk}/")
    assert answer["texts"]["headline"] == "Climate" and answer["live"]
    assert answer["texts"]["description"] == "The weather."
    assert answer["html_url"].endswith("/en/topics/climate/")
    french = anybody.ask(f"languages/fr/pages/{topic.pk}/")
    assert french["texts"]["headline"] == "Climat"


def test_nobody_reads_what_is_not(journal, anybody, translator):
    french = make_topic(journal, "Seul", "Zyzzyva", live_in=("fr",))
    hidden = make_topic(journal, "Caché", "Zyzzyva hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for page in (french, hidden):
        assert "Zyzzyva" not in str(anybody.ask(f"languages/en/pages/{page.pk}/", 404))
    anybody.ask(f"languages/de/pages/{french.pk}/", 404)
    anybody.ask(f"languages/en/pages/{french.pk}/", 401, version="draft")
    draft = translator.ask(f"languages/en/pages/{french.pk}/", version="draft")
    assert draft["texts"]["headline"] == "Zyzzyva" and not draft["live"]
    translator.ask(f"languages/fr/pages/{french.pk}/", 403, version="draft")


@pytest.mark.parametrize("token", [None, "wagtail_wrong"])
def test_wagtails_own_reads_show_no_multilingual_page_to_anybody(journal, anybody, token):
    english = make_topic(journal, "Zyzzyva", "Known", live_in=("en",))
    if token:
        anybody.headers_sent = {"Authorization": f"Bearer {token}"}
    for path in (
        *("pages/", "pages/?type=diptych.TopicPage", "pages/?search=Zyzzyva", "pages/?order=title"),
        *("pages/?title=Zyzzyva", "pages/find/?html_path=/topics/known/"),
        *("pages/?type=wagtailcore.Page", "pages/?type=diptych.TopicPage&type=wagtailcore.Page"),
        "pages/find/?html_path=/topics/known/&type=tests.None",
        f"pages/{english.pk}/",
    ):
        response = anybody.get(f"/api/v3/{path}", headers=anybody.headers_sent)
        assert response.status_code == 403 and "Zyzzyva" not in response.text, path
    for number in ("abc", f"{english.pk}.0", f"%20{english.pk}", f"+{english.pk}"):
        response = anybody.get(f"/api/v3/pages/{number}/", headers=anybody.headers_sent)
        assert response.status_code == 404 and "Zyzzyva" not in response.text, number


def test_wagtails_own_reads_show_pages_of_other_types_to_anybody(journal, anybody):
    plain = journal.home.get_root().add_child(instance=Page(title="Plain", slug="plain"))
    assert anybody.ask(f"pages/{plain.pk}/", 404)["title"] == "Not Found"  # on no site
    below = Page.objects.get(pk=journal.home.pk).add_child(instance=Page(title="A", slug="a"))
    anybody.ask(f"pages/{below.pk}/", 403)  # it would show the page above it
    above = Page.objects.get(pk=below.pk).add_child(instance=Page(title="B", slug="b"))
    assert anybody.ask(f"pages/{above.pk}/")["title"] == "B"


def test_wagtails_own_reads_are_there_for_whoever_edits(journal, admin):
    topic = make_topic(journal)
    assert admin.ask(f"pages/{topic.pk}/")["title"] == "Climat"
    assert admin.ask("pages/")["items"]


# Writing


def test_a_language_is_written_as_a_draft_and_published(journal, translator):
    article = make_article(journal)
    path = f"languages/en/pages/{article.pk}/"
    translator.send(path, texts={"headline": "Ice"})
    assert texts_of(article, "en") == ("The lake freezes", "Ice")
    answer = translator.send(path, texts={"lead": "Cold."}, publish=True)
    assert answer["texts"]["headline"] == "Ice" and answer["texts"]["lead"] == "Cold."
    assert texts_of(article, "en") == ("Ice", "Ice")
    assert texts_of(article, "fr") == ("Le lac gèle", "Le lac gèle")


def test_publishing_one_language_leaves_the_draft_of_another(journal, translator):
    article = make_article(journal)
    write_draft(article, headline_fr="Deux")
    path = f"languages/en/pages/{article.pk}/"
    translator.send(path, texts={"headline": "Two"}, publish=True)
    assert texts_of(article, "en") == ("Two", "Two")
    assert texts_of(article, "fr") == ("Le lac gèle", "Deux")


def test_who_may_not_write_a_language_is_refused(journal, anybody, translator):
    article = make_article(journal)
    path = f"languages/fr/pages/{article.pk}/"
    translator.send(path, 403, texts={"headline": "Glace"})
    anybody.send(path, 401, texts={"headline": "Glace"})
    editor = Program(make_user("editor"))
    editor.send(path, 403, texts={"headline": "Glace"}, publish=True)
    assert texts_of(article, "fr") == ("Le lac gèle", "Le lac gèle")
    editor.send(path, texts={"headline": "Glace"})
    assert texts_of(article, "fr") == ("Le lac gèle", "Glace")


NO_TEXTS = [
    {"title": "x"},
    {"source_language": "en"},
    {"is_public": True},
    {"headline_fr": "x"},
    {"headline": "x" * 300},
    {"headline": ["x"]},
    {"headline": None},
    {"headline": "a\0b"},
    {"headline": "a\ud800b"},
    {"body": "text"},
    {"body": [{"type": "paragraph", "value": "<p>a\0b</p>"}]},
    {"body": [{"type": "table", "value": {"caption": "a\0b"}}]},
    {"body": [{"type": "raw", "value": "<script></script>"}]},
    {"body": [{"type": "paragraph"}]},
    {"body": [{"type": "image", "value": 1}]},
    {"body": ["paragraph"]},
]


def test_what_is_no_text_is_refused_and_nothing_written(journal, admin, subtests):
    article = make_article(journal)
    for texts in NO_TEXTS:
        with subtests.test(texts=repr(texts)):
            admin.send(f"languages/en/pages/{article.pk}/", 422, texts={"headline": "Ice", **texts})
            assert texts_of(article, "en") == ("The lake freezes", "The lake freezes")


def test_bodies_are_sanitised_and_read_as_they_are_written(journal, admin):
    article = make_article(journal)
    body = json.loads(blocks(("paragraph", "<p>Cold <b>ice</b>.</p>")))
    path = f"languages/en/pages/{article.pk}/"
    assert admin.send(path, texts={"body": body})["texts"]["body"] == body
    body[0]["value"] = "<p onclick='x()'>Cold<script>x()</script></p>"
    written = admin.send(path, texts={"body": body})["texts"]["body"][0]["value"]
    assert "onclick" not in written and "<script" not in written


def test_an_incomplete_language_is_not_published(journal, admin):
    article = make_article(journal, live_in=("fr",))
    path = f"languages/en/pages/{article.pk}/"
    admin.send(path, 422, texts={"lead": ""}, publish=True)
    assert not Page.objects.get(pk=article.pk).specific.is_live_in("en")
    assert texts_of(article, "en")[1] == "The lake freezes"


def test_an_incomplete_language_is_published_when_its_open_places_are_confirmed(journal, admin):
    article = make_article(journal, live_in=("fr",), lead_en="Du froid.", lead_fr="Du froid.")
    path = f"languages/en/pages/{article.pk}/"
    refusal = admin.send(path, 422, publish=True)
    assert refusal["errors"] and not Page.objects.get(pk=article.pk).specific.is_live_in("en")
    [question] = refusal["to_confirm"]
    assert any("Du froid." in place for place in question["places"])
    assert admin.send(path, publish=True, confirmed=[question["confirmed"]])["live"]


def test_what_is_translated_in_part_is_asked_about(journal, admin):
    french = paragraphs("Il gèle encore ici.</p><p>Il neige aussi.")
    article = make_article(journal, live_in=("fr",), body_fr=french)
    half = json.loads(paragraphs("It freezes.</p><p>Il neige aussi."))
    path = f"languages/en/pages/{article.pk}/"
    [question] = admin.send(path, 422, texts={"body": half}, publish=True)["to_confirm"]
    assert [place.partition(": ")[2] for place in question["places"]] == ["Il neige aussi."]
    assert not Page.objects.get(pk=article.pk).specific.is_live_in("en")


def test_a_relation_is_written_by_its_key(journal, admin, monkeypatch):
    monkeypatch.setattr(ArticlePage, "language_api_fields", ("lead", "translator"))
    article, author = make_article(journal), make_author(journal)
    path = f"languages/en/pages/{article.pk}/"
    texts = admin.send(path, texts={"translator": author.pk}, publish=True)["texts"]
    assert texts["translator"] == author.pk
    stored = ArticlePage.objects.get(pk=article.pk)
    assert (stored.translator_en_id, stored.translator_fr_id) == (author.pk, None)
    admin.send(path, 422, texts={"translator": article.pk})


def test_locked_pages_and_aliases_are_not_written(journal, admin):
    article = make_article(journal)
    alias = make_alias(article)
    Page.objects.filter(pk=article.pk).update(locked=True)
    for page in (article, alias):
        admin.send(f"languages/en/pages/{page.pk}/", 403, texts={"headline": "Ice"})


# Wagtail's actions


def test_publishing_by_an_action_keeps_to_the_languages_of_the_person(journal, translator):
    article = make_article(journal)
    write_draft(article, headline_fr="Deux", headline_en="Two")
    translator.send(f"pages/{article.pk}/actions/publish/", method="post")
    assert texts_of(article, "en") == ("Two", "Two")
    assert texts_of(article, "fr") == ("Le lac gèle", "Deux")


def test_an_action_publishes_nothing_incomplete(journal, admin):
    article = make_article(journal)
    write_draft(article, lead_en="")
    admin.send(f"pages/{article.pk}/actions/publish/", 422, method="post")
    assert Page.objects.get(pk=article.pk).specific.lead_en == "Lead of The lake freezes."


def test_actions_on_the_whole_page_need_all_its_languages(journal, translator, admin):
    article = make_article(journal)
    for action in ("unpublish", "copy", "create_alias"):
        translator.send(f"pages/{article.pk}/actions/{action}/", 403, method="post")
    elsewhere = {"destination_id": journal.home.pk}
    translator.send(f"pages/{article.pk}/actions/move/", 403, method="post", **elsewhere)
    assert Page.objects.get(pk=article.pk).live
    admin.send(f"pages/{article.pk}/actions/unpublish/", method="post")
    assert Page.objects.get(pk=article.pk).specific.live_languages == []


def test_wagtails_own_writing_changes_no_text_of_another_language(journal, translator):
    article = make_article(journal, body_en=paragraphs("x"))
    response = translator.patch(
        f"/api/v3/pages/{article.pk}/",
        json.dumps({"title": "Taken over", "meta": {"action": "publish"}}),
        content_type="application/json",
        headers=translator.headers_sent,
    )
    assert response.status_code < 500
    for language, headline in (("fr", "Le lac gèle"), ("en", "The lake freezes")):
        assert texts_of(article, language)[0] == headline


@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_check_names_addresses_that_are_not_guarded(monkeypatch, is_guarded):
    listing = resolve("/api/v3/pages/").func
    monkeypatch.setattr(listing, "keeps_languages", is_guarded)
    assert [each.id for each in check_api(None)] == ([] if is_guarded else ["diptych.W020"])
