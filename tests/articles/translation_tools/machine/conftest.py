import pytest

from tests.articles.translation_tools.machine.server import machine as running_machine


@pytest.fixture(scope="session")
def server():
    with running_machine() as server:
        yield server


@pytest.fixture
def machine(server, settings):
    """A machine that works, as the project's."""
    server.reset()
    settings.DIPTYCH_TRANSLATION_MACHINE = server.setting()
    return server
