"""A second pair of eyes for one language: handed in, approved or sent back with a word."""

from datetime import UTC, datetime

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from diptych.articles.languages.admin.links import edit_url, translating_url
from diptych.articles.languages.models import PageLanguage, Review, TranslationAssignment
from diptych.articles.languages.publication import reviewing
from diptych.articles.models import ArticleAuthor
from tests.articles.reviews.steps import (
    address,
    decide,
    fingerprint,
    hand_in,
    letters_to,
    progress,
    state,
)
from tests.articles.side_by_side.screen import make_member
from tests.factories import blocks, make_author, make_image, paragraphs, publish_draft, write_draft
from tests.tiers import one_row_of

pytestmark = pytest.mark.django_db


def test_approval_publishes_that_language_and_no_other_draft(
    journal, article, translator, reviewer
):
    author = make_author(journal, "Jo Roy", account=reviewer.user)
    assert hand_in(translator, article).status_code == 302
    assert (state(article), progress(article)) == (Review.SUBMITTED, "to_review")
    assert "The lake freezes" not in translator.get("/en/").content.decode()

    page = decide(reviewer, article, "approve").content.decode()
    assert "Approved: readers see it in English now." in page
    assert "Approved by " in reviewer.get(address(article)).content.decode()
    article.refresh_from_db()
    assert article.live_languages == ["fr", "en"]
    assert (article.headline_fr, article.headline_en) == ("Le lac gèle", "The lake freezes")
    assert article.get_latest_revision_as_object().headline_fr == "Le lac gèle encore"
    assert state(article) == Review.NONE
    assert (article.reviewer_en, article.reviewer_fr) == (author, None)


def test_sending_back_needs_a_word_and_reaches_the_translator(
    article, translator, reviewer, at_once
):
    hand_in(translator, article)
    assert "Voilà." in reviewer.get(address(article)).content.decode()
    refused = decide(reviewer, article, "send_back")
    assert "Say what should be changed, here or at the places." in refused.content.decode()
    assert state(article) == Review.SUBMITTED

    decide(reviewer, article, "send_back", "The lead is too long.")
    assert (state(article), progress(article)) == (Review.SENT_BACK, "in_progress")
    assert "The lead is too long." in translator.get(address(article)).content.decode()
    (letter,) = letters_to(translator)
    assert letter.subject == "À reprendre\u00a0: Le lac gèle encore (anglais)"
    assert "The lead is too long." in letter.body
    article.refresh_from_db()
    assert article.live_languages == ["fr"]


@pytest.mark.rare
def test_a_block_stored_before_it_had_all_its_fields_can_be_approved(article, translator, reviewer):
    picture = make_image(alt_en="A frozen lake", alt_fr="Un lac gelé")
    text = ("paragraph", "<p>Text.</p>")
    write_draft(article, body_en=blocks(text, ("image", {"image": picture.pk})))
    hand_in(translator, article)
    page = decide(reviewer, article, "approve").content.decode()
    assert "Approved: readers see it in English now." in page


def test_only_what_was_read_is_approved(article, translator, reviewer):
    hand_in(translator, article)
    read = fingerprint(reviewer, article)
    write_draft(article, lead_en="Something nobody has read.")
    answer = decide(reviewer, article, "approve", fingerprint=read)
    assert "The text has changed since you opened it." in answer.content.decode()
    article.refresh_from_db()
    assert article.live_languages == ["fr"]


@pytest.mark.rare
def test_a_role_is_read_and_approved_with_the_text(journal, article, translator, reviewer):
    author = make_author(journal, "Léa Rochat")
    rows = [ArticleAuthor(author=author, role_fr="Texte", role_en="Text")]
    write_draft(article, authors=rows)
    hand_in(translator, article)
    assert "Role: Léa Rochat" in reviewer.get(address(article)).content.decode()
    read = fingerprint(reviewer, article)
    rows[0].role_en = "Nobody has read this"
    write_draft(article, authors=rows)
    answer = decide(reviewer, article, "approve", fingerprint=read)
    assert "The text has changed since you opened it." in answer.content.decode()
    assert "Approved" in decide(reviewer, article, "approve").content.decode()


def test_an_incomplete_text_is_not_handed_in(article, translator):
    write_draft(article, lead_en="")
    page = hand_in(translator, article).content.decode()
    assert "Le chapeau manque" in page
    assert not TranslationAssignment.objects.filter(review=Review.SUBMITTED).exists()


def test_what_lost_its_lead_under_review_is_not_approved(article, translator, reviewer):
    hand_in(translator, article)
    write_draft(article, lead_en="")
    page = decide(reviewer, article, "approve").content.decode()
    assert "The lead is missing." in page
    assert state(article) == Review.SUBMITTED


def test_a_translator_decides_nothing(article, translator):
    hand_in(translator, article)
    form = {"approve": "1", "comment": "", "fingerprint": fingerprint(translator, article)}
    assert translator.post(address(article), form).status_code in (302, 403)
    article.refresh_from_db()
    assert article.live_languages == ["fr"]
    assert state(article) == Review.SUBMITTED


def test_what_was_handed_in_can_be_taken_back(article, translator, reviewer):
    hand_in(translator, article)
    translator.post(address(article), {"take_back": "1"})
    assert state(article) == Review.NONE
    page = decide(reviewer, article, "approve").content.decode()
    assert "It is no longer waiting for a review." in page


def test_two_reviewers_decide_once(article, translator, reviewer):
    hand_in(translator, article)
    read = fingerprint(reviewer, article)
    decide(reviewer, article, "send_back", "No.")
    answer = decide(reviewer, article, "approve", fingerprint=read)
    assert "It is no longer waiting for a review." in answer.content.decode()
    assert state(article) == Review.SENT_BACK


@pytest.mark.rare
def test_a_double_click_approves_once_and_says_so(article, translator, reviewer, at_once):
    hand_in(translator, article)
    read = fingerprint(reviewer, article)
    for _click in range(2):
        answer = decide(reviewer, article, "approve", fingerprint=read)
        assert "Approved: readers see it in English now." in answer.content.decode()
    assert len(letters_to(translator)) == 1
    write_draft(article, lead_en="Something nobody has read.")
    assert "It is no longer waiting" in decide(reviewer, article, "approve").content.decode()


def test_an_approved_text_that_waits_for_the_date_of_its_page_is_not_called_live(
    article, translator, reviewer, at_once
):
    write_draft(article, go_live_at=datetime(2090, 3, 1, 9, tzinfo=UTC))
    hand_in(translator, article)
    page = decide(reviewer, article, "approve").content.decode()
    assert "The page is scheduled, and will then be live in French and English" in page
    assert "Approved: readers see it" not in page
    article.refresh_from_db()
    assert article.live_languages == ["fr"]
    (letter,) = letters_to(translator)
    assert "1er mars 2090" in letter.body


def test_whoever_sends_a_text_back_is_not_credited_as_its_reviewer(
    journal, article, translator, reviewer
):
    make_author(journal, "Jo Roy", account=reviewer.user)
    reviewing.submit(article, "en", translator.user)
    reviewing.send_back(article, "en", reviewer.user, "The lead is too long.")
    article.publish_languages(["en"])
    article.publish_languages(["en"])
    assert (article.live_languages, article.reviewer_en) == (["fr", "en"], None)


def test_the_history_says_who_did_what(article, translator, reviewer):
    hand_in(translator, article)
    decide(reviewer, article, "send_back", "Shorter, please.")
    page = reviewer.get(reverse("wagtailadmin_pages:history", args=(article.pk,))).content.decode()
    assert "Handed in for review in English" in page
    assert "Sent back in English" in page
    entry = PageLogEntry.objects.get(page=article.pk, action="diptych.send_back_language")
    assert entry.user == reviewer.user


def test_the_translator_reads_beside_the_text_why_it_came_back(article, translator, reviewer):
    hand_in(translator, article)
    decide(reviewer, article, "send_back", "Shorter, please.")
    beside = translator.get(reverse("diptych_translate", args=(article.pk, "en")))
    assert "Shorter, please." in beside.content.decode()


def test_the_editor_leads_to_it(article, translator, reviewer):
    edit = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    assert "Remettre à relire (anglais)" in translator.get(edit).content.decode()
    assert "Review English" not in reviewer.get(edit).content.decode()
    hand_in(translator, article)
    assert "Review English" in reviewer.get(edit).content.decode()


def test_places_are_counted_as_approval_counts_them(article, translator, reviewer):
    ahead = paragraphs("Texte de Éléphant.", "Du neuf.")
    write_draft(article, body_fr=ahead)
    hand_in(translator, article)
    assert reviewer.get(address(article)).context["open_places"] == []
    publish_draft(article)
    write_draft(article, headline_en="The lake freezes again")
    ((place, url),) = reviewer.get(address(article)).context["open_places"]
    assert (place.kind, url.partition("#")[0]) == (
        "untranslated",
        translating_url(article.pk, "en"),
    )


def test_the_breadcrumbs_lead_back_to_the_tab_of_the_language(article, reviewer):
    context = reviewer.get(address(article)).context
    editor, here = context["breadcrumbs_items"][-2:]
    assert editor["url"] == edit_url(article.pk, "en")
    assert (editor["label"], here["url"]) == ("The lake freezes", "")


@pytest.mark.parametrize("language", ["xx", "de"])
def test_an_unknown_language_is_a_404(article, reviewer, language):
    assert reviewer.get(address(article, language), follow=True).status_code == 404


def test_a_page_that_is_in_no_language_is_a_404(reviewer, article):
    root = article.get_root()
    response = reviewer.get(reverse("diptych_review", args=(root.pk, "en")), follow=True)
    assert response.status_code == 404


@pytest.mark.rare
def test_what_was_read_anew_can_be_approved(article, translator, reviewer):
    hand_in(translator, article)
    read = fingerprint(reviewer, article)
    write_draft(article, lead_en="Better.")
    page = decide(reviewer, article, "approve", fingerprint=read)
    form = page.context["decision_form"]
    reviewer.post(address(article), {"approve": "1", "comment": "", **form.initial})
    article.refresh_from_db()
    assert article.lead_en == "Better."


def test_a_page_that_somebody_has_locked_is_left_alone(article, translator, reviewer):
    hand_in(translator, article)
    read = fingerprint(reviewer, article)
    article.locked, article.locked_by = True, translator.user
    article.save()
    answer = decide(reviewer, article, "approve", fingerprint=read)
    assert "The page is locked" in answer.content.decode()
    assert state(article) == Review.SUBMITTED


def test_an_alias_has_nothing_to_review(article, reviewer):
    alias = article.create_alias(update_slug="alias")
    assert reviewer.get(address(alias), follow=True).status_code == 404


def test_other_drafts_keep_their_standing_after_an_approval(article, translator, reviewer):
    write_draft(article, headline_fr="Un tout autre titre")
    hand_in(translator, article)
    decide(reviewer, article, "approve")
    row = PageLanguage.objects.get(page=article, language="fr")
    assert (row.progress, row.has_draft) == ("original", True)


def test_a_comment_that_fills_a_book_is_refused(article, translator):
    page = translator.post(address(article), {"submit": "1", "comment": "x" * 2001})
    assert page.status_code == 200
    assert not TranslationAssignment.objects.filter(review=Review.SUBMITTED).exists()


@pytest.mark.rare
def test_without_every_language_there_is_one_way_to_hand_in(article, translator):
    edit = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    assert "action-submit" in translator.get(edit).content.decode()
    (group,) = translator.user.groups.all()
    group.permissions.remove(*group.permissions.filter(codename="edit_fr"))
    page = Client()
    page.force_login(type(translator.user).objects.get(pk=translator.user.pk))
    content = page.get(edit).content.decode()
    assert "action-submit" not in content
    assert f"/diptych/review/{article.pk}/en/" in content


class Unreachable(BaseEmailBackend):
    """A service that fails as its library sees fit."""

    def send_messages(self, letters):
        raise RuntimeError


@pytest.mark.parametrize(
    "backend", ["django.core.mail.backends.smtp.EmailBackend", f"{__name__}.Unreachable"]
)
def test_any_failure_of_the_mail_leaves_the_decision(
    article, translator, reviewer, settings, at_once, backend
):
    hand_in(translator, article)
    settings.EMAIL_BACKEND = backend
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = decide(reviewer, article, "send_back", "Shorter.").content.decode()
    assert "could not be notified by e-mail" in page
    assert state(article) == Review.SENT_BACK


@pytest.mark.parametrize(
    ("method", "view"),
    one_row_of(
        [
            ("get", "diptych_review"),
            ("get", "diptych_translate"),
            ("post", "diptych_translations:claim"),
        ],
        "rare",
    ),
)
def test_a_refusal_speaks_the_language_of_the_admin(journal, article, client, method, view):
    """And not that of the browser."""
    stranger = make_member(journal, "edit_fr")
    UserProfile.objects.create(user=stranger, preferred_language="fr")
    client.force_login(stranger)
    where = reverse(view, args=(article.pk, "en"))
    page = getattr(client, method)(where, headers={"accept-language": "en"}, follow=True)
    assert page.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    (message,) = page.context["messages"]
    assert "pas les autorisations pour accéder à cette zone" in str(message)
