"""Passwords guessed on a server of several workers, and the ways out for whose account it is."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from diptych.articles.newsletter.mail_limits import MOST_FOR_EMAIL
from operations.accounts.throttling import MOST_OF_ACCOUNT, MOST_OF_ACCOUNT_AT_ADDRESS
from tests.servers import (
    SITE_HOST,
    checked_python,
    free_port,
    production_environment,
    running_site,
    seed_site,
)

pytestmark = pytest.mark.adversarial

LOGIN = "/admin/login/"
ATTEMPTS, AT_ONCE = 120, 6
#: One for each test.
ACCOUNTS = ("one", "two", "three")


class Browser:
    """A browser at a network address, whose requests a proxy that ends HTTPS passes on."""

    def __init__(self, port, address):
        self.port = port
        self.address = address
        self.cookies = {}

    def ask(self, path, values=None):
        """``(status, text, headers)`` of the response to a GET, or to a POST of ``values``."""
        headers = {
            "Host": SITE_HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"203.0.113.99, {self.address}",
            "Referer": f"https://{SITE_HOST}{LOGIN}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            body = urlencode(values) if values is not None else None
            connection.request("POST" if body else "GET", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers

    def post(self, path, **values):
        """The status of the response to a form, whose token is fetched once."""
        if "csrftoken" not in self.cookies:
            self.ask(LOGIN)
        return self.ask(path, {**values, "csrfmiddlewaretoken": self.cookies["csrftoken"]})[0]

    def sign_in(self, username, password="wrong"):
        return self.post(LOGIN, username=username, password=password)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """``(port, file of the log)`` of a running site of three workers."""
    folder = tmp_path_factory.mktemp("site")
    environment = production_environment(folder, PYTHONUNBUFFERED="1", EMAIL_URL="console://")
    seed_site(environment)
    for username in ACCOUNTS:
        add_account(environment, username)
    port = free_port()
    with running_site(folder, environment, port, workers=3, threads=2):
        yield port, folder / f"site-{port}.log"


def add_account(environment, username):
    """A further account of the site."""
    environment = {**environment, "DJANGO_SUPERUSER_PASSWORD": "password"}
    options = ["--no-input", "--username", username, "--email", f"{username}@example.org"]
    checked_python(environment, "manage.py", "createsuperuser", *options)


def guess(browsers, username):
    """The statuses of :data:`ATTEMPTS` wrong passwords, :data:`AT_ONCE` of them at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        chosen = (browsers[number % len(browsers)] for number in range(ATTEMPTS))
        return list(pool.map(lambda browser: browser.sign_in(username), chosen))


def mails_in(log, email, count):
    """The paths of the links to a new password that the site has written to ``email``.

    Mail may be sent after the response: waits until there are ``count``, half a minute at most.
    """
    mail = re.compile(rf"^To: {re.escape(email)}$.*?https://[^/\s]+(/\S+/confirm/\S+)", re.M | re.S)
    for _attempt in range(300):
        found = mail.findall(log.read_text())
        if len(found) >= count:
            return found
        time.sleep(0.1)
    pytest.fail("No mail was sent.")


def test_guessing_at_one_address_locks_it_alone(site):
    port, log = site
    browsers = [Browser(port, "192.0.2.7") for _ in range(AT_ONCE)]
    written = len(log.read_text())

    statuses = guess(browsers, "one")

    # What is under way when the limit is reached is still answered.
    assert statuses.count(200) < MOST_OF_ACCOUNT_AT_ADDRESS + AT_ONCE
    assert set(statuses) == {200, 429}
    lines = log.read_text()[written:].splitlines()
    assert len([line for line in lines if "'one' from 192.0.2.7" in line]) >= ATTEMPTS
    assert browsers[0].sign_in("one", "password") == 429
    assert Browser(port, "198.51.100.9").sign_in("one", "password") == 302


def test_guessing_at_many_addresses_leaves_ways_out(site):
    port, log = site
    owner = Browser(port, "198.51.100.20")
    assert owner.sign_in("two", "password") == 302
    owner.cookies.pop("sessionid")

    browsers = [Browser(port, f"203.0.113.{number}") for number in range(ATTEMPTS)]
    statuses = guess(browsers, "two")

    assert statuses.count(200) < MOST_OF_ACCOUNT + AT_ONCE
    elsewhere = Browser(port, "198.51.100.21")
    assert elsewhere.sign_in("two", "password") == 429
    assert owner.sign_in("two", "password") == 302

    assert elsewhere.post("/admin/password_reset/", email="two@example.org") == 302
    (path,) = mails_in(log, "two@example.org", 1)
    form = elsewhere.ask(path)[2]["Location"]
    new = "quite-another-secret"
    assert elsewhere.post(form, new_password1=new, new_password2=new) == 302
    assert elsewhere.sign_in("two", new) == 302


def test_links_to_a_new_password_do_not_say_who_has_an_account(site):
    port, log = site
    told = []
    for address, email in (
        ("192.0.2.100", "three@example.org"),
        ("192.0.2.101", "nobody@example.org"),
    ):
        browser = Browser(port, address)
        statuses = [browser.post("/admin/password_reset/", email=email) for _time in range(30)]
        told.append(statuses)

    assert told[0] == told[1] == [302] * MOST_FOR_EMAIL + [429] * (30 - MOST_FOR_EMAIL)
    assert len(mails_in(log, "three@example.org", MOST_FOR_EMAIL)) == MOST_FOR_EMAIL
