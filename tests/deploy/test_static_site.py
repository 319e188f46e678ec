"""A site as files behind the nginx of `deploy/nginx/static-site.conf`, beside the site itself."""

import os
import re
from urllib.parse import unquote

import pytest

from tests.deploy.nginx import CONFIGURATION, TEMPORARY
from tests.servers import (
    checked_python,
    fetch,
    free_port,
    need_servers,
    production_environment,
    running,
    running_site,
    seed_site,
    wait_for_port,
)

pytestmark = pytest.mark.servers

PAGES = ["/fr/", "/en/", "/en/stories/", "/en/stories/story-one/"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    need_servers("nginx")
    folder = tmp_path_factory.mktemp("site")
    seed_site(production_environment(folder))
    return folder


@pytest.fixture(scope="module")
def copy(folder):
    """The port of nginx with the copy."""
    checked_python(production_environment(folder), "manage.py", "export_site", str(folder / "copy"))
    port = free_port()
    for name in ("static-site-http.conf", "static-site.conf"):
        text = (CONFIGURATION / name).read_text().replace("/srv/copy", str(folder / "copy"))
        (folder / name).write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/nginx.pid; error_log stderr; events {{ }}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n"
        f"include {folder}/static-site-http.conf;\n"
        f"server {{ listen 127.0.0.1:{port}; include {folder}/static-site.conf; }} }}\n"
    )
    command = ["nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"]
    with running(command, folder / "copy.log") as process:
        wait_for_port(port, process)
        yield port


@pytest.fixture(scope="module")
def live(folder):
    """The port of the site itself."""
    port = free_port()
    with running_site(folder, production_environment(folder), port):
        yield port


#: How the files end in a copy that cite an article.
CITED = {"bibtex": ".bib", "ris": ".ris", "csl": ".json"}


def as_in_a_copy(page):
    """A page of the site with the links that docs/static-site.md names."""
    page = re.sub(r"/language/\w\w/\?next=([^\"]+)", lambda match: unquote(match[1]), page)
    page = re.sub(r"(/feed/(?:[\w/]+/)?(?:rss|atom))/", r"\1.xml", page)
    page = re.sub(r"(/feed/(?:[\w/]+/)?json)/", r"\1.json", page)
    page = re.sub(r"(/feed)/(?=\")", r"\1.xml", page)
    page = re.sub(r"(/cite/\d+/)(bibtex|ris|csl)/", lambda m: f"{m[1]}{m[2]}{CITED[m[2]]}", page)
    page = re.sub(r"<script[^>]* data-live-only[^>]*></script>", "", page)
    return re.sub(r"\?page=(\d+)", r"page-\1.html", page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_that_of_the_site_but_for_its_links(copy, live, path):
    written, answered = fetch(copy, path), fetch(live, path)
    assert written.status == answered.status == 200
    assert written.body.decode() == as_in_a_copy(answered.body.decode())


def test_headers_are_those_of_the_site(copy, live):
    written, answered = fetch(copy, "/en/").headers, fetch(live, "/en/").headers
    for name in ("Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy"):
        assert written[name] == answered[name]
    policies = [each["Content-Security-Policy"].split("; ") for each in (written, answered)]
    assert sorted(policies[0]) == sorted(policies[1])
    assert "'wasm-unsafe-eval'" in fetch(copy, "/en/search/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name, kind", [("atom.xml", "atom"), ("rss.xml", "rss"), ("json.json", "feed")]
)
def test_feeds_have_their_types_and_old_addresses_lead_to_them(copy, name, kind):
    assert (
        fetch(copy, f"/en/feed/{name}").headers["Content-Type"].startswith(f"application/{kind}+")
    )
    moved = fetch(copy, f"/en/feed/{name.partition('.')[0]}/")
    assert (moved.status, moved.headers["Location"]) == (301, f"/en/feed/{name}")


def test_what_is_not_there_is_said_in_the_language_of_the_address(copy):
    for path, language in (("/en/none/", "en"), ("/fr/none/", "fr")):
        answer = fetch(copy, path)
        assert answer.status == 404
        assert f'<html lang="{language}"' in answer.body.decode()
    assert fetch(copy, "/.static-site/manifest.json").status == 404


def test_readers_are_led_to_their_language(copy):
    assert fetch(copy, "/", accept_language="en-GB,en").headers["Location"] == "/en/"
    assert fetch(copy, "/", accept_language="de").headers["Location"] == "/fr/"
