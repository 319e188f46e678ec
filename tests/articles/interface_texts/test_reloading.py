"""Reloading of changed catalogues, and its cost per request."""

import os
import threading
import time
from io import StringIO

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

from diptych.articles.caching.atomic_files import write_whole
from diptych.articles.interface_texts.catalogues import read_catalogue
from diptych.articles.interface_texts.checks import check_compiled, check_middleware
from diptych.articles.interface_texts.middleware import CatalogueReloadMiddleware, reloader


def put(locale, text):
    """Save a word as another process does."""
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    file = read_catalogue(path)
    file.find("Read on").msgstr = text
    write_whole({path: str(file).encode(), path.with_suffix(".mo"): file.to_binary()})


def say(_request=None):
    with translation.override("fr"):
        return translation.gettext("Read on")


@pytest.fixture
def ask(locale):
    """Send a request through the middleware and hear what French then says."""
    middleware = CatalogueReloadMiddleware(say)
    assert middleware(None) == "Lire la suite"
    return middleware


def test_words_saved_by_another_process_are_read_at_the_next_request(ask, locale):
    put(locale, "Continuer")
    assert say() == "Lire la suite"

    assert ask(None) == "Continuer"


def test_an_answer_under_way_in_another_thread_keeps_its_language(locale):
    begun, can_end = threading.Event(), threading.Event()
    heard = []

    def slow(_request):
        translation.activate("en")
        begun.set()
        can_end.wait(10)
        heard.append(translation.gettext("Read on"))

    reader = threading.Thread(target=CatalogueReloadMiddleware(slow), args=[None])
    CatalogueReloadMiddleware(say)(None)
    reader.start()
    begun.wait(10)
    put(locale, "Continuer")
    answers = []
    other = threading.Thread(target=lambda: answers.append(CatalogueReloadMiddleware(say)(None)))
    other.start()
    time.sleep(0.2)
    can_end.set()
    reader.join(10)
    other.join(10)

    assert heard == ["Go on reading"]
    assert answers == ["Continuer"]


def test_a_request_within_a_request_does_not_wait_for_itself(ask, locale):
    def outer(_request):
        put(locale, "Continuer")
        return ask(None)

    began = time.monotonic()

    assert CatalogueReloadMiddleware(outer)(None) == "Lire la suite"
    assert time.monotonic() - began < 1
    assert ask(None) == "Continuer"


def test_a_failed_request_is_not_waited_for(ask, locale):
    def fail(_request):
        raise ValueError

    with pytest.raises(ValueError):
        CatalogueReloadMiddleware(fail)(None)
    put(locale, "Continuer")
    began = time.monotonic()

    assert ask(None) == "Continuer"
    assert time.monotonic() - began < 1


def test_a_look_at_the_files_costs_next_to_nothing(ask):
    began = time.process_time()
    for _request in range(1000):
        reloader.begin()
        reloader.end()

    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("change", ["missing", "too late"])
def test_a_misplaced_middleware_is_reported(change):
    ours = "diptych.articles.interface_texts.middleware.CatalogueReloadMiddleware"
    others = [each for each in site_settings.MIDDLEWARE if each != ours]
    order = others if change == "missing" else [*others, ours]

    assert check_middleware(None) == []
    with override_settings(MIDDLEWARE=order):
        assert [problem.id for problem in check_middleware(None)] == [
            "diptych_interface_texts.W001"
        ]


def test_catalogues_that_are_not_compiled_are_reported_with_what_mends_it(tmp_path):
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    with override_settings(LOCALE_PATHS=[tmp_path]):
        (problem,) = check_compiled(None)
        assert str(source) in problem.msg and "diptych_catalogues --compile" in problem.hint
        call_command("diptych_catalogues", compile=True, verbosity=0, stdout=StringIO())
        assert check_compiled(None) == []
        later = time.time() + 3600
        os.utime(source, (later, later))
        assert [each.id for each in check_compiled(None)] == ["diptych_interface_texts.W002"]


def test_a_project_without_catalogues_of_its_own_is_told_nothing():
    with override_settings(LOCALE_PATHS=[]):
        assert check_compiled(None) == []
