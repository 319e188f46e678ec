"""Fixtures for what pages keep in memory."""

import pytest

from diptych.articles.models import JournalSettings
from diptych.themes.models import AppearanceSettings
from diptych.themes.templatetags.diptych_theme import KeptNode
from tests.kept import noted_calls


@pytest.fixture
def stored_settings(journal):
    """The settings of the journal, which the first answer of all would store."""
    JournalSettings.for_site(journal.site)
    AppearanceSettings.for_site(journal.site)


@pytest.fixture
def made(monkeypatch):
    """The names of the parts that were rendered since the last call."""
    new_names = noted_calls(monkeypatch, KeptNode, "_make", lambda node, *_given: node.name)
    return lambda: sorted(name.strip('"') for name in new_names())
