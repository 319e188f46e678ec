"""The site behind the nginx of `deploy/nginx`: pages, files and documents."""

import gzip
import json
import re
import socket
import sqlite3
import time
from itertools import product

import brotli
import pytest

from diptych.articles.delivery.frontend_cache import TIMEOUT
from tests.deploy.desk import Desk
from tests.deploy.nginx import PROGRAMS, running_nginx
from tests.servers import free_port, need_servers, production_environment, running_site, seed_site

pytestmark = pytest.mark.servers

YEAR = "max-age=31536000, immutable"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    need_servers(*PROGRAMS)
    folder = tmp_path_factory.mktemp("site")
    seed_site(production_environment(folder))
    return folder


@pytest.fixture(scope="module")
def nginx(folder):
    port, purge_port = free_port(), free_port()
    environment = production_environment(
        folder, FRONT_CACHE=f"http://127.0.0.1:{purge_port}", PAGE_SHARED_MAX_AGE="600"
    )
    with (
        running_site(folder, environment, port),
        running_nginx(folder, port, purge_port=purge_port) as nginx,
    ):
        nginx.desk = Desk(port)
        yield nginx


def document(folder, title):
    """``(primary key, path of the file)`` of a document."""
    with sqlite3.connect(folder / "journal.sqlite3") as database:
        rows = database.execute("SELECT id, file FROM wagtaildocs_document WHERE title=?", [title])
        return rows.fetchone()


@pytest.mark.parametrize("path", ["/fr/", "/en/stories/", "/en/stories/story-one/", "/en/feed/"])
def test_pages_are_served(nginx, path):
    assert nginx.get(path).status == 200


def test_readers_are_sent_to_addresses_of_the_site(nginx):
    answer = nginx.get("/", Accept_Language="en")
    assert answer.status == 302
    assert answer.headers["Location"] == "/en/"
    assert b"https://journal.example/en/stories/story-three/" in nginx.get("/sitemap.xml").body


def test_static_files_are_sent_compressed_and_kept_for_a_year(folder, nginx):
    names = json.loads((folder / "static" / "staticfiles.json").read_text())["paths"]
    name, hashed = next(pair for pair in names.items() if pair[0].endswith("core.css"))
    answer = nginx.get(f"/static/{hashed}", Accept_Encoding="br, gzip")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
    assert answer.body == (folder / "static" / f"{hashed}.br").read_bytes()
    assert answer.headers.get_all("Cache-Control") == [f"public, {YEAR}"]
    assert nginx.get(f"/static/{name}").headers.get_all("Cache-Control") == ["public, max-age=60"]


def test_pictures_are_kept_for_a_year_and_run_nothing(folder, nginx):
    rendition = next((folder / "media" / "images").iterdir())
    answer = nginx.get(f"/media/images/{rendition.name}")
    assert answer.status == 200
    assert YEAR in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("title", ["public", "private"])
@pytest.mark.parametrize(
    "path",
    [
        "/media/{file}",
        "/media//{file}",
        "/media/images/../{file}",
        "/media/%64ocuments/{title}.txt",
        "/static/../media/{file}",
    ],
)
def test_documents_are_not_files(folder, nginx, title, path):
    _pk, file = document(folder, title)
    answer = nginx.get(path.format(file=file, title=title))
    assert answer.status in (400, 404)
    assert b"This is" not in answer.body


#: What is in documents, public and private.
CONTENT = re.compile(rb"This is (?:public|private)")


def test_documents_are_sent_to_those_who_may_read_them_and_never_kept(folder, nginx):
    for _attempt in range(2):
        pk, _file = document(folder, "public")
        answer = nginx.get(f"/documents/{pk}/public.txt")
        assert (answer.status, answer.body) == (200, b"This is public.")
        pk, _file = document(folder, "private")
        answer = nginx.get(f"/documents/{pk}/private.txt")
        assert answer.status == 302
        assert "/login/" in answer.headers["Location"]
    assert not any(CONTENT.search(path.read_bytes()) for path in kept_files(folder))


def test_parts_of_recordings_are_sent_to_those_who_may_have_them(folder, nginx):
    pk, _file = document(folder, "public recording")
    for _attempt in range(2):
        answer = nginx.get(
            f"/recordings/{pk}/public.mp3", Range="bytes=0-3", Accept_Encoding="gzip"
        )
        assert (answer.status, answer.body) == (206, b"This")
        assert answer.headers["Content-Range"] == "bytes 0-3/15"
        assert "Content-Encoding" not in answer.headers
    answer = nginx.get(f"/recordings/{pk}/public.mp3", Accept_Encoding="gzip")
    assert (answer.status, answer.body) == (200, b"This is public.")
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert nginx.get(f"/recordings/{pk}/public.mp3", Range="bytes=99-").status == 416
    pk, _file = document(folder, "private recording")
    answer = nginx.get(f"/recordings/{pk}/private.mp3", Range="bytes=0-3")
    assert answer.status == 302 and "/login/" in answer.headers["Location"]
    assert not any(CONTENT.search(path.read_bytes()) for path in kept_files(folder))


def kept_files(folder):
    return [path for path in (folder / "cache").rglob("*") if path.is_file()]


def test_the_editor_is_not_kept(folder, nginx):
    before = len(kept_files(folder))
    assert nginx.get("/admin/login/").status == 200
    assert nginx.get("/admin/").status == 302
    assert len(kept_files(folder)) == before


LISTS = ("/en/stories/", "/en/", "/en/feed/", "/en/topics/oceans/")
FORMS = ("br, gzip", "gzip", "identity")


def article(folder, slug):
    """The primary key of an article."""
    with sqlite3.connect(folder / "journal.sqlite3") as database:
        query = "SELECT page_id FROM diptych_languages_pagelanguage WHERE slug=?"
        return database.execute(query, [slug]).fetchone()[0]


def shown_by(nginx, path, form):
    """Where nginx found ``path``, and what it says."""
    answer = nginx.get(path, Accept_Encoding=form)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    unpack = unpack.get(answer.headers.get("Content-Encoding"), bytes)
    return answer.headers["X-Cache"], unpack(answer.body).decode()


@pytest.mark.parametrize("form", FORMS)
def test_pages_are_kept_as_the_site_compresses_them(nginx, form):
    for path in ("/en/stories/story-three/", *LISTS):
        shown_by(nginx, path, form)
        found, text = shown_by(nginx, path, form)
        assert found == "HIT", path
        assert "story-three" in text


def test_what_shows_an_article_is_purged_when_it_changes(folder, nginx):
    """Through Wagtail's backend, in the background; the form takes it off its topic."""
    for path, form in product(("/en/stories/story-one/", *LISTS), FORMS):
        assert "story-one" in shown_by(nginx, path, form)[1]
    text = "Ice covers the lake."
    pk = article(folder, "story-one")
    nginx.desk.publish(pk, "Article Un", "Story One", lead_en=text)
    for path, form in product(("/en/stories/story-one/", *LISTS[:3]), FORMS):
        wait_until(path, lambda path=path, form=form: text in shown_by(nginx, path, form)[1])

    def is_off_the_topic():
        return not any("story-one" in shown_by(nginx, LISTS[3], form)[1] for form in FORMS)

    wait_until(LISTS[3], is_off_the_topic)


def test_nothing_of_an_article_is_sent_once_it_is_taken_down(folder, nginx):
    address = "/en/stories/story-two/"
    for path, form in product((address, *LISTS), FORMS):
        assert "story-two" in shown_by(nginx, path, form)[1]
    nginx.desk.unpublish(article(folder, "story-two"))

    def is_gone():
        return all(nginx.get(address, Accept_Encoding=form).status != 200 for form in FORMS)

    wait_until(address, is_gone)
    for path, form in product(LISTS, FORMS):
        wait_until(
            path, lambda path=path, form=form: "story-two" not in shown_by(nginx, path, form)[1]
        )


def test_nobody_waits_for_a_cache_that_hangs(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port, purge_port = free_port(), silent.getsockname()[1]
        environment = production_environment(tmp_path, FRONT_CACHE=f"http://127.0.0.1:{purge_port}")
        seed_site(environment)
        pk = article(tmp_path, "story-three")
        with running_site(tmp_path, environment, port):
            desk = Desk(port)
            desk.publish(pk, "Article Trois", "Story Three", lead_en="First.")
            started = time.monotonic()
            desk.publish(pk, "Article Trois", "Story Three", lead_en="Second.")
            desk.unpublish(pk)
            assert time.monotonic() - started < 2 * TIMEOUT


def wait_until(path, is_so):
    """Wait for what happens in the background; ``path`` is what is looked at."""
    for _attempt in range(300):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail(f"{path} stays as it was.")
