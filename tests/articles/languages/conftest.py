from contextlib import contextmanager

import pytest
from wagtail.signals import page_published, page_unpublished, post_page_move

from tests.articles.languages.editor import Refused
from tests.articles.languages.windows import Window
from tests.factories import make_article


@pytest.fixture
def refusing():
    """A context in which a receiver of what was published or unpublished fails."""
    return lambda: _failing_receiver_of(page_published, page_unpublished)


@pytest.fixture
def refusing_moves():
    """A context in which a receiver of what was moved fails."""
    return lambda: _failing_receiver_of(post_page_move)


@contextmanager
def _failing_receiver_of(*signals):
    def refuse(**kwargs):
        raise Refused

    for signal in signals:
        signal.connect(refuse)
    try:
        yield
    finally:
        for signal in signals:
            signal.disconnect(refuse)


@pytest.fixture
def elephant(journal):
    """A live article that `ana` and `ben` have open at the same time."""
    return make_article(journal, "Éléphant", "Elephant")


@pytest.fixture
def ana(elephant):
    return Window(elephant, name="Ana")


@pytest.fixture
def ben(elephant):
    return Window(elephant, name="Ben")
