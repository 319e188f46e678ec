"""Work on the site of the settings, killed at moments that are drawn by a seed.

``python -m tests.adversarial.killed FOLDER SEED KILLS`` does each work of :data:`WORKS` once, and
then on ``KILLS`` copies of the database until it is killed. It prints, by work, how often it was
killed and what ``upkeep --fix`` left, or readers saw that was neither before nor after.
"""

import json
import random
import sys
from datetime import timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import django
from django.conf import settings

django.setup()
# What is done in the background belongs to the work, and is killed with it.
IMMEDIATE = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
settings.TASKS = dict.fromkeys(settings.TASKS, IMMEDIATE)
settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "PageCache" not in each]

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from lxml.html import document_fromstring  # noqa: E402
from wagtail.models import ReferenceIndex  # noqa: E402

from diptych.articles.images.models import RenditionRecord  # noqa: E402
from diptych.articles.languages.bin.deleting import move_to_bin  # noqa: E402
from diptych.articles.languages.bin.restoring import restore_from_bin  # noqa: E402
from diptych.articles.languages.models import DeletedPage, LanguageSchedule, PageLanguage  # noqa: E402
from diptych.articles.languages.publication.schedules.scheduling import PUBLISH, set_date  # noqa: E402
from diptych.articles.models import ArticlePage  # noqa: E402
from diptych.articles.search.models import SearchEntry  # noqa: E402
from tests.adversarial.crawled import STATIC  # noqa: E402
from tests.articles.languages.editor import PUBLISH_BOTH, article_form  # noqa: E402
from tests.deploy.seed import seed  # noqa: E402
from tests.factories import make_image, write_draft  # noqa: E402
from tests.killing import copy_database, run_killed  # noqa: E402
from tests.servers import SITE_HOST  # noqa: E402

ADDRESSES = (
    "/fr/",
    "/en/",
    "/fr/articles/article-un/",
    "/en/stories/story-one/",
    "/fr/articles/nouveau/",
    "/en/stories/new/",
    "/fr/thematiques/oceans/",
    "/fr/feed/json/",
)


def visitor():
    return Client(headers={"host": SITE_HOST, "x-forwarded-proto": "https"})


def chief():
    return get_user_model().objects.get(username="chief")


def first():
    return ArticlePage.objects.order_by("pk").first()


# What is killed


def publish():
    """Publish new headlines and addresses in both languages, with the form of the editor."""
    client = visitor()
    client.force_login(chief())
    address = reverse("wagtailadmin_pages:edit", args=[first().pk])
    screen = document_fromstring(client.get(address).content)
    opened = screen.xpath("//input[starts-with(@name, 'loaded_rev')]")
    form = article_form("Nouveau", "New", press=PUBLISH_BOTH)
    answer = client.post(address, {**{each.name: each.value for each in opened}, **form})
    assert answer.status_code == 302, answer.content


def publish_one_language():
    write_draft(first(), headline_fr="Nouveau", headline_en="New")
    first().publish_languages(["fr"])


def unpublish_one_language():
    first().unpublish_languages(["en"])


def publish_scheduled():
    call_command("publish_scheduled", verbosity=0)


def delete_page():
    move_to_bin(first(), chief())


def restore():
    restore_from_bin(DeletedPage.objects.get().key, chief())


def empty_bin():
    call_command("empty_bin", days=0, verbosity=0)


def upload():
    article = first()
    write_draft(article, hero_image=make_image("Other", width=64, height=48))
    article.get_latest_revision().publish()


def rebuild(*names):
    for name in names:
        call_command(name, verbosity=0)


REBUILDS = (
    "rebuild_page_languages",
    "rebuild_related",
    "rebuild_search_index",
    "rebuild_references_index",
    "diptych_renditions",
)


def damage():
    """Let tables that are made of others lack what rebuilding brings."""
    row = PageLanguage.objects.filter(page=first(), language="fr")
    row.update(url_path="/accueil/elsewhere/")
    for model in (SearchEntry, ReferenceIndex, RenditionRecord):
        model.objects.all().delete()


def schedule():
    write_draft(first(), headline_fr="Nouveau")
    unpublish_one_language()
    set_date(first(), "fr", PUBLISH, timezone.now() + timedelta(hours=1), chief())
    LanguageSchedule.objects.update(due_at=timezone.now() - timedelta(hours=1))


#: By name: what is killed, and what is done before it without being killed.
WORKS = {
    "publish": (publish, None),
    "publish one language": (publish_one_language, None),
    "unpublish one language": (unpublish_one_language, None),
    "publish_scheduled": (publish_scheduled, schedule),
    "publish with a new picture": (upload, None),
    "delete": (delete_page, None),
    "restore": (restore, delete_page),
    "empty_bin": (empty_bin, delete_page),
    **{name: (partial(rebuild, name), damage) for name in REBUILDS},
    "upkeep": (partial(call_command, "upkeep", fix=True, verbosity=0), damage),
    "forget_old": (partial(rebuild, "forget_old"), None),
}


# What is seen afterwards


def public():
    """What readers see at each of :data:`ADDRESSES`: the status and the headlines."""
    seen = []
    for address in ADDRESSES:
        answer = visitor().get(address)
        seen.append(f"{address} {answer.status_code} {_headlines(answer)}")
    return seen


def _headlines(answer):
    if answer.status_code != 200:
        return answer.headers.get("Location", "")
    if "json" in answer.headers["Content-Type"]:
        return [each["title"] for each in answer.json()["items"]]
    document = document_fromstring(answer.content)
    return [" ".join(each.text_content().split()) for each in document.xpath("//h1|//h2|//h3")]


def look(path):
    path.write_text(json.dumps({"seen": public()}))


def mend(path):
    """What readers see after a kill, and what ``upkeep --fix`` cannot mend."""
    seen, said = public(), StringIO()
    with translation.override("en"):
        try:
            call_command("upkeep", fix=True, verbosity=0, stdout=StringIO(), stderr=said)
        except SystemExit:
            said.write("upkeep has failed")
    call_command("check", fail_level="ERROR")
    path.write_text(json.dumps({"seen": seen, "mended": public(), "left": said.getvalue()}))


def facts_of(function, database):
    """What ``function`` writes about a database, in a process of its own."""
    path = database.with_name("found.json")
    run_killed(partial(function, path), database)
    return json.loads(path.read_text())


def tried(work, start, drawn, kills, whole):
    """Each fault with the statement before which ``work`` was killed, on copies of ``start``.

    ``whole`` is what readers see where nothing is damaged, if the work is to repair that.
    """
    found, killed, before = [], 0, facts_of(look, start)["seen"]
    done = copy_database(start, start.with_name("done.sqlite3"))
    statements = run_killed(work, done)
    after = facts_of(look, done)["seen"]
    for _number in range(kills):
        moment = drawn.randint(1, statements)
        again = copy_database(start, start.with_name("again.sqlite3"))
        killed += run_killed(work, again, kill_at=moment) is None
        facts = facts_of(mend, again)
        if facts["left"]:
            found.append([moment, facts["left"]])
        if not whole and facts["seen"] not in (before, after):
            found.append([moment, "after the kill", facts["seen"], before, after])
        if facts["mended"] not in ([whole] if whole else [before, after]):
            found.append([moment, "after upkeep", facts["mended"], whole, before, after])
    return {"killed": killed, "statements": statements, "found": found}


def main(folder, seed_of_moments, kills):
    seed()
    connection.close()
    start = Path(connection.settings_dict["NAME"])
    drawn, told = random.Random(seed_of_moments), {}
    whole = facts_of(look, copy_database(start, folder / "start.sqlite3"))["seen"]
    for name, (work, first_of_all) in WORKS.items():
        database = copy_database(start, folder / "start.sqlite3")
        if first_of_all:
            run_killed(first_of_all, database)
        told[name] = tried(work, database, drawn, kills, whole if first_of_all is damage else None)
        print(name, told[name]["statements"], len(told[name]["found"]), file=sys.stderr)
    print(json.dumps(told))


if __name__ == "__main__":
    with override_settings(STORAGES=STATIC):
        main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
