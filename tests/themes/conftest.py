"""Fixtures for what pages keep in memory."""

import pytest

from diptych.themes.templatetags.diptych_theme import KeptNode


@pytest.fixture
def made(monkeypatch):
    """The names of the parts that were rendered since the last call."""
    names, render = [], KeptNode._make

    def count(self, *given):
        names.append(self.name.strip('"'))
        return render(self, *given)

    def new_names():
        found = sorted(names)
        names.clear()
        return found

    monkeypatch.setattr(KeptNode, "_make", count)
    return new_names
