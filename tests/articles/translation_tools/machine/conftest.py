import pytest

from tests.articles.translation_tools.machine.server import machine as running_machine


@pytest.fixture
def machine(settings):
    """A machine that works, as the project's; what it is still busy with ends with the test."""
    with running_machine() as server:
        settings.DIPTYCH_TRANSLATION_MACHINE = server.setting()
        yield server
