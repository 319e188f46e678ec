"""The site of the settings is backed up, or a backup is restored there; prints what was found.

python -m tests.adversarial.backing_up save FOLDER       makes the site; the result is a crawl
python -m tests.adversarial.backing_up restore FOLDER    what was restored, and a crawl
"""

import json
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import django

django.setup()

from django.core.files.storage import default_storage  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402

from diptych.articles.languages.publication.rebuilding import outdated_pages  # noqa: E402
from diptych.articles.models import ArticlePage  # noqa: E402
from operations.background import ThreadBackend  # noqa: E402
from tests.adversarial.crawled import crawl  # noqa: E402
from tests.deploy.seed import seed  # noqa: E402
from tests.factories import make_image, publish_draft  # noqa: E402

EDITORS = 4


def save(folder):
    seed()
    over, done = threading.Event(), dict.fromkeys(range(EDITORS), 0)
    pages = [*ArticlePage.objects.order_by("pk")] * 2
    threads = [
        threading.Thread(target=_write, args=(number, pages[number].pk, over, done))
        for number in range(EDITORS)
    ]
    for thread in threads:
        thread.start()
    try:
        written = _back_up_while_written(folder, threads, done)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    # What is missing of sizes and suggestions is made now: by readers, and in the background.
    crawl()
    for pool in [*ThreadBackend.pools.values()] * 2:
        pool.submit(int).result()
    call_command("backup", folder / "quiet.zip", verbosity=0)
    return {"written": written, "crawl": crawl()}


def _back_up_while_written(folder, threads, done):
    """Make backups until something was written during one; returns how much."""
    while not all(done.values()):
        time.sleep(0.05)
        _check_that_all_write(threads)
    written = 0
    while not written:
        _check_that_all_write(threads)
        (folder / "busy.zip").unlink(missing_ok=True)
        begun = sum(done.values())
        call_command("backup", folder / "busy.zip", verbosity=0)
        written = sum(done.values()) - begun
    return written


def _check_that_all_write(threads):
    assert all(thread.is_alive() for thread in threads), "An editor has stopped."


def _write(number, pk, over, done):
    """Change an article until it is ``over``, and delete the picture that it had each time."""
    while not over.is_set():
        before = _change(pk, f"{number}/{done[number]}")
        if "/" in before.title:
            # In the background another size of it may just be made.
            with suppress(IntegrityError), transaction.atomic():
                before.delete()
        done[number] += 1
    connection.close()


@transaction.atomic
def _change(pk, text):
    """Give both languages a headline, and the article a picture; returns the former picture."""
    ArticlePage(pk=pk).lock_row()
    page = ArticlePage.objects.get(pk=pk)
    before = page.hero_image
    image = make_image(text, width=32, height=32)
    publish_draft(page, headline_fr=text, headline_en=text, hero_image=image)
    return before


def restore(folder):
    call_command("restore", folder / "busy.zip", verbosity=0)
    found = {"articles": [_told(page) for page in ArticlePage.objects.all()]}
    images = [image.file.name for image in get_image_model().objects.all()]
    found["lost"] = [name for name in images if not default_storage.exists(name)]
    found["outdated"] = list(outdated_pages())
    try:
        call_command("restore", folder / "quiet.zip", verbosity=0)
    except CommandError as refused:
        found["refused"] = str(refused)
    call_command("restore", folder / "quiet.zip", replace=True, verbosity=0)
    return {**found, "crawl": crawl()}


def _told(page):
    """What says in which moment an article was: live, in its draft, in its picture."""
    draft = page.get_latest_revision_as_object()
    return [page.headline_fr, page.headline_en, draft.headline_en, page.hero_image.title]


if __name__ == "__main__":
    command = {"save": save, "restore": restore}[sys.argv[1]]
    print(json.dumps(command(Path(sys.argv[2]))))
