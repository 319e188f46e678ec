"""The site speaks both languages completely, and each as its readers print it."""

from pathlib import Path

from django.conf import settings

from diptych.articles.interface_texts.catalogues import catalogue_files, find_problems, language_of

LOCALE = Path(settings.LOCALE_PATHS[0])


def test_every_language_has_a_catalogue():
    found = {language_of(path) for path in catalogue_files(LOCALE)}

    assert found == {code for code, _ in settings.LANGUAGES}


def test_catalogues_have_no_fault():
    assert [str(fault) for fault in find_problems(LOCALE)] == []
