import pytest

from diptych.articles.languages.publication.reviewing import submit
from tests.articles.worklist.people import (
    browser_of,
    in_progress,
    make_translator,
    missing,
    outdated,
    up_to_date,
)
from tests.factories import make_article, make_user


@pytest.fixture
def chief(journal):
    """Somebody who may do everything, with an English interface."""
    return make_user("admin", "ines", first_name="Inès", last_name="Favre")


@pytest.fixture
def ana(journal):
    """A translator into English who may not publish."""
    return make_translator(journal, "ana", "en", first_name="Ana", last_name="Costa")


@pytest.fixture
def ben(journal):
    """Another translator into English."""
    return make_translator(journal, "ben", "en", first_name="Ben", last_name="Hall")


@pytest.fixture
def as_chief(chief):
    return browser_of(chief)


@pytest.fixture
def as_ana(ana):
    return browser_of(ana)


@pytest.fixture
def as_ben(ben):
    return browser_of(ben)


@pytest.fixture
def articles(journal, ana):
    """An article in each state of its translation into English."""
    handed_in = make_article(journal, "Le vent", "The wind", live_in=("fr",))
    articles = {
        "missing": missing(journal),
        "in_progress": in_progress(journal),
        "to_review": handed_in,
        "outdated": outdated(journal),
        "up_to_date": up_to_date(journal),
    }
    submit(handed_in, "en", ana)
    return articles
