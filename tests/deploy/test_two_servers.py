"""Two real servers with one database and caches of their own never show what is out of date."""

import json
import os
import subprocess
import sys
import time
from random import Random

import pytest

from tests.articles.caching.journal import CHANGES
from tests.deploy.desk import Desk
from tests.servers import (
    ROOT,
    digest_of,
    fetch,
    free_port,
    production_environment,
    running_site,
    seed_site,
)

pytestmark = pytest.mark.servers

#: Changes of a run, and addresses that are asked after each.
NUMBER, TOUCHED, ANY = int(os.environ.get("DIPTYCH_CHANGES", "60")), 4, 6
#: How long what is done in the background may take, in seconds.
BACKGROUND = 20
#: Texts of the site are in files of the checkout.
SHELL = tuple(name for name in CHANGES if name != "text_of_the_site")


class Servers:
    """The ports of two servers, an editor at each, and a shell beside them."""

    def __init__(self, ports, shell):
        self.ports = ports
        self.shell = shell
        self.desks = [Desk(port) for port in ports]

    def tell(self, *what):
        """Let the shell do something; returns its answer."""
        self.shell.stdin.write(json.dumps(what) + "\n")
        self.shell.stdin.flush()
        answer = self.shell.stdout.readline()
        assert answer, "The shell has ended."
        return json.loads(answer)

    def answers(self, port, paths):
        found = [fetch(port, path) for path in paths]
        return [digest_of(each.status, each.body) for each in found]

    def differing(self, paths):
        """``(port, path)`` of what is out of date, and stays so after all background tasks."""
        end = time.monotonic() + BACKGROUND
        while True:
            true = self.tell("answers", *paths)
            found = [
                (port, path)
                for port in self.ports
                for path, each, now in zip(paths, self.answers(port, paths), true, strict=True)
                if each != now
            ]
            if not found or time.monotonic() > end:
                return found
            time.sleep(0.3)


@pytest.fixture
def servers(tmp_path):
    environment = production_environment(tmp_path)
    seed_site(environment)
    ports = [free_port(), free_port()]
    caches = [{**environment, "PAGE_CACHE": f"{tmp_path}/pages-{port}"} for port in ports]
    command = [sys.executable, "-m", "tests.deploy.changing", tmp_path, "15"]
    with (
        running_site(tmp_path, caches[0], ports[0]),
        running_site(tmp_path, caches[1], ports[1]),
        open(tmp_path / "shell.log", "ab") as log,
        subprocess.Popen(
            [*map(str, command)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as shell,
    ):
        yield Servers(ports, shell)
        shell.stdin.close()


def test_two_servers_of_one_journal(servers):
    check_that_pages_are_gone_at_once(servers)
    check_that_nothing_is_out_of_date(servers)


def check_that_pages_are_gone_at_once(servers):
    """Unpublished, made private or deleted at one of the servers."""
    for number, name in enumerate(("ice", "snow", "fog")):
        pk, desk = servers.tell("write", name), servers.desks[number % 2]
        path = f"/en/stories/{name}/"
        for port in servers.ports * 2:
            assert fetch(port, path).status == 200
            assert path.encode() in fetch(port, "/en/stories/").body
        if number == 0:
            desk.unpublish(pk)
        elif number == 1:
            answer = desk.post(f"/admin/pages/{pk}/privacy/", {"restriction_type": "login"})
            assert answer.status_code == 200
        else:
            answer = desk.post(f"/admin/pages/{pk}/delete/", {})
            assert answer.status_code == 302
        for port in servers.ports:
            assert fetch(port, path).status in (302, 404)
            assert path.encode() not in fetch(port, "/en/stories/").body


def check_that_nothing_is_out_of_date(servers):
    """After changes of all kinds, which may move, hide or delete any page."""
    random, found = Random(15), []
    stories = [servers.tell("write", f"Story {number}") for number in range(3)]
    each_once = random.sample(SHELL, len(SHELL))
    for number in range(NUMBER):
        name = each_once[number % len(each_once)]
        seen = servers.tell("change", name)
        if number % 3 == 0:
            # Somebody else writes at one of the servers, and both the shell and the other see it.
            pk, word = random.choice(stories), f"Word {number}"
            form = {"lead_en": f"{word}.", "lead_fr": f"{word}."}
            posted = random.choice(servers.desks).try_publishing(pk, "Article", word, **form)
            name = f"{name}, {posted}"
        paths = random.sample(seen["touched"], min(len(seen["touched"]), TOUCHED))
        paths += random.sample(seen["addresses"], ANY)
        found += [(number, name, *each) for each in servers.differing(paths)]
        assert len(found) < 5, found
    assert found == []
