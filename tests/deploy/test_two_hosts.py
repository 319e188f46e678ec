"""Two web servers that share PostgreSQL, Redis, a bucket and a worker, with nginx before them."""

import io
import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import pytest
from lxml.html import document_fromstring
from PIL import Image

from tests.deploy.desk import ORIGIN, Desk
from tests.deploy.nginx import PROGRAMS, running_nginx
from tests.postgresql import hung_postgresql, need_postgresql, running_postgresql
from tests.servers import (
    fetch,
    free_port,
    need_servers,
    production_environment,
    running,
    running_redis,
    running_site,
    seed_site,
    wait_for_port,
)

pytestmark = pytest.mark.servers

#: Starts a program again when it has ended, as systemd does: a worker ends without its database.
RESTARTED = "trap 'kill $!; wait $!; exit' TERM; while :; do \"$@\" & wait $!; sleep 0.2; done"
BUCKET = "diptych"
#: Everybody may fetch pictures, as docs/deployment.md says.
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": [
                f"arn:aws:s3:::{BUCKET}/{folder}/*" for folder in ("images", "original_images")
            ],
        }
    ],
}


class Hosts:
    """The addresses of what runs: the ports of two web servers, and nginx before the first."""

    def __init__(self, folder, database, ports, bucket_port, nginx):
        self.folder = folder
        self.database = database
        self.bucket_port = bucket_port
        self.ports = ports
        self.nginx = nginx

    def article(self, headline):
        """The primary key of the article that has ``headline`` in English."""
        found = fetch(self.ports[0], "/en/api/articles/?limit=20").json()["items"]
        return next(each["id"] for each in found if each["headline"] == headline)


@contextmanager
def running_bucket(folder, port):
    """An object storage with an empty bucket at ``port``."""
    import boto3

    with running([sys.executable, "-m", "moto.server", "-p", port], folder / "s3.log") as process:
        wait_for_port(port, process)
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
        client = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1", **keys
        )
        client.create_bucket(Bucket=BUCKET)
        client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(POLICY))
        yield client


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    need_servers("redis-server", *PROGRAMS)
    need_postgresql()
    for package in ("boto3", "moto", "storages", "django_tasks_db", "redis"):
        pytest.importorskip(package)
    folder = tmp_path_factory.mktemp("hosts")
    redis_port, bucket_port, *ports = (free_port() for _number in range(4))
    with (
        running_postgresql() as database,
        running_redis(folder, redis_port),
        running_bucket(folder, bucket_port),
    ):
        environment = production_environment(
            folder,
            DATABASE_URL=database,
            REDIS_URL=f"redis://127.0.0.1:{redis_port}/0",
            MEDIA_BUCKET=BUCKET,
            MEDIA_ADDRESS=f"{ORIGIN}/media/",
            AWS_ACCESS_KEY_ID="key",
            AWS_SECRET_ACCESS_KEY="secret",
            AWS_DEFAULT_REGION="us-east-1",
            AWS_ENDPOINT_URL_S3=f"http://127.0.0.1:{bucket_port}",
            TASK_WORKER="true",
        )
        seed_site(environment)
        worker = [sys.executable, "manage.py", "db_worker", "--backend", "background"]
        with (
            running_site(folder, environment, ports[0]),
            running_site(folder, environment, ports[1]),
            running(
                ["sh", "-c", RESTARTED, "sh", *worker, "--interval", "0.2"],
                folder / "worker.log",
                env=environment,
            ),
            running_nginx(folder, ports[0], bucket_port) as nginx,
        ):
            yield Hosts(folder, database, ports, bucket_port, nginx)


def links_of(path, html):
    """The addresses on this site that a page leads to or shows, as paths."""
    tree = document_fromstring(html)
    found = tree.xpath("//a/@href | //link/@href | //img/@src | //script/@src | //iframe/@src")
    found += [each.split()[0] for value in tree.xpath("//@srcset") for each in value.split(", ")]
    addresses = [urlsplit(urljoin(f"{ORIGIN}{path}", each)) for each in found]
    return {
        f"{each.path}?{each.query}" if each.query else each.path
        for each in addresses
        if f"{each.scheme}://{each.netloc}" == ORIGIN
    }


def test_all_that_pages_lead_to_is_there_on_each_server(hosts):
    findings, seen, waiting = [], set(), ["/fr/", "/en/", "/sitemap.xml", "/robots.txt"]
    while waiting:
        path = waiting.pop()
        if path.startswith("/media/"):
            answer = hosts.nginx.get(path)
        else:
            answer = fetch(hosts.ports[len(waiting) % 2], path)
        if answer.status not in (200, 302):
            findings.append((answer.status, path))
        if b"http://journal.example" in answer.body:
            findings.append(("http", path))
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("text/html") and answer.status == 200:
            if f'<html lang="{path[1:3]}'.encode() not in answer.body[:400]:
                findings.append(("language", path))
            new = links_of(path, answer.body) - seen
            seen |= new
            waiting += new
    assert findings == []
    assert len(seen) > 40
    assert any(path.startswith("/media/images/") for path in seen)
    assert any(path.startswith("/static/") for path in seen)


def test_what_is_published_on_one_is_seen_at_once_on_the_other(hosts):
    first, second = hosts.ports
    pages = ["/en/stories/story-one/", "/en/stories/", "/en/", "/en/feed/"]
    for page in pages * 2:
        assert fetch(second, page).status == 200
    desk = Desk(first)
    for text in ("The ice is thin.", "The ice is thick."):
        desk.publish(hosts.article("Story One"), "Article Un", "Story One", lead_en=text)
        for page in pages:
            assert text in fetch(second, page).body.decode(), page


def test_what_is_taken_down_on_one_is_gone_at_once_on_the_other(hosts):
    first, second = hosts.ports
    pk = hosts.article("Story Two")
    for port in hosts.ports * 2:
        assert fetch(port, "/en/stories/story-two/").status == 200
    Desk(second).unpublish(pk)
    assert fetch(first, "/en/stories/story-two/").status != 200
    assert b"story-two" not in fetch(first, "/en/stories/").body


def test_an_image_uploaded_on_one_is_made_by_the_worker_and_shown_by_the_other(hosts):
    first, second = hosts.ports
    content = io.BytesIO()
    Image.new("RGB", (1800, 1200), "teal").save(content, "JPEG")
    desk = Desk(first)
    desk.upload("images", "fjord.jpg", content.getvalue(), alt_fr="Un fjord", alt_en="A fjord")
    listing = Desk(second).get("/admin/images/").text
    pk = max(int(number) for number in re.findall(r"/admin/images/(\d+)/", listing))
    article = hosts.article("Story Three")
    desk.publish(article, "Article Trois", "Story Three", hero_image=str(pk))
    for _attempt in range(300):
        page = fetch(second, "/en/stories/story-three/").body.decode()
        pictures = {each for each in links_of("/en/stories/", page) if "fjord" in each}
        if len(pictures) > 4:
            break
        time.sleep(0.2)
    else:
        pytest.fail(f"{pictures}\n{(hosts.folder / 'worker.log').read_text()[-3000:]}")
    for path in pictures:
        answer = hosts.nginx.get(path)
        assert answer.status == 200, path
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_document_uploaded_on_one_is_sent_by_the_other_only_through_the_site(hosts):
    first, second = hosts.ports
    Desk(first).upload("documents", "report.txt", b"This is the report.")
    listing = Desk(second).get("/admin/documents/").text
    address = re.search(r"/documents/\d+/report[^\"]*\.txt", listing)[0]
    answer = fetch(second, address)
    assert (answer.status, answer.body) == (200, b"This is the report.")
    private = re.search(r"/documents/\d+/private\.txt", listing)[0]
    answer = fetch(second, private)
    assert answer.status == 302
    assert "/login/" in answer.headers["Location"]
    for name in ("report.txt", "private.txt"):
        assert hosts.nginx.get(f"/media/documents/{name}").status == 404
        stored = fetch(hosts.bucket_port, f"/{BUCKET}/documents/{name}", Host="127.0.0.1")
        assert stored.status == 403


def test_while_the_database_hangs_kept_pages_are_sent_and_nobody_waits_for_ever(hosts):
    port, kept, other = hosts.ports[0], "/en/", "/en/search/?q=ice"
    for _time in range(4):
        assert fetch(port, kept).status == 200
    with hung_postgresql(hosts.database):
        # Each thread has a connection that says nothing any more.
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda path: timed(port, path), [kept] * 4))
        assert [answer.status for answer, _seconds in answers] == [200] * 4
        # A thread that has none yet waits for libpq’s two seconds.
        assert max(seconds for _answer, seconds in answers) < 3
        answer, seconds = timed(port, kept)
        assert answer.status == 200 and seconds < 1
        refused, seconds = timed(port, other)
        assert seconds < 7
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert b"De retour dans un instant" in refused.body
        assert b"Back in a moment" in refused.body
        assert fetch(port, "/healthz").status == 200
        assert fetch(port, "/readyz").status == 503
    for each in hosts.ports:
        assert_recovers(each, other)


def timed(port, path):
    """The answer to a reader, and the seconds it took."""
    began = time.monotonic()
    answer = fetch(port, path)
    return answer, time.monotonic() - began


def assert_recovers(port, path):
    """Wait until the server finds its database again."""
    for _attempt in range(100):
        answers = fetch(port, "/readyz"), fetch(port, path)
        if [answer.status for answer in answers] == [200, 200]:
            return
        time.sleep(0.2)
    pytest.fail(f"{answers[0].body} {answers[1].status}")
