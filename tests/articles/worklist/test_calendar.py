"""The editorial calendar: what is scheduled, published and due in a month, by language."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision

from diptych.articles.languages.admin.calendar.months import Month
from diptych.articles.languages.models import LanguageSchedule, PageLanguage
from diptych.articles.models import ArticlePage
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.permissions.world import let_wait
from tests.articles.worklist.people import assigned, browser_of, fill, missing, speak, up_to_date
from tests.factories import make_article, make_plain_page, make_user

CALENDAR = "/admin/diptych/calendar/"
#: A day in a month of its own, far from that of the test.
DAY = date(2031, 3, 14)
MOMENT = datetime(2031, 3, 14, 13, 30, tzinfo=UTC)


def entries(response):
    """What stands in each day of the month that has an entry: ``{"2031-03-14": [...]}``."""
    found = {}
    for cell in soup(response).select("td.diptych-calendar-day"):
        lines = [text_of(entry) for entry in cell.select(".diptych-calendar-entry")]
        if lines:
            found[cell.time["datetime"]] = lines
    return found


def month(client, asked="2031-03", **parameters):
    return client.get(CALENDAR, {"month": asked, **parameters})


def went_live(page, moment, *languages):
    """Let ``page`` have gone live in ``languages`` at ``moment``."""
    page = ArticlePage.objects.get(pk=page.pk)
    for language in languages:
        page.set_text("first_public_at", language, moment)
    page.save()


def schedule(page, language, act="publish", due_at=MOMENT):
    return LanguageSchedule.objects.create(
        page_id=page.pk, language=language, act=act, due_at=due_at
    )


def test_each_language_stands_on_its_day_with_a_link(journal, as_chief, ana):
    article = missing(journal)
    schedule(article, "en")
    schedule(article, "fr", "unpublish", MOMENT + timedelta(days=1))
    assigned(article, ana, due_date=DAY)
    response = month(as_chief)
    assert entries(response) == {
        "2031-03-14": ["Due EN Le lac gèle Missing Ana Costa", "Goes live 14:30 EN Le lac gèle"],
        "2031-03-15": ["Goes offline 14:30 FR Le lac gèle"],
    }
    links = [a["href"] for a in soup(response).select(".diptych-calendar-entry a")]
    translate = f"/admin/diptych/translate/{article.pk}/en/"
    assert links == [translate, translate, f"/admin/pages/{article.pk}/edit/#tab-francais"]
    assert "Time zone: Europe/Zurich." in soup(response).text


def test_what_went_live_stands_there_even_when_it_is_offline_again(journal, as_chief):
    article = up_to_date(journal)
    went_live(article, MOMENT, "fr")
    went_live(article, MOMENT + timedelta(days=2), "en")
    assert entries(month(as_chief)) == {
        "2031-03-14": ["Went live 14:30 FR Le train"],
        "2031-03-16": ["Went live 14:30 EN The train"],
    }
    ArticlePage.objects.get(pk=article.pk).unpublish_languages(["en"])
    assert entries(month(as_chief))["2031-03-16"] == ["Went live 14:30 EN The train Not live"]


def test_a_whole_page_goes_live_in_the_languages_its_draft_asks_for(journal, as_chief):
    asked = make_article(journal, "Le soir", "The evening", live_in=())
    let_wait(asked, "en", expire_at=timezone.now() + timedelta(days=4))
    live = make_article(journal, "Le matin", "The morning", live_in=("fr",))
    let_wait(live)
    day = timezone.localdate() + timedelta(days=3)
    found = entries(month(as_chief, f"{day:%Y-%m}"))
    in_three_days = [each for each in found[f"{day}"] if "Goes" in each]
    assert [each.split(" ", 3)[-1] for each in in_three_days] == [
        "EN The evening",
        "FR Le matin",
    ]
    following = day + timedelta(days=1)
    found = entries(month(as_chief, f"{following:%Y-%m}"))
    offline = [each for each in found[f"{following}"] if "offline" in each]
    assert [each.split(" ", 3)[-1] for each in offline] == ["EN The evening"]


def test_a_page_that_expires_goes_offline_in_every_live_language(journal, as_chief):
    article = make_article(journal, "Le soir", "The evening")
    Page.objects.filter(pk=article.pk).update(expire_at=MOMENT)
    assert entries(month(as_chief)) == {
        "2031-03-14": ["Goes offline 14:30 FR Le soir", "Goes offline 14:30 EN The evening"]
    }


def test_dates_that_have_passed_say_what_was_missed(journal, as_chief):
    article = missing(journal)
    past = datetime(2021, 3, 14, 13, 30, tzinfo=UTC)
    schedule(article, "en", due_at=past)
    assigned(article, due_date=date(2021, 3, 14))
    assert entries(month(as_chief, "2021-03")) == {
        "2021-03-14": [
            "Overdue EN Le lac gèle Missing",
            "Should have gone live 14:30 EN Le lac gèle",
        ]
    }


def test_one_language_is_shown_where_it_is_asked_for(journal, as_chief):
    article = make_article(journal)
    schedule(article, "fr", "unpublish")
    schedule(article, "en", "unpublish")
    page = soup(month(as_chief))
    links = {text_of(a): a for a in page.select(".diptych-calendar-languages a")}
    assert list(links) == ["All", "French", "English"]
    assert links["All"].has_attr("aria-current")
    assert len(page.select(".diptych-calendar-entry")) == 2
    only = as_chief.get(CALENDAR + links["English"]["href"])
    assert entries(only) == {"2031-03-14": ["Goes offline 14:30 EN The lake freezes"]}
    assert "language=en" in soup(only).select_one("a[rel=next]")["href"], "kept by the arrows"


def test_the_months_around_it(as_chief):
    page = soup(month(as_chief, "2031-12"))
    assert text_of(page.select_one("h2")) == "December 2031"
    assert page.select_one("a[rel=prev]")["href"] == "?month=2031-11"
    assert page.select_one("a[rel=next]")["href"] == "?month=2032-01"
    assert soup(month(as_chief, "1800-01")).select_one("a[rel=prev]") is None
    assert soup(month(as_chief, "2999-12")).select_one("a[rel=next]") is None


@pytest.mark.parametrize(
    "text", ["2031-13", "2031-3", "2031-W05", "1799-12", "3000-01", "9" * 5000, "\x00", "x", ""]
)
def test_what_is_no_month(text):
    assert Month.read(text) is None


def test_what_is_no_month_is_answered_with_the_current_one(as_chief):
    response = month(as_chief, "2031-13", language="xx")
    assert messages(response) == ["There is no such month. This is the current one."]
    today = soup(response).select_one("td time[aria-current=date]")
    assert today["datetime"] == str(timezone.localdate())


def test_in_french_weeks_begin_on_monday(journal, as_chief, chief):
    speak(chief, "fr")
    schedule(make_article(journal), "fr", "unpublish")
    response = month(as_chief)
    page = soup(response)
    assert text_of(page.select_one("h2")) == "Mars 2031"
    assert text_of(page.select_one("th")) == "Lundi"
    assert page.select_one("td time")["datetime"] == "2031-02-24"
    assert entries(response) == {"2031-03-14": ["Mise hors ligne prévue 14 h 30 FR Le lac gèle"]}


def test_only_pages_that_somebody_may_edit_or_publish(journal, ana):
    here = make_plain_page(journal, "Dossier", "File")
    inside = make_plain_page(journal, "Dedans", "Inside", parent=here)
    outside = make_plain_page(journal, "Dehors", "Outside")
    for page in (inside, outside):
        schedule(page, "en", "unpublish")
        PageLanguage.objects.filter(page_id=page.pk).update(first_public_at=MOMENT)
        Page.objects.filter(pk=page.pk).update(expire_at=MOMENT + timedelta(hours=1))
        assigned(page, due_date=DAY)
    GroupPagePermission.objects.filter(group__user=ana).update(page=here)
    lines = entries(month(browser_of(ana)))["2031-03-14"]
    assert len(lines) == 6
    assert not [line for line in lines if "Outside" in line or "Dehors" in line]


def test_it_is_closed_to_who_edits_no_pages(journal):
    reader = browser_of(make_user("reader"))
    assert reader.get(CALENDAR).status_code == 302
    images = make_user("reader")
    images.user_permissions.add(Permission.objects.get(codename="access_admin"))
    images = browser_of(images)
    assert messages(images.get(CALENDAR, follow=True)) == [
        "Sorry, you do not have permission to access this area."
    ]
    assert "Calendar" not in soup(images.get("/admin/")).text
    assert Client().get(CALENDAR).status_code == 302


@pytest.mark.scale
def test_queries_do_not_depend_on_the_number_of_entries(journal, as_chief, ana):
    def fill_calendar(start):
        fill(journal, 20, ana, start)
        now = timezone.now()
        PageLanguage.objects.filter(page__slug__startswith="bulk").update(first_public_at=now)
        pages = Page.objects.filter(slug__startswith="bulk")[start:]
        Revision.objects.filter(pk__in=pages.values("latest_revision")).update(
            approved_go_live_at=now + timedelta(minutes=1)
        )
        LanguageSchedule.objects.bulk_create(
            LanguageSchedule(page=page, language="en", act="publish", due_at=now) for page in pages
        )

    def queries():
        as_chief.get(CALENDAR)
        with CaptureQueriesContext(connection) as captured:
            response = as_chief.get(CALENDAR)
        return len(captured), len(soup(response).select("details .diptych-calendar-entry"))

    fill_calendar(0)
    few, folded = queries()
    fill_calendar(20)
    many, more_folded = queries()
    assert many == few <= 25
    assert more_folded > folded > 50, "more than six of a day are folded"


def test_the_dashboard_and_the_menu_lead_to_it(articles, as_chief):
    page = soup(as_chief.get("/admin/"))
    assert page.select_one(f'.diptych-waiting-all a[href="{CALENDAR}"]')
    assert f'"url": "{CALENDAR}"' in str(page)
