"""Dates are typed and shown as the language of the admin writes them, and never replaced."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from diptych.articles.languages.admin.inputs.date_inputs import LocalDateField, LocalDateTimeField
from tests.articles.languages.editor import article_form, draft_of, edit, errors
from tests.factories import make_article, sign_in, write_draft
from tests.tiers import one_row_of

pytestmark = pytest.mark.django_db

FIFTH_OF_DECEMBER = datetime(2026, 12, 5, 13, 30, tzinfo=UTC)


@pytest.fixture
def article(journal):
    return make_article(journal, "Éléphant", "Elephant")


def shown(client, article, name):
    """The input of that name in the editor."""
    page = client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))
    return BeautifulSoup(page.content, "html.parser").find("input", {"name": name})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "typed",
    [
        "05/12/2026 14:30",
        "5/12/2026 14:30",
        " 05/12/2026 14:30:00 ",
        "05/12/26 14:30",
        "5.12.2026 14:30",
        "2026-12-05 14:30",
        "2026-12-05T14:30+01:00",
    ],
)
def test_a_moment_is_read_with_the_day_first(language, typed):
    with translation.override(language):
        assert LocalDateTimeField().clean(typed) == FIFTH_OF_DECEMBER


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("typed", ["05/12/2026", "5/12/26", "05.12.2026", "2026-12-05"])
def test_a_day_is_read_with_the_day_first(language, typed):
    with translation.override(language):
        assert LocalDateField().clean(typed) == FIFTH_OF_DECEMBER.date()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("29/02/2027 10:00", "Enter a valid date/time."),
        ("31/04/2027 10:00", "Enter a valid date/time."),
        ("12/31/2026 10:00", "Enter a valid date/time."),
        ("05/12/2026 25:00", "Enter a valid date/time."),
        ("01/01/10000 10:00", "Enter a valid date/time."),
        ("tomorrow", "Enter a valid date/time."),
        ("12/10/1492 10:00", "Choose a date between the years 1800 and 2999."),
        (
            "28/03/2027 02:30",
            "The clocks go forward then: this time does not exist in Europe/Zurich.",
        ),
        (
            "31/10/2027 02:30",
            "The clocks go back then: this time comes twice in Europe/Zurich. Write"
            " 2027-10-31 02:30+02:00 or 2027-10-31 02:30+01:00.",
        ),
    ],
)
def test_what_cannot_be_read_is_an_error(typed, said):
    with translation.override("en"):
        with pytest.raises(ValidationError) as error:
            LocalDateTimeField().clean(typed)
        assert error.value.messages == [said]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("29/02/2027 10:00", "Enter a valid date/time."),
        ("31/10/2027 02:30", "this time comes twice in Europe/Zurich"),
    ],
)
def test_an_error_stands_beside_what_was_typed(article, admin, typed, said):
    response = edit(admin, article, article_form("Un", "One", publication_date=typed))
    assert list(errors(response)) == ["publication_date"]
    html = BeautifulSoup(response.content, "html.parser")
    field = html.find("input", {"name": "publication_date"})
    assert field["value"] == typed
    assert said in html.find(id=field["aria-describedby"].split()[0]).parent.text
    assert draft_of(article).publication_date is None


@pytest.mark.parametrize(("typed", "hour"), [("+02:00", 0), ("+01:00", 1)])
def test_an_hour_that_comes_twice_stays_the_one_it_is(article, admin, typed, hour):
    form = article_form("Éléphant", "Elephant", publication_date=f"2027-10-31 02:30{typed}")
    assert edit(admin, article, form).status_code == 302
    moment = datetime(2027, 10, 31, hour, 30, tzinfo=UTC).timestamp()
    assert draft_of(article).publication_date.timestamp() == moment
    value = shown(admin, article, "publication_date")["value"]
    assert value == f"2027-10-31 02:30{typed}"
    assert LocalDateTimeField().clean(value).timestamp() == moment


@pytest.mark.parametrize(
    ("language", "words"), one_row_of([("fr", "Par exemple"), ("en", "For example")], "rare")
)
def test_the_editor_shows_the_day_first_and_names_the_time_zone(article, client, language, words):
    write_draft(article, publication_date=FIFTH_OF_DECEMBER)
    sign_in(client, "admin", language=language)
    for name, value in (("publication_date", "05/12/2026 14:30"), ("go_live_at", None)):
        field = shown(client, article, name)
        assert field.get("value") == value
        note = field.find_parent().find(id=field["aria-describedby"].split()[-1])
        assert f"{words} 31/12/{timezone.localdate().year} 14:30" in note.string
        assert "Europe/Zurich" in note.string


def test_the_note_names_the_time_zone_of_the_user():
    with timezone.override("America/Montreal"):
        field = LocalDateTimeField()
        assert "America/Montreal" in field.widget.get_context("date", None, {})["widget"]["note"]
        assert field.clean("05/12/2026 08:30") == FIFTH_OF_DECEMBER


def test_a_third_language_has_its_own_form(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    with translation.override("de"):
        widget = LocalDateTimeField().widget
        assert widget.get_config()["format"] == "d.m.Y H:i"
        assert widget.format_value(datetime(2026, 12, 5, 14, 30)) == "05.12.2026 14:30"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_schedule_reads_the_day_first(article, client, language):
    sign_in(client, "admin", language=language)
    address = reverse("diptych_schedule", args=(article.pk, "en"))
    year = timezone.localdate().year + 1
    response = client.post(address, {"unpublish_at": f"05/12/{year} 14:30"})
    assert response.status_code == 302
    schedule = article.language_schedules.get()
    assert schedule.due_at == FIFTH_OF_DECEMBER.replace(year=year)
    assert f'value="05/12/{year} 14:30"' in client.get(address).text


def test_a_schedule_says_what_it_cannot_read(article, admin):
    address = reverse("diptych_schedule", args=(article.pk, "en"))
    response = admin.post(address, {"unpublish_at": "30/02/2027 10:00"})
    assert "Enter a valid date/time." in response.text
    assert 'value="30/02/2027 10:00"' in response.text
    assert not article.language_schedules.exists()


def test_a_due_date_reads_the_day_first(article, admin):
    address = reverse("diptych_translations:assignment", args=(article.pk, "en"))
    year = timezone.localdate().year + 1
    assert admin.post(address, {"due_date": f"05/12/{year}"}).status_code == 302
    assert f'value="05/12/{year}"' in admin.get(address).text
    answer = admin.post(address, {"due_date": "12/31/2027"}).text
    assert "Enter a valid date." in answer
    assert 'value="12/31/2027"' in answer


def test_filters_of_wagtail_show_the_day_first(article, admin):
    page = admin.get(reverse("wagtailadmin_reports:site_history"))
    assert '"format": "d/m/Y"' in page.text
