"""What every test stands on."""

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from articles.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure():
    """Let the tests read the words of the interface, which Git keeps uncompiled.

    Django may have looked for them already while it started.
    """
    for path in compile_catalogues(ROOT / "locale"):
        translation_file_changed(sender=None, file_path=path)


@pytest.fixture(autouse=True)
def language_of_the_site():
    """Start each test in the site's language, whichever one the last left active."""
    translation.deactivate()
    yield
    translation.deactivate()
