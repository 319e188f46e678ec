"""5,000 addresses through a mail server, killed half-way and sent on: each at most once."""

import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest

from tests.articles.newsletter.mailbox import running_mailbox
from tests.servers import ROOT, checked_python, production_environment

pytestmark = pytest.mark.adversarial

READERS = 5000
COMMAND = ("manage.py", "diptych_send_newsletter")


@pytest.fixture
def site(tmp_path):
    """``(environment, mailbox)`` of a site with an issue that is due."""
    with running_mailbox() as mailbox:
        environment = production_environment(tmp_path, EMAIL_URL=mailbox.url)
        checked_python(environment, "-m", "tests.articles.newsletter.seed", READERS)
        yield environment, mailbox


def begun(environment, mailbox, until):
    """Start a process that sends, and wait until so many mails have arrived."""
    process = subprocess.Popen(
        [sys.executable, *COMMAND], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    end = time.monotonic() + 300
    while len(mailbox.taken) < until:
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.01)
    return process


def rows(environment, sql):
    path = environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=20)) as database:
        found = database.execute(sql).fetchall()
        database.commit()
    return found


def test_a_killed_sender_is_followed_by_another_and_each_address_gets_one(site):
    environment, mailbox = site
    start = time.monotonic()
    process = begun(environment, mailbox, READERS // 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    others = [begun(environment, mailbox, 0) for _ in range(2)]
    for each in others:
        assert each.wait(timeout=600) == 0
    print(f"{READERS} mails: {time.monotonic() - start:.0f} s")

    assert max(Counter(mailbox.taken).values()) == 1
    table = "diptych_newsletter_delivery"
    (in_flight,) = rows(environment, f"SELECT count(*) FROM {table} WHERE state = 'sending'")[0]
    assert in_flight <= 1
    assert READERS - in_flight <= len(mailbox.taken) <= READERS

    # Once nobody can be sending it any more, it is reported, and the issue is done.
    rows(environment, f"UPDATE {table} SET claimed_at = '2020-01-01' WHERE state = 'sending'")
    said = checked_python(environment, *COMMAND)
    assert not said or re.search(rf"\b{in_flight}\b", said)
    states = dict(rows(environment, f"SELECT state, count(*) FROM {table} GROUP BY state"))
    assert states == {"sent": READERS - in_flight, **({"unknown": 1} if in_flight else {})}
    assert rows(environment, "SELECT state FROM diptych_newsletter_issue") == [("sent",)]
    assert checked_python(environment, *COMMAND) == ""
    assert len(mailbox.taken) <= READERS and b"List-Unsubscribe-Post" in mailbox.last
