"""What it costs to read and import exports of WordPress, by their size.

``python -m benchmarks.moving`` writes exports of 50, 5,000 and 50,000 posts. Each is read, and its
addresses are redirected to pages, in a process of its own. With ``--import 5000`` those of up to so
many posts are imported into an empty journal, and once more; then ``export_site`` writes all pages
of that journal, again when nothing has changed, and again when one article has.
"""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.adopting import ROOT, run_step
from tests.wordpress_exports import PLUGINS, write_export

START = """
import django
django.setup()
import json
from pathlib import Path
from django.core.management import call_command
from diptych.articles.transfer.wordpress.export import Export
"""
READ = """
export = Export([FILE])
characters = sum(len(item.content) for item in export.read())
print(json.dumps([sum(export.counts.values()), characters, export.errors]))
"""
JOURNAL = """
from django.db import connection
from tests.factories import make_journal
call_command("migrate", verbosity=0)
make_journal()
connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""
REDIRECT = """
from wagtail.models import Site
from diptych.articles.transfer.wordpress.addresses import record_addresses
site, export = Site.objects.get(is_default_site=True), Export([FILE])
keys = [(kind, str(pk)) for pk in export.languages_of for kind in ("post", "page")]
keys += [("author", login) for login in export.authors]
recorded = record_addresses(export, site, dict.fromkeys([*keys, *export.terms], site.root_page_id))
print(json.dumps([recorded.made, dict(recorded.counts)]))
"""
IMPORT = """
call_command("import_wordpress", FILE, report=Path(REPORT), verbosity=0)
print(json.dumps(json.loads(Path(REPORT).read_text())["counts"]))
"""
EXPORT = """
call_command("export_site", FOLDER, verbosity=0)
files = [each.stat().st_mtime_ns for each in Path(FOLDER).rglob("*") if each.is_file()]
print(json.dumps({"files": len(files), "written": sum(each > AFTER for each in files)}))
"""
CHANGE = """
from diptych.articles.models import ArticlePage
article = ArticlePage.objects.live().order_by("-first_published_at").first()
article.set_text("lead", article.live_languages[0], "Changed.")
article.save_revision().publish()
"""


def step(folder, name, code, **names):
    """Run ``code`` in a process of its own with the database in ``folder``; print what it says."""
    variables = {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "site"))),
        "DIPTYCH_BENCHMARK_FOLDER": str(folder),
    }
    if said := run_step(name, START + code, variables, **names):
        print(f"    {said}")


def measure(folder, posts, options):
    """Run all steps for an export of so many posts, on copies of the empty journal."""
    path, database = folder / "export.xml", folder / "benchmark.sqlite3"
    write_export(path, posts, options.plugin, words=options.words)
    print(f"{posts:,} posts, {path.stat().st_size / 1e6:,.1f} MB", flush=True)
    step(folder, "read", READ, FILE=str(path))
    shutil.copyfile(folder / "empty.sqlite3", database)
    step(folder, "redirect all addresses", REDIRECT, FILE=str(path))
    if posts <= options.imported:
        shutil.copyfile(folder / "empty.sqlite3", database)
        for name in ("import", "import again"):
            step(folder, name, IMPORT, FILE=str(path), REPORT=str(folder / "report.json"))
        export(folder, folder / f"site-{posts}")


def export(folder, copy):
    """Write the journal as a static site, again, and again after a change of one article."""
    for name in ("export the site", "export it again", "export one change"):
        if name == "export one change":
            step(folder, "change an article", CHANGE)
        step(folder, name, EXPORT, FOLDER=str(copy), AFTER=time.time_ns())


def main():
    """Measure exports of the sizes that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, nargs="+", default=[50, 5_000, 50_000])
    parser.add_argument("--words", type=int, default=300, help="in a paragraph, of which two stand")
    parser.add_argument("--plugin", choices=PLUGINS, default="polylang")
    parser.add_argument("--import", type=int, default=0, dest="imported")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        step(folder, "make an empty journal", JOURNAL)
        (folder / "benchmark.sqlite3").rename(folder / "empty.sqlite3")
        for posts in options.posts:
            measure(folder, posts, options)


if __name__ == "__main__":
    main()
