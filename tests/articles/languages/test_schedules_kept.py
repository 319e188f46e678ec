"""Dates of a language beside all else that happens to a page until they come."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from diptych.articles.languages.models import LanguageSchedule, PageLanguage
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.dated import let_days_pass, logged, public, run, schedule
from tests.articles.languages.editor import draft_of, live_in
from tests.factories import make_article, make_author, make_image, make_user, write_draft


@pytest.fixture
def chief(db):
    return make_user("admin")


@pytest.fixture
def article(journal):
    """Live in both languages, with newer drafts of both."""
    article = make_article(journal)
    write_draft(article, headline_fr="Scheduled fr", headline_en="Half writ")
    return article


# What else happens until the date


def test_every_draft_goes_on_as_it_was(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    write_draft(article, headline_fr="Newer fr", lead_en="Newer lead.")
    before = draft_of(article)
    let_days_pass()
    run(capsys)
    assert (public(article).headline_fr, public(article).headline_en) == (
        "Scheduled fr",
        "The lake freezes",
    )
    after = draft_of(article)
    for name in ("headline_fr", "headline_en", "lead_fr", "lead_en", "body_fr", "body_en"):
        assert str(getattr(after, name)) == str(getattr(before, name))
    assert PageLogEntry.objects.filter(page=article, action="wagtail.publish.scheduled").exists()


@pytest.mark.rare
def test_a_translation_published_at_its_date_credits_its_translator_and_leaves_no_draft(
    journal, chief, capsys
):
    person = make_user("editor")
    author = make_author(journal, "Ana Öz", account=person)
    article = make_article(journal, live_in=("fr",))
    draft = article.get_latest_revision_as_object()
    draft.headline_en = "Translated"
    draft.save_revision(user=person)
    schedule(article, "en", "publish", chief, newest=True)
    let_days_pass()
    run(capsys)
    assert (public(article).headline_en, public(article).translator_en) == ("Translated", author)
    assert draft_of(article).translator_en == author
    assert not PageLanguage.objects.filter(page=article, has_draft=True).exists()


def test_english_published_in_between_stays_public(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    write_draft(article, headline_en="Done")
    public(article).publish_languages(["en"], user=chief)
    assert LanguageSchedule.objects.filter(language="fr").exists()
    let_days_pass()
    run(capsys)
    assert (public(article).headline_fr, public(article).headline_en) == ("Scheduled fr", "Done")


def test_publishing_the_language_by_hand_calls_its_date_off(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    schedule(article, "fr", "unpublish", chief, days=9)
    write_draft(article, headline_fr="By hand")
    public(article).publish_languages(["fr"], user=chief)
    assert [each.act for each in LanguageSchedule.objects.all()] == ["unpublish"]
    assert logged(article, "call_off_schedule").get().data["language"] == "fr"
    run(capsys)
    assert public(article).headline_fr == "By hand"


def test_taking_the_language_offline_calls_its_dates_off(article, chief):
    schedule(article, "fr", "publish", chief)
    schedule(article, "fr", "unpublish", chief, days=9)
    schedule(article, "en", "unpublish", chief)
    public(article).unpublish_languages(["fr"], user=chief)
    assert [each.language for each in LanguageSchedule.objects.all()] == ["en"]


def test_unpublishing_the_page_calls_off_the_dates_of_what_was_live(journal, chief):
    article = make_article(journal, live_in=("fr",))
    schedule(article, "fr", "unpublish", chief)
    schedule(article, "en", "publish", chief)
    public(article).unpublish(user=chief)
    assert [each.language for each in LanguageSchedule.objects.all()] == ["en"]


def test_one_language_leaves_while_the_other_is_still_to_come(journal, chief, capsys):
    """French until its date, English from a later one: the page is offline in between."""
    article = make_article(journal, live_in=("fr",))
    schedule(article, "fr", "unpublish", chief, days=2)
    schedule(article, "en", "publish", chief, days=6)
    let_days_pass(3)
    run(capsys)
    assert live_in(article) == []
    let_days_pass(4)
    run(capsys)
    assert live_in(article) == ["en"]


def test_a_picture_changed_with_the_draft_is_published_with_it(article, chief, capsys):
    write_draft(article, hero_image=make_image())
    schedule(article, "fr", "publish", chief)
    picture = draft_of(article).hero_image
    write_draft(article, hero_image=None)
    let_days_pass()
    run(capsys)
    assert public(article).hero_image == picture
    assert draft_of(article).hero_image is None


def test_a_picture_published_in_between_is_not_taken_back(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    picture = make_image()
    write_draft(article, hero_image=picture)
    public(article).publish_languages(["en"], user=chief)
    let_days_pass()
    run(capsys)
    assert public(article).hero_image == picture
    assert public(article).headline_fr == "Scheduled fr"


@pytest.mark.rare
def test_authors_published_in_between_stay(journal, chief, capsys):
    article = make_article(journal, authors=[make_author(journal)])
    write_draft(article, headline_fr="Scheduled fr")
    schedule(article, "fr", "publish", chief)
    draft = draft_of(article)
    draft.authors = []
    draft.save_revision()
    public(article).publish_languages(["en"], user=chief)
    let_days_pass()
    run(capsys)
    assert not public(article).authors.exists()
    assert public(article).headline_fr == "Scheduled fr"


def test_the_date_of_the_whole_page_goes_on_waiting(journal, chief, capsys):
    """And does not bring back what French said before its own date came."""
    article = make_article(journal)
    write_draft(article, headline_fr="Scheduled fr")
    schedule(article, "fr", "publish", chief)
    draft = public(article)
    draft.headline_en = "At the date of the page"
    draft.go_live_at = timezone.now() + timedelta(days=5)
    draft.save_revision().publish()
    waiting = public(article).revisions.get(approved_go_live_at__isnull=False)
    let_days_pass()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"
    assert public(article).headline_en == "The lake freezes"
    waiting.refresh_from_db()
    assert waiting.approved_go_live_at is not None
    past = timezone.now() - timedelta(minutes=1)
    waiting.content["go_live_at"] = past.isoformat()
    waiting.approved_go_live_at = past
    waiting.save()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"
    assert public(article).headline_en == "At the date of the page"


@pytest.mark.parametrize("live_in_both", [True, False])
def test_a_language_that_goes_offline_leaves_the_date_of_the_page(
    journal, chief, capsys, live_in_both
):
    article = make_article(journal, live_in=("fr", "en") if live_in_both else ("fr",))
    schedule(article, "fr", "unpublish", chief)
    draft = draft_of(article)
    draft.headline_en = "At the date of the page"
    draft.go_live_at = timezone.now() + timedelta(days=5)
    draft.request_publication(["en"])
    draft.save_revision().publish()
    let_days_pass()
    run(capsys)
    assert live_in(article) == (["en"] if live_in_both else [])
    waiting = public(article).revisions.get(approved_go_live_at__isnull=False)
    past = timezone.now() - timedelta(minutes=1)
    waiting.content["go_live_at"] = past.isoformat()
    waiting.approved_go_live_at = past
    waiting.save()
    run(capsys)
    assert live_in(article) == ["en"]
    assert public(article).headline_en == "At the date of the page"


def test_wagtails_own_expiry_keeps_working(article, capsys):
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    run(capsys)
    assert live_in(article) == []


# What goes wrong


def test_a_refusal_is_told_kept_and_logged_once(article, chief, capsys, admin):
    schedule(article, "fr", "publish", chief)
    row = LanguageSchedule.objects.get()
    row.content["lead_fr"] = ""
    row.save()
    let_days_pass()
    for _time in range(3):
        assert "The lead is missing." in run(capsys)
    assert LanguageSchedule.objects.get().is_overdue
    assert logged(article, "refuse_schedule").count() == 1
    screen = reverse("diptych_schedule", args=(article.pk, "fr"))
    assert "and has not been. The lead is missing." in text_of(soup(admin.get(screen)))
    editor = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    panel = soup(admin.get(editor)).select_one("#language-state-fr")
    assert "and has not been." in text_of(panel)


def test_an_unexpected_failure_undoes_all_of_it_and_stops_nobody(
    article, journal, chief, capsys, refusing
):
    schedule(article, "fr", "publish", chief)
    schedule(article, "en", "unpublish", chief)
    let_days_pass()
    count = article.revisions.count()
    with refusing():
        printed = run(capsys)
    assert "Refused" in printed
    assert public(article).headline_fr == "Le lac gèle"
    assert article.revisions.count() == count
    assert LanguageSchedule.objects.get().language == "fr"
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"


def test_a_page_that_was_deleted_takes_its_dates_with_it(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    Page.objects.get(pk=article.pk).delete()
    assert not LanguageSchedule.objects.exists()
    run(capsys)


def test_a_purge_of_revisions_takes_nothing_away(article, chief, capsys):
    schedule(article, "fr", "publish", chief)
    write_draft(article, headline_fr="Newer")
    article.revisions.exclude(pk=article.latest_revision_id).exclude(
        pk=article.live_revision_id
    ).delete()
    let_days_pass()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"


def test_a_picture_deleted_since_is_left_out(article, chief, capsys):
    picture = make_image()
    write_draft(article, hero_image=picture)
    schedule(article, "fr", "publish", chief)
    picture.delete()
    let_days_pass()
    run(capsys)
    assert public(article).headline_fr == "Scheduled fr"
    assert public(article).hero_image is None


def test_taking_offline_what_is_not_live_is_told_and_done(journal, chief, capsys):
    article = make_article(journal, live_in=("fr",))
    schedule(article, "en", "unpublish", chief)
    let_days_pass()
    assert "It was not live." in run(capsys)
    assert not LanguageSchedule.objects.exists()


def test_what_is_open_in_a_live_language_keeps_back_no_other_at_its_date(journal, chief, capsys):
    article = make_article(journal)
    draft = article.get_latest_revision_as_object()
    draft.lead_en = draft.lead_fr  # as in an archive that was imported
    type(article).objects.filter(pk=article.pk).update(lead_en=draft.lead_fr)
    draft.headline_fr, draft.hero_image = "Scheduled fr", make_image()
    draft.save_revision()
    schedule(public(article), "fr", "publish", chief)
    let_days_pass()
    said = run(capsys)
    assert public(article).headline_fr == "Scheduled fr", said
