"""A language goes live, and offline, at a date of its own."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from diptych.articles.languages.models import LanguageSchedule, PageLanguage
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.editor import draft_of
from tests.factories import make_article, make_user, paragraphs, write_draft

ENGLISH = {"headline_en": "The lake freezes", "lead_en": "Lead.", "body_en": paragraphs("Ice.")}


@pytest.fixture
def article(journal):
    """Live in French, with an English draft."""
    article = make_article(journal, en=None, live_in=("fr",))
    write_draft(article, **ENGLISH)
    return article


def in_days(number):
    moment = localtime(timezone.now() + timedelta(days=number))
    return moment.strftime("%Y-%m-%d %H:%M")


def set_dates(client, article, language="en", follow=True, **dates):
    address = reverse("diptych_schedule", args=(article.pk, language))
    return client.post(address, dates, follow=follow)


def let_days_pass(number=10):
    for schedule in LanguageSchedule.objects.all():
        schedule.due_at -= timedelta(days=number)
        schedule.save()


def run(capsys, *arguments):
    call_command("publish_scheduled", *arguments)
    out, err = capsys.readouterr()
    return out + err


def live(article):
    rows = PageLanguage.objects.filter(page=article, live=True)
    return sorted(rows.values_list("language", flat=True))


def test_a_language_is_published_at_its_date_and_no_other_draft(admin, article, capsys):
    page = set_dates(admin, article, publish_at=in_days(3)).content.decode()
    assert "Will be published on" in page
    write_draft(article, headline_fr="Le lac gèle encore")
    run(capsys)
    assert live(article) == ["fr"]

    let_days_pass()
    assert "Le lac gèle encore" in run(capsys)
    article.refresh_from_db()
    assert live(article) == ["en", "fr"]
    assert article.headline_fr == "Le lac gèle"
    assert draft_of(article).headline_fr == "Le lac gèle encore"
    assert not LanguageSchedule.objects.exists()


def test_what_is_written_after_the_date_was_set_stays_a_draft(admin, article, capsys):
    set_dates(admin, article, publish_at=in_days(3))
    write_draft(article, lead_en="Half wri")
    let_days_pass()
    run(capsys)
    article.refresh_from_db()
    assert article.lead_en == "Lead."
    assert draft_of(article).lead_en == "Half wri"
    assert article.has_unpublished_changes


@pytest.mark.rare
def test_the_newest_text_is_taken_when_asked_for(admin, article, capsys):
    set_dates(admin, article, publish_at=in_days(3))
    write_draft(article, lead_en="Better.")
    address = reverse("diptych_schedule", args=(article.pk, "en"))
    assert "The text has changed since" in admin.get(address).content.decode()
    set_dates(admin, article, publish_at=in_days(4))
    assert LanguageSchedule.objects.get().content["lead_en"] == "Lead."
    set_dates(admin, article, publish_at=in_days(4), with_newest_text="on")
    let_days_pass()
    run(capsys)
    article.refresh_from_db()
    assert article.lead_en == "Better."


def test_a_language_is_taken_offline_at_its_date(admin, journal, capsys):
    article = make_article(journal)
    set_dates(admin, article, "fr", unpublish_at=in_days(2))
    let_days_pass()
    run(capsys)
    assert live(article) == ["en"]
    assert draft_of(article).headline_fr == "Le lac gèle"


@pytest.mark.rare
def test_both_languages_have_dates_of_their_own(admin, journal, capsys):
    article = make_article(journal, live_in=())
    set_dates(admin, article, "fr", publish_at=in_days(2))
    set_dates(admin, article, "en", publish_at=in_days(6))
    let_days_pass(3)
    run(capsys)
    assert live(article) == ["fr"]
    let_days_pass(3)
    run(capsys)
    assert live(article) == ["en", "fr"]


def test_an_empty_date_calls_it_off(admin, article):
    set_dates(admin, article, publish_at=in_days(3))
    set_dates(admin, article, publish_at="")
    assert not LanguageSchedule.objects.exists()
    history = reverse("wagtailadmin_pages:history", args=(article.pk,))
    page = admin.get(history).content.decode()
    assert "To be published in English on" in page
    assert "No longer to be published in English on" in page


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"publish_at": in_days(-1)}, "Choose a date in the future."),
        ({"publish_at": "yesterday"}, "Enter a valid date/time."),
        ({"publish_at": "0001-01-01 00:00"}, "Choose a date between the years"),
        (
            {"publish_at": in_days(3), "unpublish_at": in_days(2)},
            "Choose a date after that of the publication.",
        ),
    ],
)
def test_an_impossible_date_is_refused_with_a_reason(admin, article, dates, words):
    assert words in set_dates(admin, article, **dates).content.decode()
    assert not LanguageSchedule.objects.exists()


def test_a_text_that_lacks_something_gets_no_date(admin, article):
    write_draft(article, lead_en="")
    page = soup(set_dates(admin, article, publish_at=in_days(3)))
    assert "Not scheduled: 1 thing to do. The draft is saved." in text_of(page)
    (link,) = [each for each in page.select("form a") if text_of(each) == "The lead is missing."]
    assert link["href"] == f"/admin/pages/{article.pk}/edit/#:w:contentpath=lead_en"


@pytest.mark.rare
def test_one_that_cannot_be_carried_out_does_not_stop_the_others(admin, article, journal, capsys):
    other = make_article(journal, "Été", "Summer", live_in=("fr",))
    set_dates(admin, article, publish_at=in_days(1))
    set_dates(admin, other, publish_at=in_days(2))
    broken = LanguageSchedule.objects.get(page=article)
    broken.content["lead_en"] = ""
    broken.save()
    let_days_pass()
    printed = run(capsys)
    assert "Refused" in printed or "Refusé" in printed
    assert live(article) == ["fr"]
    assert live(other) == ["en", "fr"]
    assert LanguageSchedule.objects.get().page_id == article.pk


def test_a_dry_run_changes_nothing(admin, article, capsys):
    set_dates(admin, article, publish_at=in_days(1))
    let_days_pass()
    assert "Le lac gèle" in run(capsys, "--dryrun")
    assert live(article) == ["fr"]
    assert LanguageSchedule.objects.exists()


@pytest.mark.rare
def test_twice_is_once(admin, article, capsys):
    set_dates(admin, article, publish_at=in_days(1))
    let_days_pass()
    run(capsys)
    revisions = article.revisions.count()
    run(capsys)
    assert article.revisions.count() == revisions


def test_who_may_not_publish_sets_no_date(client, article):
    client.force_login(make_user("editor"))
    set_dates(client, article, publish_at=in_days(3))
    assert not LanguageSchedule.objects.exists()


def test_an_unknown_language_is_a_404(admin, article):
    assert set_dates(admin, article, "xx").status_code == 404
