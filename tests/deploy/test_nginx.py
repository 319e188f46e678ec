"""What the nginx of `deploy/nginx` keeps, for whom, and until when."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest

from tests.deploy.nginx import PROGRAMS, running_nginx
from tests.deploy.origin import running_origin
from tests.servers import free_port, need_servers

pytestmark = pytest.mark.servers

PUBLIC = {"Cache-Control": "public, max-age=0, s-maxage=60", "Vary": "Accept-Encoding"}
FORMS = ("br, gzip", "gzip", "identity")


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    need_servers(*PROGRAMS)
    with (
        running_origin() as origin,
        running_nginx(tmp_path_factory.mktemp("nginx"), origin.port) as nginx,
    ):
        yield origin, nginx


@pytest.fixture
def origin(servers):
    """The site behind nginx, which answers pages that may be kept for a minute."""
    origin, nginx = servers
    origin.headers, origin.status, origin.seconds = dict(PUBLIC), 200, 0
    nginx.purge("/*")
    origin.requests.clear()
    return origin


@pytest.fixture
def nginx(servers, origin):
    return servers[1]


def number(answer):
    """Which of the site's answers this is."""
    return json.loads(answer.body)["number"]


def test_a_page_is_fetched_once_for_each_form(origin, nginx):
    for form in FORMS:
        first, second = (nginx.get("/fr/", Accept_Encoding=form) for _attempt in range(2))
        assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("MISS", "HIT")
        assert second.status == 200
        assert first.body == second.body
    assert origin.times_asked("/fr/") == len(FORMS)


@pytest.mark.parametrize(
    ("browsers", "site_is_asked_for"),
    [
        ("gzip, deflate, br, zstd", "br, gzip"),
        ("br;q=1.0, gzip;q=0.8", "br, gzip"),
        ("gzip, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=0", None),
        ("brotli, xgzip", None),
        ("", None),
    ],
)
def test_the_site_is_asked_for_what_the_browser_accepts(origin, nginx, browsers, site_is_asked_for):
    nginx.get("/fr/", Accept_Encoding=browsers)
    assert origin.last_headers().get("accept-encoding") == site_is_asked_for


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
        {**PUBLIC, "Set-Cookie": "sessionid=1"},
        {**PUBLIC, "Vary": "Accept-Encoding, Cookie"},
        {**PUBLIC, "Vary": "Accept-Language"},
        {**PUBLIC, "Vary": "*"},
    ],
)
def test_only_what_the_site_allows_is_kept(origin, nginx, headers):
    origin.headers = headers
    assert number(nginx.get("/fr/")) != number(nginx.get("/fr/"))


@pytest.mark.parametrize("path", ["/", "/admin/", "/documents/1/a.pdf", "/language/fr/"])
def test_some_addresses_are_never_kept(origin, nginx, path):
    for _attempt in range(2):
        nginx.get(path)
    assert origin.times_asked(path) == 2


@pytest.mark.parametrize(
    "who",
    [
        {"Cookie": "sessionid=abc"},
        {"Cookie": "theme=dark; sessionid=abc"},
        {"Cookie": "csrftoken=abc"},
        {"Authorization": "Basic YTpi"},
    ],
)
def test_somebody_the_site_may_know_is_answered_by_the_site(origin, nginx, who):
    anonymous = number(nginx.get("/fr/"))
    assert number(nginx.get("/fr/", **who)) != anonymous
    for name, value in who.items():
        assert origin.last_headers()[name.lower()] == value
    assert number(nginx.get("/fr/")) == anonymous


@pytest.mark.parametrize("cookie", ["theme=dark", "xsessionid=1", "a=sessionid", "x" * 2000])
def test_other_cookies_change_nothing_and_go_nowhere(origin, nginx, cookie):
    nginx.get("/fr/", Cookie=cookie)
    assert "cookie" not in origin.last_headers()
    assert nginx.get("/fr/").headers["X-Cache"] == "HIT"


def test_the_site_is_told_nothing_that_readers_make_up(origin, nginx):
    nginx.get(
        "/fr/",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Proto="http",
        X_Forwarded_For="10.0.0.1",
        X_Forwarded_Port="1",
        Forwarded="host=evil.example",
    )
    headers = origin.last_headers()
    assert headers["host"] == "journal.example"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert not {"x-forwarded-host", "x-forwarded-port", "forwarded"} & headers.keys()


@pytest.mark.parametrize("host", ["evil.example", "journal.example.evil.example", "127.0.0.1"])
def test_other_hosts_are_not_answered(origin, nginx, host):
    with pytest.raises((HTTPException, ConnectionError)):
        nginx.get("/fr/", host=host)
    assert not origin.requests


def test_spellings_of_the_host_are_one(origin, nginx):
    nginx.get("/fr/")
    for host in ("JOURNAL.example", "journal.example:443", "journal.example."):
        assert nginx.get("/fr/", host=host).headers["X-Cache"] == "HIT"


def test_unknown_parameters_take_no_room(origin, nginx):
    nginx.get("/fr/")
    kept = nginx.kept()
    for number in range(15):
        nginx.get(f"/fr/?utm_source={number}")
        nginx.get(f"/fr/?page={number}&x=1")
        nginx.get(f"/fr/?page=0{number}")
    assert nginx.kept() == kept
    assert nginx.get("/fr/?page=2").headers["X-Cache"] == "MISS"
    assert nginx.get("/fr/?page=2").headers["X-Cache"] == "HIT"


def test_a_form_is_not_answered_from_what_is_kept(origin, nginx):
    nginx.get("/fr/")
    assert json.loads(nginx.get("/fr/", "POST", body=b"a=1").body)["method"] == "POST"
    assert nginx.get("/fr/").headers["X-Cache"] == "HIT"


def test_of_many_readers_at_once_one_asks_the_site(origin, nginx):
    origin.seconds = 0.5
    with ThreadPoolExecutor(20) as readers:
        answers = list(readers.map(nginx.get, ["/fr/"] * 20))
    assert {answer.status for answer in answers} == {200}
    assert origin.times_asked("/fr/") == 1


def test_an_old_page_is_sent_while_a_new_one_is_fetched(origin, nginx):
    origin.headers = {"Cache-Control": "public, s-maxage=1, stale-while-revalidate=60"}
    first = nginx.get("/fr/")
    time.sleep(1.5)
    origin.seconds = 3
    start = time.monotonic()
    second = nginx.get("/fr/")
    assert time.monotonic() - start < 2
    assert second.body == first.body
    for _attempt in range(50):
        if number(nginx.get("/fr/")) != number(first):
            break
        time.sleep(0.2)
    else:
        pytest.fail("The new page is never sent.")
    assert origin.times_asked("/fr/") <= 3


@pytest.mark.parametrize("status", [500, 503])
def test_an_old_page_is_sent_while_the_site_fails(origin, nginx, status):
    origin.headers = {"Cache-Control": "public, s-maxage=1"}
    first = nginx.get("/fr/")
    time.sleep(1.5)
    origin.status, origin.headers = status, {}
    answer = nginx.get("/fr/")
    assert (answer.status, answer.body) == (200, first.body)


def test_a_purged_page_is_fetched_anew_in_each_form(origin, nginx):
    for form in FORMS:
        nginx.get("/fr/", Accept_Encoding=form)
    nginx.get("/en/")
    assert nginx.purge("/fr/").status == 200
    for form in FORMS:
        assert nginx.get("/fr/", Accept_Encoding=form).headers["X-Cache"] == "MISS"
    assert nginx.get("/en/").headers["X-Cache"] == "HIT"


def test_browsers_that_say_it_otherwise_get_the_same_form(origin, nginx):
    for accepted in ("br", "gzip, deflate, br", "br;q=1.0, *;q=0.1"):
        nginx.get("/fr/", Accept_Encoding=accepted)
    assert origin.times_asked("/fr/") == 1
    nginx.purge("/fr/")
    assert nginx.get("/fr/", Accept_Encoding="gzip, deflate, br").headers["X-Cache"] == "MISS"


def test_a_page_is_purged_that_only_one_kind_of_browser_has_asked_for(origin, nginx):
    nginx.get("/fr/", Accept_Encoding="br, gzip")
    assert nginx.purge("/fr/").status in (200, 204)
    assert nginx.get("/fr/", Accept_Encoding="br, gzip").headers["X-Cache"] == "MISS"


def test_what_is_not_kept_may_be_purged(nginx):
    assert nginx.purge("/fr/").status == 204


def test_all_pages_that_begin_so_are_purged_at_once(origin, nginx):
    for path in ("/fr/", "/fr/articles/un/", "/en/"):
        nginx.get(path, Accept_Encoding="gzip")
    nginx.purge("/fr/*")
    assert nginx.get("/fr/", Accept_Encoding="gzip").headers["X-Cache"] == "MISS"
    assert nginx.get("/fr/articles/un/", Accept_Encoding="gzip").headers["X-Cache"] == "MISS"
    assert nginx.get("/en/", Accept_Encoding="gzip").headers["X-Cache"] == "HIT"


def test_readers_ask_for_no_numbers(origin, nginx):
    assert nginx.get("/metrics", Authorization="Bearer token").status == 404
    assert origin.times_asked("/metrics") == 0


def test_readers_purge_nothing(origin, nginx):
    nginx.get("/fr/")
    nginx.get("/fr/", "PURGE")
    for path in ("/.purge", "/.purge-gzip"):
        nginx.get(path)
    assert nginx.get("/fr/").headers["X-Cache"] == "HIT"
    assert nginx.purge("/fr/", "GET").status == 405


@pytest.mark.parametrize("is_running", [True, False])
def test_editors_have_processes_of_their_own(tmp_path, is_running):
    need_servers(*PROGRAMS)
    with running_origin() as readers, running_origin() as editors:
        admin_port = editors.port if is_running else free_port()
        with running_nginx(tmp_path, readers.port, admin_port=admin_port) as nginx:
            nginx.get("/fr/")
            for method in ("GET", "POST"):
                assert nginx.get("/admin/pages/1/edit/", method=method).status == 200
            nginx.get("/fr/../admin/")
            nginx.get("/en/admin/")
        assert (readers.times_asked("/fr/"), readers.times_asked("/en/admin/")) == (1, 1)
        answering = editors if is_running else readers
        assert answering.times_asked("/admin/pages/1/edit/") == 2
        assert len(readers.requests) + len(editors.requests) == 5
