"""The machine of the tests."""

from tests.articles.translation_tools.machine.conftest import machine  # noqa: F401
