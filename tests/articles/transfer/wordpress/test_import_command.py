"""The command that imports an export."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_tasks import task_backends
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from diptych.articles.models import ArticlePage, HomePage
from tests.articles.transfer.wordpress.imports import AUTHOR, LEAD, PAIR, item, page_of
from tests.factories import clear_journal
from tests.wordpress_exports import HEAD, HOST, write_export, write_items, write_media

pytestmark = pytest.mark.usefixtures("in_english")
#: The title of the site in the exports.
NAME = "Le Journal"


def test_old_addresses_and_related_articles_at_the_end(journal, tmp_path, client):
    path = write_items(tmp_path, AUTHOR, *PAIR)
    call_command("import_wordpress", path, verbosity=0)
    page = page_of(1)
    assert client.get("/texte-1/").headers["location"] == page.url_in("fr")
    assert client.get("/texte-2/").headers["location"] == page.url_in("en")
    assert client.get("/author/claire/").status_code == 301


def test_the_command_writes_a_report(journal, tmp_path):
    report = tmp_path / "report.json"
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    parts = [item(1, "fr", LEAD + comment), item(2, "fr", LEAD, kind="attachment")]
    path = write_items(tmp_path, *parts)
    comments = tmp_path / "comments.csv"
    options = {"report": report, "comments": comments, "verbosity": 0}
    call_command("import_wordpress", path, dry_run=True, **options)
    assert json.loads(report.read_text())["dry_run"] and not ArticlePage.objects.exists()
    call_command("import_wordpress", path, **options)
    said = json.loads(report.read_text())
    assert said["counts"]["created"] == said["counts"]["skipped"] == 1
    page = ArticlePage.objects.get()
    [line] = comments.read_text(encoding="utf-8-sig").splitlines()[1:]
    said = ["1", "fr", "Titre 1", "1", f"https://{HOST}/texte-1/", page.url_in("fr"), str(page.pk)]
    assert line == ",".join(said)


@pytest.mark.parametrize("options", [{"site": "x.example"}, {"language": "de"}, {"owner": "x"}])
def test_the_command_refuses_what_is_not_there(journal, tmp_path, options):
    path = write_items(tmp_path, item(1, "fr", LEAD))
    with pytest.raises(CommandError):
        call_command("import_wordpress", path, **options)


def test_a_truncated_export_is_refused_before_anything_is_written(journal, tmp_path):
    path = tmp_path / "export.xml"
    path.write_text(HEAD.format(version="1.2", host=HOST) + AUTHOR + "".join(PAIR) + "<item><ti")
    before = Page.objects.count()
    with pytest.raises(
        CommandError, match=r"(?s)rest of the file is missing\. .*Nothing was imported\. Add"
    ):
        call_command("import_wordpress", path, verbosity=0)
    assert Page.objects.count() == before
    with pytest.raises(CommandError, match="is broken in line"):
        call_command("import_wordpress", path, incomplete=True, verbosity=0)
    assert ArticlePage.objects.count() == 1


def test_what_could_not_be_imported_is_named_last(journal, tmp_path):
    items = item(1, "fr", LEAD, content="<div>" * 1500) + item(5, "fr", LEAD)
    path = write_items(tmp_path, items)
    with pytest.raises(CommandError, match=r"post 1: .*nested too deeply") as failed:
        call_command("import_wordpress", path, verbosity=0)
    assert str(failed.value).endswith("Failed: 1.")
    assert ArticlePage.objects.count() == 1


@pytest.mark.rare
def test_sizes_of_pictures_are_left_to_a_command(journal, tmp_path, settings):
    backend = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    settings.TASKS = {**settings.TASKS, "pictures": backend}
    written = write_export(tmp_path / "export.xml", posts=1, words=12)
    write_media(tmp_path / "uploads", written)
    said = StringIO()
    call_command("import_wordpress", written.paths[0], media=tmp_path / "uploads", stdout=said)
    assert get_image_model().objects.exists()
    assert "manage.py diptych_renditions" in said.getvalue()
    assert [each.task.name for each in task_backends["pictures"].results] == []


def test_what_is_skipped_is_said_with_the_option_that_brings_it(journal, tmp_path):
    said = StringIO()
    items = [item(pk, "fr", LEAD, kind="attachment") for pk in (2, 3, 4, 5)]
    path = write_items(tmp_path, item(1, "fr", LEAD), *items)
    call_command("import_wordpress", path, stdout=said)
    [line] = [each for each in said.getvalue().splitlines() if "--media" in each]
    assert line.startswith("Skipped, 4 times: It is a file") and line.endswith("(2 · 3 · 4 · …)")
    assert "Skipped: 4." in said.getvalue()


def test_an_empty_site_becomes_a_journal_with_a_name(db, tmp_path, client):
    clear_journal()
    said = StringIO()
    path = write_items(tmp_path, AUTHOR, *PAIR)
    call_command("import_wordpress", path, dry_run=True, verbosity=0)
    assert not HomePage.objects.exists()
    call_command("import_wordpress", path, stdout=said)
    site = Site.objects.get()
    assert site.root_page.specific_class is HomePage and site.site_name == NAME
    assert not Page.objects.filter(title__startswith="Welcome to").exists()
    for language, section in (("fr", "Articles"), ("en", "Topics")):
        page = client.get(f"/{language}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert section in text and NAME in text and ">localhost<" not in text
        assert f"/{language}/" in said.getvalue()
    assert "write it in Settings → Sites" in said.getvalue()


def test_a_byline_without_an_author_in_the_export_is_said(journal, tmp_path):
    out, other = StringIO(), item(2, "fr", LEAD).replace("claire", "paul")
    path = write_items(tmp_path, AUTHOR, PAIR[0], other)
    call_command("import_wordpress", path, stdout=out)
    [line] = [each for each in out.getvalue().splitlines() if "does not describe" in each]
    assert line.startswith("2 ") and line.endswith(": paul")
