"""A mail server that takes connections and says nothing, under a real server."""

import socket
import sqlite3
import time
from contextlib import closing

import pytest
import requests

from tests.servers import SITE_HOST, free_port, production_environment, running_site, seed_site

pytestmark = pytest.mark.adversarial

#: What a mail server is waited for, in seconds, as `EMAIL_TIMEOUT` says.
PATIENCE = 10
HEADERS = {"Host": SITE_HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{SITE_HOST}/"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """``(port, database)`` of a site whose mail server hangs."""
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    with closing(socket.create_server(("127.0.0.1", 0))) as mail_server:
        address = f"smtp://127.0.0.1:{mail_server.getsockname()[1]}"
        environment = production_environment(folder, EMAIL_URL=address)
        seed_site(environment)
        with running_site(folder, environment, port, threads=2):
            yield port, folder / "journal.sqlite3"


def ask_for_password(port, email):
    """The status, the address that follows and the seconds."""
    address = f"http://127.0.0.1:{port}/admin/password_reset/"
    form = requests.get(address, headers=HEADERS, timeout=30)
    values = {"email": email, "csrfmiddlewaretoken": form.cookies["csrftoken"]}
    cookies = {"csrftoken": form.cookies["csrftoken"]}
    start = time.monotonic()
    answer = requests.post(
        address, values, headers=HEADERS, cookies=cookies, allow_redirects=False, timeout=60
    )
    return answer.status_code, answer.headers.get("Location"), time.monotonic() - start


def rows(database, sql):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def test_nobody_waits_and_the_letter_is_kept(site):
    port, database = site
    ((known,),) = rows(database, "SELECT email FROM auth_user WHERE username = 'chief'")
    answers = [ask_for_password(port, email) for email in (known, "nobody@example.org") * 2]
    assert len({(status, address) for status, address, _seconds in answers}) == 1
    assert answers[0][0] == 302
    assert max(seconds for _status, _address, seconds in answers) < PATIENCE
    end = time.monotonic() + 6 * PATIENCE
    letters = "SELECT recipients, attempts, error FROM journal_mail_outgoingmail ORDER BY id"
    while time.monotonic() < end:
        kept = rows(database, letters)
        if len(kept) == 2 and kept[0][2]:
            break
        time.sleep(0.2)
    assert [recipients for recipients, _attempts, _error in kept] == [known, known]
    assert (kept[0][1], "timed out" in kept[0][2]) == (1, True)
