"""A disk that is full while editors work, under a real server."""

import io
import random
import sqlite3
import subprocess
from contextlib import closing, contextmanager, suppress

import pytest
from PIL import Image

from tests.deploy.desk import Desk
from tests.servers import fetch, free_port, production_environment, running_site, seed_site

pytestmark = pytest.mark.adversarial

MEBIBYTE = 1024 * 1024
#: More attempts than the room that is left can take.
ATTEMPTS = 40


@contextmanager
def small_disk(folder):
    """A file system of 64 MiB; skips where the machine lets nobody mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={64 * MEBIBYTE}", "tmpfs", folder]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("There is no mount.")
    if done.returncode:
        pytest.skip("No file system can be mounted here.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """``(port, folder)`` of a site whose database and uploads are on a small disk."""
    folder = tmp_path_factory.mktemp("site")
    with small_disk(folder / "disk") as disk:
        environment = production_environment(
            folder,
            DATABASE_URL=f"sqlite:///{disk}/journal.sqlite3",
            MEDIA_ROOT=str(disk / "media"),
            PAGE_CACHE=str(disk / "pages"),
        )
        seed_site(environment)
        port = free_port()
        with running_site(folder, environment, port, threads=2):
            yield port, disk


@contextmanager
def no_room(disk):
    """Fill the disk for as long as the block runs, whatever else is writing to it meanwhile."""
    filler = disk / "filler"
    with open(filler, "wb", buffering=0) as file:
        for size in (MEBIBYTE, 4096):
            block = bytes(size)
            with suppress(OSError):
                while file.write(block) == size:
                    pass
    try:
        yield
    finally:
        filler.unlink()


def picture():
    """A picture of about a mebibyte that cannot be compressed."""
    content = io.BytesIO()
    noise = random.Random(1).randbytes(600 * 600 * 3)
    Image.frombytes("RGB", (600, 600), noise).save(content, "PNG")
    return content.getvalue()


def uploads(disk):
    """Name and size of each file below the folder of uploads."""
    paths = (path for path in (disk / "media").rglob("*") if path.is_file())
    return {str(path.relative_to(disk)): path.stat().st_size for path in paths}


def upload(desk, name, content):
    values = {"title": name, "tags": "", "alt_fr": "Un bruit", "alt_en": "Noise", "collection": "1"}
    return desk.post("/admin/images/add/", values, {"file": (name, content)})


def test_editors_are_told_and_nothing_is_lost_or_half(site):
    port, disk = site
    desk, content = Desk(port), picture()
    pk = next(
        each["id"]
        for each in fetch(port, "/en/api/articles/?limit=20").json()["items"]
        if each["headline"] == "Story One"
    )
    desk.publish(pk, "Article Un", "Story One", lead_en="Before the flood.")
    before = uploads(disk)
    with no_room(disk):
        refused = upload(desk, "noise.png", content)
        assert refused.status_code == 507, refused.text[:500]
        assert "There is no room left" in refused.text
        assert uploads(disk) == before
        saves = []
        while len(saves) < ATTEMPTS and 507 not in saves:
            lead = f"Attempt {len(saves)}."
            saves.append(desk.try_publishing(pk, "Article Un", "Story One", lead_en=lead))
        assert saves[-1] == 507
        assert set(saves[:-1]) <= {302}
        shown = f"Attempt {len(saves) - 2}." if saves[:-1] else "Before the flood."
        answer = fetch(port, "/en/stories/story-one/")
        assert (answer.status, shown in answer.body.decode()) == (200, True)
        assert fetch(port, "/fr/").status == 200
        assert fetch(port, "/readyz").json()["storage"] == "failed"
    with closing(sqlite3.connect(disk / "journal.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert 0 not in uploads(disk).values()
    desk.publish(pk, "Article Un", "Story One", lead_en="After the flood.")
    assert "After the flood." in fetch(port, "/en/stories/story-one/").body.decode()
    assert upload(desk, "noise.png", content).status_code == 302
