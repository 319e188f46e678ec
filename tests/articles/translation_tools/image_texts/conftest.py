"""The machine of the tests."""

from tests.articles.translation_tools.machine.conftest import machine, server  # noqa: F401
