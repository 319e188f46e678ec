"""Dates as readers see them, with the formats of a project and with Django's own."""

from datetime import UTC, date, datetime

import pytest
from django.utils.formats import reset_format_cache
from django.utils.translation import override

from diptych.articles.languages.config.dates import date_in_words, moment_in_words


@pytest.fixture
def formats(settings):
    """Sets the modules of formats, and forgets those that Django remembers."""

    def use(modules):
        settings.FORMAT_MODULE_PATH = modules
        reset_format_cache()

    yield use
    settings.FORMAT_MODULE_PATH = ["config.formats"]
    reset_format_cache()


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("fr", "1er mars 2027", "27 novembre 2026"),
        ("fr-ch", "1er mars 2027", "27 novembre 2026"),
        ("en", "1 March 2027", "27 November 2026"),
        ("en-us", "March 1, 2027", "November 27, 2026"),
    ],
)
def test_django_s_own_formats_give_dates_in_full(formats, language, first, other):
    formats(None)
    with override(language):
        assert date_in_words(date(2027, 3, 1)) == first
        assert date_in_words(date(2026, 11, 27)) == other


def test_the_format_of_a_project_is_kept(formats):
    formats(["tests.articles.languages.formats"])
    with override("en"):
        assert date_in_words(date(2026, 11, 27)) == "2026-11-27"


def test_a_moment_has_its_time(settings, formats):
    settings.TIME_ZONE = "UTC"
    formats(None)
    with override("en"):
        words = moment_in_words(datetime(2026, 11, 27, 22, 30, tzinfo=UTC))
    assert words == "27 November 2026 at 10:30 PM"
    with override("fr"):
        words = moment_in_words(datetime(2026, 11, 27, 9, 5, tzinfo=UTC))
    assert words == "27 novembre 2026 à 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05"
