"""One of the hosts of `make hosts`, with the packages of the tests; the others need a network."""

import pytest

from tests.hosts.building import BorrowedPython, Project, build_wheel
from tests.hosts.hosts import HOSTS


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(tmp_path_factory.mktemp("dist"))


def build(name, wheel, folder):
    """Build a host and run its story; the host."""
    host = HOSTS[name](Project(folder, BorrowedPython(folder / "installed", wheel)))
    host.set_up()
    host.check()
    host.story()
    return host


@pytest.mark.wheel
def test_a_new_project_follows_the_readme(wheel, tmp_path):
    build("readme", wheel, tmp_path)


@pytest.mark.wheel
def test_a_new_project_with_modules_called_like_ours_follows_the_guide_of_the_journal(
    wheel, tmp_path
):
    host = build("modules", wheel, tmp_path)
    where = host.project.manage("shell", "--command", "import diptych; print(diptych.__file__)")
    assert str(tmp_path / "installed") in where
    host.remove()


@pytest.mark.wheel
def test_the_tutorial_makes_the_site_it_promises(wheel, tmp_path):
    build("tutorial", wheel, tmp_path)
