"""A page is locked between the moment somebody presses a button and the moment it takes effect."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from diptych.articles.languages.models import LanguageSchedule, Review, TranslationAssignment
from diptych.articles.languages.publication import reviewing
from diptych.articles.languages.publication.live_languages import PublicationMixin
from tests.articles.admin.html import messages
from tests.articles.side_by_side.screen import change_source, row_of, translated
from tests.factories import make_article, write_draft


@pytest.fixture
def locked_meanwhile(monkeypatch, ben):
    """Whoever waits for a page gets it when somebody has just locked it."""
    really = PublicationMixin.lock_row

    def wait(page):
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=ben)
        really(page)

    monkeypatch.setattr(PublicationMixin, "lock_row", wait)


@pytest.fixture
def handed_in(journal, chief):
    article = make_article(journal)
    write_draft(article, headline_en="Newer")
    reviewing.submit(article, "en", chief)
    return article


def test_nothing_is_approved(as_chief, handed_in, locked_meanwhile):
    where = reverse("diptych_review", args=(handed_in.pk, "en"))
    draft = handed_in.get_latest_revision_as_object()
    read = reviewing.text_fingerprint(draft, "en")
    values = {"approve": "1", "fingerprint": read, "comment": ""}

    (said,) = messages(as_chief.post(where, values, follow=True))

    handed_in.refresh_from_db()
    assert "The page is locked" in said
    assert handed_in.headline_en != "Newer"
    assert TranslationAssignment.objects.get(page=handed_in).review == Review.SUBMITTED


@pytest.mark.parametrize("act", ["submit", "send_back", "take_back"])
def test_nothing_is_handed_in_or_decided(as_chief, handed_in, locked_meanwhile, act):
    language = "fr" if act == "submit" else "en"
    where = reverse("diptych_review", args=(handed_in.pk, language))

    (said,) = messages(as_chief.post(where, {act: "1", "comment": "Why."}, follow=True))

    assert "The page is locked" in said
    (assignment,) = TranslationAssignment.objects.filter(review=Review.SUBMITTED)
    assert assignment.language == "en"


def test_no_change_is_called_minor(as_chief, journal, locked_meanwhile):
    article = translated(journal)
    change_source(article, ("a", "Un lac gelé."), live=True)
    before = article.revisions.count()
    where = reverse("diptych_changes", args=(article.pk,))

    said = messages(as_chief.post(where, {"unit": ["body.a"]}, follow=True))

    assert any("locked" in each for each in said)
    assert row_of(article).progress == "outdated"
    assert article.revisions.count() == before


@pytest.mark.parametrize("act", ["set", "call off"])
def test_no_date_is_set_or_called_off(as_chief, journal, locked_meanwhile, act):
    article = make_article(journal)
    moment = timezone.localtime(timezone.now() + timedelta(days=2))
    where = reverse("diptych_schedule", args=(article.pk, "en"))
    values = {"publish_at": f"{moment:%Y-%m-%d %H:%M}"}
    if act == "call off":
        due = {"act": "unpublish", "due_at": moment}
        LanguageSchedule.objects.create(page_id=article.pk, language="en", **due)
        values = {"call-off": "1"}

    said = messages(as_chief.post(where, values, follow=True))

    assert any("locked" in each for each in said)
    assert LanguageSchedule.objects.exists() == (act == "call off")
