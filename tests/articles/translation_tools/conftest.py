import pytest

from diptych.articles.translation_tools.machine.drafting import run_draft
from tests.factories import sign_in


@pytest.fixture
def translator(client):
    """A browser in which somebody with every right is signed in, in English."""
    sign_in(client, "admin", language="en")
    return client


@pytest.fixture
def later(monkeypatch):
    """Runs a draft that waits until this is called."""
    monkeypatch.setattr(
        "diptych.articles.translation_tools.machine.drafting._queue", lambda run, later=None: None
    )

    def begin(run):
        run_draft.func(run.pk)
        run.refresh_from_db()

    return begin
