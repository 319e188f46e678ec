"""What a draft is graded as, what a confirmation is good for, and what is kept of it."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from diptych.articles.languages.models import LanguageSchedule, Progress
from diptych.articles.languages.publication.readiness.grading import Grade, NotPublishable, grade
from diptych.articles.languages.publication.rebuilding import outdated_pages
from diptych.articles.languages.translations.marking import confirm
from diptych.articles.models import ArticlePage
from tests.articles.languages import editor
from tests.articles.languages.dated import let_days_pass, logged, schedule
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_plain_page,
    make_user,
    paragraphs,
    publish_confirmed,
    sign_in,
    write_draft,
)
from tests.tiers import one_of

INVISIBLE = ["", " ", "\u00a0", "\u200b", "\u2060\ufeff", "\u3164", "\u2800", "\u00ad"]
NUMBERS = {"caption": "", "source": "", "table": {"data": [["", "2024"], ["", "12"]]}}
TABLE = {"caption": "Débit", "source": "", "table": {"data": [["Année", "2024"], ["Litres", "12"]]}}


@pytest.fixture
def page(journal):
    return make_article(journal, "Éléphant", "Elephant", live_in=["fr"])


def graded(page, language="en", **values):
    write_draft(page, **values)
    return grade(editor.draft_of(page), language)


def kinds(grading):
    return {place.key.partition(".")[0]: place.kind for place in grading.places}


# Required parts


@pytest.mark.parametrize("text", one_of(INVISIBLE, "odd"))
@pytest.mark.parametrize("name", one_of(["headline", "lead"], "odd"))
def test_a_required_field_is_more_than_nothing_to_see(page, name, text):
    grading = graded(page, "fr", **{f"{name}_fr": text})
    assert grading.grade == Grade.REFUSED
    assert [field for field, _sentence in grading.problems] == [f"{name}_fr"]


@pytest.mark.parametrize(
    "body", ["[]", paragraphs("", "\u200b"), blocks(("heading", {"text": " ", "level": "h2"}))]
)
def test_a_body_of_empty_blocks_is_empty(page, body):
    assert graded(page, "fr", body_fr=body).grade == Grade.REFUSED
    grading = graded(page, "en", body_fr=paragraphs("Texte."), body_en=body)
    assert [sentence for _field, sentence in grading.problems] == ["Le texte est vide."]


def test_numbers_alone_are_no_translation_of_words(page):
    grading = graded(page, body_fr=blocks(("table", TABLE)), body_en=blocks(("table", NUMBERS)))
    assert grading.grade == Grade.REFUSED


def test_numbers_alone_can_be_a_body(page):
    table = blocks(("table", NUMBERS))
    assert graded(page, body_fr=table, body_en=table).grade == Grade.COMPLETE
    assert grade(editor.draft_of(page), "fr").grade == Grade.COMPLETE


def test_an_empty_block_of_the_source_is_refused(page):
    grading = graded(page, "fr", body_fr=paragraphs("Texte.", ""))
    assert grading.grade == Grade.REFUSED
    assert [problem.path for problem in grading.problems] == [(1,)]


def test_a_page_type_names_what_it_requires(journal):
    assert set(ArticlePage.required_parts) == {"headline", "lead", "body"}
    page = make_plain_page(journal, "À propos", "About", live_in=())
    assert grade(editor.draft_of(page), "en").grade == Grade.COMPLETE


# Open places


def test_what_is_copied_absent_or_empty_is_open(page):
    said = {"body_fr": paragraphs("Un.", "Deux."), "body_en": paragraphs("Un.")}
    grading = graded(page, **said)
    assert grading.grade == Grade.INCOMPLETE
    assert sorted(place.kind for place in grading.places) == ["copied", "untranslated"]
    grading = graded(page, **{**said, "body_en": paragraphs("One.", "")})
    assert kinds(grading) == {"body": "unfilled"}


def test_a_copy_that_its_source_has_left_behind_is_still_open(page):
    write_draft(page, lead_en="Chapeau de Éléphant.")
    assert kinds(graded(page, lead_fr="Un autre chapeau.")) == {"lead": "copied"}


def test_a_body_written_on_its_own_has_no_open_places(page):
    own = paragraphs("One.").replace("6f9c", "aaaa").replace('"id": "', '"id": "x')
    assert graded(page, body_fr=paragraphs("Un.", "Deux."), body_en=own).grade == Grade.COMPLETE
    own = own.replace("One.", "Deux.")
    assert kinds(graded(page, body_en=own)) == {"body": "copied"}


def test_names_figures_and_what_is_confirmed_are_translated(journal, page):
    author = make_author(journal, "Léa Rochat")
    assert grade(editor.draft_of(author), "en").grade == Grade.COMPLETE
    write_draft(page, lead_en="Chapeau de Éléphant.")
    draft = editor.draft_of(page)
    confirm(draft, "en", ["lead"])
    assert grade(draft, "en").grade == Grade.COMPLETE


def test_the_source_has_no_open_places(page):
    assert graded(page, "fr", body_en=paragraphs("Un.")).places == []


# Confirmations

COPIED = {"lead_en": "Chapeau de Éléphant."}


def publish(page, user=None, confirmed=()):
    again = ArticlePage.objects.get(pk=page.pk)
    again.publish_languages(["en"], user, confirmed=confirmed)


def test_a_confirmation_is_stored_and_asked_for_once(page):
    admin = make_user("admin")
    confirmation = graded(page, **COPIED).confirmation
    publish(page, admin, [confirmation])
    row = page.languages.get(language="en")
    assert (row.live, row.incomplete, row.progress) == (True, 1, Progress.INCOMPLETE)
    (entry,) = logged(page, "publish_incomplete")
    assert entry.user == admin
    assert entry.data["count"] == 1
    assert entry.data["places"] == ["Chapeau: Chapeau de Éléphant."]
    assert outdated_pages() == []
    write_draft(page, headline_en="Elephant 2")
    publish(page)
    write_draft(page, headline_en="Éléphant", headline_fr="Éléphant")
    write_draft(page, body_en=paragraphs("Texte de Éléphant."))
    with pytest.raises(NotPublishable):
        publish(page)
    assert page.languages.get(language="en").incomplete == 1


def test_what_is_translated_is_live_and_incomplete_no_more(page):
    publish_confirmed(page, ["en"], **COPIED)
    write_draft(page, lead_en="Another lead.")
    publish(page)
    row = page.languages.get(language="en")
    assert (row.incomplete, row.progress) == (0, Progress.UP_TO_DATE)
    write_draft(page, **COPIED)
    with pytest.raises(NotPublishable):
        publish(page)


def test_a_confirmation_holds_for_one_text(page):
    confirmation = graded(page, **COPIED).confirmation
    write_draft(page, headline_en="Another elephant")
    with pytest.raises(NotPublishable) as refusal:
        publish(page, make_user("admin"), [confirmation])
    assert refusal.value.can_be_confirmed
    assert editor.live_in(page) == ["fr"]


def test_the_confirmation_of_another_language_confirms_nothing(page):
    confirmation = graded(page, **COPIED).confirmation
    other = type(confirmation)("fr", confirmation.fingerprint)
    with pytest.raises(NotPublishable):
        publish(page, make_user("admin"), [other])


def test_a_live_language_that_is_incomplete_blocks_no_other(page):
    publish_confirmed(page, ["en"], **COPIED)
    write_draft(page, body_fr=paragraphs("Texte de Éléphant.", "Du neuf."))
    ArticlePage.objects.get(pk=page.pk).publish_languages(["fr"])
    assert page.languages.get(language="en").progress == Progress.OUTDATED


def test_a_copy_of_what_is_not_ready_is_not_live(page):
    publish_confirmed(page, ["en"], **COPIED)
    ArticlePage.objects.filter(pk=page.pk).update(provenance_en=None)
    copy = ArticlePage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copie"})
    assert editor.live_in(copy) == ["fr"]


def test_code_that_saves_a_live_page_is_refused(journal):
    page = ArticlePage(headline_fr="Titre", lead_fr="Chapeau.", live=True)
    with pytest.raises(NotPublishable, match="texte est vide"):
        journal.articles.add_child(instance=page)


# At a date


def test_a_date_is_kept_for_what_was_confirmed(page):
    confirmation = graded(page, **COPIED).confirmation
    with pytest.raises(NotPublishable):
        schedule(page, "en", "publish", make_user("admin"))
    schedule(page, "en", "publish", make_user("admin"), confirmed=[confirmation])
    let_days_pass()
    call_command("publish_scheduled", verbosity=0)
    assert editor.live_in(page) == ["fr", "en"]


def test_what_became_incomplete_is_not_published_at_its_date(page):
    user = make_user("admin", email="chief@example.org")
    schedule(page, "en", "publish", user)
    write_draft(page, body_fr=paragraphs("Texte de Éléphant.", "Du neuf."))
    ArticlePage.objects.get(pk=page.pk).publish_languages(["fr"])
    let_days_pass()
    call_command("publish_scheduled", verbosity=0)
    call_command("publish_scheduled", verbosity=0)
    assert editor.live_in(page) == ["fr"]
    (entry,) = logged(page, "refuse_schedule")
    assert "1 " in entry.data["reason"]
    assert LanguageSchedule.objects.filter(page=page).exists()


def test_whoever_set_a_date_is_told(page, django_capture_on_commit_callbacks):
    schedule(page, "en", "publish", make_user("admin", email="chief@example.org"))
    write_draft(page, body_fr=paragraphs("Texte de Éléphant.", "Du neuf."))
    ArticlePage.objects.get(pk=page.pk).publish_languages(["fr"])
    let_days_pass()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled", verbosity=0)
    (letter,) = mail.outbox
    assert letter.to == ["chief@example.org"]
    assert "Elephant" in letter.subject or "Éléphant" in letter.subject


# Screens


def test_nothing_says_ready_that_is_not(page, admin):
    write_draft(page, **COPIED)
    html = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    assert "1 place is still in French" in html
    assert "ready to be published" not in html
    assert "Before you publish" in html


def test_the_question_is_asked_of_those_who_may_answer(page, admin, client):
    write_draft(page, **COPIED)
    where = f"{reverse('diptych_publish', args=(page.pk,))}?language=en"
    asked = admin.get(where)
    assert "Publish English with 1 place still in French?" in asked.content.decode()
    replayed = asked.context["confirmations"]
    write_draft(page, headline_en="Another elephant")
    assert admin.post(where, {"confirmed": replayed}).status_code == 302
    assert editor.live_in(page) == ["fr"]
    admin.post(where, {"confirmed": admin.get(where).context["confirmations"]})
    assert editor.live_in(page) == ["fr", "en"]
    history = admin.get(reverse("wagtailadmin_pages:history", args=(page.pk,))).content.decode()
    assert "Confirmed that English goes live with 1 open place" in history


def test_whoever_may_not_publish_is_not_asked(page, client):
    write_draft(page, **COPIED)
    where = f"{reverse('diptych_publish', args=(page.pk,))}?language=en"
    sign_in(client, "editor")
    confirmed = str(grade(editor.draft_of(page), "en").confirmation)
    assert client.get(where).status_code == 302
    assert client.post(where, {"confirmed": confirmed}).status_code == 302
    assert editor.live_in(page) == ["fr"]


def test_whoever_may_not_publish_incomplete_texts_is_told_what_is_to_do(page, client):
    write_draft(page, **COPIED)
    where = f"{reverse('diptych_publish', args=(page.pk,))}?language=en"
    sign_in(client, "moderator")
    html = client.get(where).content.decode()
    assert "Not published: 1 thing to do" in html
    assert "You may not publish what is incomplete." in html
    confirmed = str(grade(editor.draft_of(page), "en").confirmation)
    client.post(where, {"confirmed": confirmed})
    assert editor.live_in(page) == ["fr"]


@pytest.mark.parametrize("query", ["", "?language=de", "?language=\u200b", "?language"])
def test_no_language_is_no_question(page, admin, query):
    where = reverse("diptych_publish", args=(page.pk,))
    assert admin.get(where + query, follow=True).status_code == 404


# Archives


def test_an_archive_goes_live_as_it_is(page, client):
    draft = write_draft(page, lead_fr="", headline_fr="Éléphants").as_object()
    with pytest.raises(NotPublishable):
        draft.publish_languages(["fr"])

    (refused,) = page.publish_languages(["fr"], as_it_is=True)

    assert (refused.language, refused.grade) == ("fr", Grade.REFUSED)
    assert "Éléphants" in client.get(page.stored().url_in("fr")).content.decode()
    (entry,) = logged(page, "publish_as_it_is")
    assert entry.data == {"language": "fr", "reasons": refused.sentences}
    assert entry.formatter.format_comment(entry) == refused.sentences[0]


def test_nothing_is_said_of_an_archive_without_fault(page):
    write_draft(page, headline_fr="Éléphants")
    assert page.publish_languages(["fr"], as_it_is=True) == []
    assert not logged(page, "publish_as_it_is")


def test_what_was_published_as_it_is_is_graded_when_it_changes(page):
    write_draft(page, lead_fr="")
    page.publish_languages(["fr"], as_it_is=True)
    write_draft(page, headline_fr="Éléphants")
    with pytest.raises(NotPublishable):
        page.publish_languages(["fr"])
