"""What it costs to take the plugin out of a journal: to export, convert or delete its pages.

``python -m benchmarks.removing --pages 10000`` makes a journal of so many articles, live in both
languages, and runs each way of ``diptych_remove`` in a process of its own, with the least database
settings of a site. Then every address that was live is asked for, without the plugin.
"""

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from benchmarks.adopting import ROOT, run_step

JOURNAL, PLAIN = "tests.removed.journal", "tests.removed.plain"

START = """
import django
django.setup()
import json
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site
"""
MAKE = """
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Revision
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from benchmarks.bulk_pages import add_pages
from tests.factories import blocks, make_journal
call_command("migrate", verbosity=0)
journal, now = make_journal(), timezone.now()
parts = [("paragraph", "<p>" + "A sentence of ten words that says nothing at all. " * 40 + "</p>")]
values = {"live": True, "first_published_at": now}
for code in ("fr", "en"):
    values |= {f"is_public_{code}": True, f"first_public_at_{code}": now}
    values[f"body_{code}"] = blocks(*parts)
articles = [
    ArticlePage(
        title=f"Titre {n}", slug=f"titre-{n}", headline_fr=f"Titre {n}", headline_en=f"Title {n}",
        url_slug_fr=f"titre-{n}", url_slug_en=f"title-{n}", **values
    )
    for n in range(PAGES)
]
add_pages(journal.articles, articles)
section = {row.language: row.url_path for row in journal.articles.languages.all()}
PageLanguage.objects.bulk_create(
    (
        PageLanguage(page_id=each.pk, language=code, slug=each.text_in("url_slug", code), live=True,
                     translated=True, url_path=f"{path}{each.text_in('url_slug', code)}/")
        for each in articles for code, path in section.items()
    ),
    batch_size=500,
)
kind, base = (ContentType.objects.get_for_model(each) for each in (ArticlePage, Page))
Revision.objects.bulk_create(
    (
        Revision(object_id=str(each.pk), content_type=kind, base_content_type=base, created_at=now,
                 content=each.serializable_data(), object_str=each.title)
        for each in articles
    ),
    batch_size=500,
)
rows = PageLanguage.objects.filter(live=True, page__path__startswith=journal.articles.path)
root = Site.objects.get(is_default_site=True).root_page.url_path
found = [
    (f"/{code}/{path.removeprefix(root)}", f"/{own.removeprefix(root)}")
    for code, path, own in rows.values_list("language", "url_path", "page__url_path")
]
print(json.dumps(found))
"""
EXPORT = 'call_command("diptych_remove", export=FOLDER, verbosity=0)'
TO_PAGES = 'call_command("diptych_remove", to_pages=True, yes=True, verbosity=0)'
DELETE = """
Site.objects.update(root_page=Page.get_first_root_node())
call_command("diptych_remove", delete=True, yes=True, verbosity=0)
"""
ASK = """
client, wrong = Client(), []
for path, plain in json.load(open(ADDRESSES)):
    answer = client.get(path)
    place = answer.headers.get("location")
    if answer.status_code != 301 or place != plain or client.get(place).status_code != 200:
        wrong.append((path, answer.status_code, place))
print(json.dumps([len(wrong), wrong[:5]]))
"""


def step(database, name, code, settings=JOURNAL, **names):
    """Run ``code`` in a process of its own on an SQLite ``database``; returns what it says."""
    variables = {
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "site"))),
        "DIPTYCH_TEST_DATABASE": str(database.with_suffix("")),
        "DIPTYCH_TEST_DATABASE_URL": "",
    }
    return run_step(name, START + code, variables, **names)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database, other = folder / "journal.sqlite3", folder / "other.sqlite3"
        addresses = folder / "addresses.json"
        addresses.write_text(step(database, "make the journal", MAKE, PAGES=options.pages))
        shutil.copyfile(database, other)
        step(database, "--export", EXPORT, FOLDER=str(folder / "export"))
        step(database, "--to-pages", TO_PAGES)
        print(step(database, "every old address", ASK, PLAIN, ADDRESSES=str(addresses)))
        step(other, "--delete", DELETE)


if __name__ == "__main__":
    main()
