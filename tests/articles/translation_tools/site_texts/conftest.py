"""The catalogues of a small site, and somebody who may edit its French."""

import pytest

from tests.articles.interface_texts.conftest import (  # noqa: F401
    client,
    locale,
    saved_text,
    translator,
)
from tests.articles.translation_tools.machine.conftest import machine  # noqa: F401


@pytest.fixture
def folder(tmp_path):
    """Where files are written, beside the catalogues."""
    path = tmp_path / "files"
    path.mkdir()
    return path
