"""What every test stands on."""

from pathlib import Path

import pytest
from django.utils import translation

from articles.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure():
    """Let the tests read the words of the interface, which Git keeps uncompiled."""
    compile_catalogues(ROOT / "locale")


@pytest.fixture(autouse=True)
def language_of_the_site():
    """Start each test in the site's language, whichever one the last left active."""
    translation.deactivate()
    yield
    translation.deactivate()
