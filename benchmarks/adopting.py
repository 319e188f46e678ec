"""What it costs to adopt the pages of a site, to join its trees of languages, and to go back.

``python -m benchmarks.adopting --pages 10000`` makes the site of ``tests/adoptinghost`` with so
many pages, each with two revisions, puts the mixin into its models, and runs the commands, each in
a process of its own. Then every address that was live is asked for. With ``--trees``, each page has
a translation in a tree of its own, which ``diptych_merge_trees`` joins.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = ROOT / "tests" / "adoptinghost"
#: Pages below one page.
SIBLINGS = 100

START = """
import django
django.setup()
import json, uuid
from clientsite.models import AboutPage
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, Site
"""

MAKE = """
call_command("makemigrations", "clientsite", verbosity=0)
call_command("migrate", verbosity=0)
now, kind = timezone.now(), ContentType.objects.get_for_model(AboutPage)
base = ContentType.objects.get_for_model(Page)
english = Locale.objects.get()
root = Site.objects.get().root_page
revisions = []
body = [{"type": "text", "value": "<p>" + "A sentence of ten words that says nothing at all. " * 40
         + "</p>", "id": str(uuid.uuid4())}]


def make(parent, locale, suffix, count):
    tops, made = [], 0
    for number in range(-(-count // SIBLINGS)):
        tops.append(add(parent, number, f"top-{number}{suffix}", locale, f"top {number}"))
        made += 1
        for child in range(min(SIBLINGS - 1, count - made)):
            name = f"page-{number}-{child}{suffix}"
            add(tops[-1], child, name, locale, f"page {number} {child}")
            made += 1
        Page.objects.filter(pk=tops[-1].pk).update(numchild=child + 1)
    Page.objects.filter(pk=parent.pk).update(numchild=len(tops) + parent.numchild)


def add(parent, number, slug, locale, key):
    start = parent.numchild if parent.depth < 3 else 0
    of_page = dict(
        title=slug.replace("-", " "), slug=slug,
        path=Page._get_path(parent.path, parent.depth + 1, start + number + 1),
        depth=parent.depth + 1, numchild=0, url_path=f"{parent.url_path}{slug}/", live=True,
        content_type=kind, locale=locale, first_published_at=now, last_published_at=now,
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, key), draft_title=slug,
    )
    stored = Page(**of_page)
    stored.save_base(raw=True)
    page = AboutPage(introduction=f"Of {slug}.", body=json.dumps(body), **of_page)
    page.pk = page.id = page.page_ptr_id = stored.pk
    page.save_base(raw=True)
    content = page.serializable_data()
    revisions.extend(
        Revision(
            object_id=str(page.pk), content_type=kind, base_content_type=base,
            content={**content, "introduction": text}, created_at=now, object_str=page.title,
        )
        for text in ("Before.", page.introduction)
    )
    return page


with transaction.atomic():
    make(root, english, "", PAGES)
    if TREES:
        german = Locale.objects.create(language_code="de")
        home = Page.get_first_root_node().add_child(
            instance=AboutPage(title="Start", slug="start", locale=german,
                               translation_key=root.translation_key)
        )
        make(home, german, "-de", PAGES)
    Revision.objects.bulk_create(revisions, batch_size=500)
    own = Revision.objects.filter(content_type=kind, object_id=Cast(OuterRef("pk"), CharField()))
    newest = Subquery(own.order_by("-pk").values("pk")[:1])
    Page.objects.filter(content_type=kind).update(latest_revision=newest, live_revision=newest)
paths = Page.objects.filter(depth__gt=2, live=True).values_list("url_path", "locale__language_code")
print(json.dumps(len(paths)))
"""

MIXIN = """
call_command("makemigrations", "clientsite", name="languages", interactive=False, verbosity=0)
call_command("migrate", verbosity=0)
"""
ADOPT = 'call_command("diptych_adopt", "clientsite.AboutPage", verbosity=0)'
MERGE = 'call_command("diptych_merge_trees", locales=["de"], into="en")'
RELEASE = (
    'call_command("diptych_release", "clientsite.AboutPage", language="en", leave_others=True)'
)
ASK = """
client, wrong = Client(), []
for path, code in json.load(open(ADDRESSES)):
    answer = client.get(path)
    if answer.status_code == 301:
        answer = client.get(answer.headers["location"])
    if answer.status_code != 200 or f'lang="{code}"' not in answer.content.decode():
        wrong.append((path, answer.status_code))
print(json.dumps([len(wrong), wrong[:5]]))
"""


def step(folder, name, code, **names):
    """Run ``code`` in a process of its own with the site in ``folder``; returns what it says."""
    paths = [folder, ROOT / "tests" / "enginehost", ROOT, ROOT / "site"]
    variables = {
        "DJANGO_SETTINGS_MODULE": "clientsite.settings",
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "HOST_DATABASE": str(folder / "site.sqlite3"),
    }
    return run_step(name, START + code, variables, **names)


def run_step(name, code, variables, **names):
    """Run ``code``; print its seconds and memory, return the last line it prints.

    ``variables`` are added to its environment, ``names`` are those it begins with.
    """
    given = "".join(f"{key} = {value!r}\n" for key, value in names.items())
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", given + code],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{name} has failed.")
    print(
        f"{name:32} {time.monotonic() - started:8.1f} s {used.ru_utime + used.ru_stime:8.1f} s CPU"
        f" {used.ru_maxrss / 1024:6.0f} MB",
        flush=True,
    )
    return said.strip().splitlines()[-1] if said.strip() else ""


def addresses(folder, count, with_trees):
    """Write the addresses that were live, with the language of each, into a file."""
    found = []
    for number in range(-(-count // SIBLINGS)):
        of_top = min(SIBLINGS - 1, count - number * SIBLINGS - 1)
        for suffix, prefix, code in [("", "", "en"), ("-de", "/de", "de")][: 1 + with_trees]:
            top = f"{prefix}/top-{number}{suffix}/"
            found.append((top, code))
            children = (f"{top}page-{number}-{child}{suffix}/" for child in range(of_top))
            found += [(path, code) for path in children]
    file = folder / "addresses.json"
    file.write_text(json.dumps(found))
    return str(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--trees", action="store_true", help="join a tree for each language")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HOST / "before", folder, dirs_exist_ok=True)
        values = {"PAGES": options.pages, "TREES": options.trees, "SIBLINGS": SIBLINGS}
        step(folder, "make the site", MAKE, **values)
        shutil.copytree(HOST / "after", folder, dirs_exist_ok=True)
        step(folder, "migrate", MIXIN)
        asked = addresses(folder, options.pages, options.trees)
        if not options.trees:
            print(step(folder, "every old address", ASK, ADDRESSES=asked))
        step(folder, "diptych_adopt", ADOPT)
        step(folder, "diptych_adopt again", ADOPT)
        if options.trees:
            print(step(folder, "diptych_merge_trees", MERGE))
            print(step(folder, "diptych_merge_trees again", MERGE))
        print(step(folder, "every old address", ASK, ADDRESSES=asked))
        print(step(folder, "diptych_release", RELEASE))


if __name__ == "__main__":
    main()
