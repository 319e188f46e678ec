import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone, translation

from diptych.articles.models import ArticlePage
from diptych.articles.transfer import wordpress
from diptych.articles.transfer.admin.folder import found_in_folder, keep
from diptych.articles.transfer.admin.running import GivenUp, _Progress
from diptych.articles.transfer.models import ImportRun
from diptych.articles.transfer.notes import LABELS
from tests.committing import CommittingClient
from tests.factories import make_journal, make_user, sign_in
from tests.failing_queue import tasks_of

pytestmark = pytest.mark.django_db

EXPORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example</link><language>fr-FR</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>
<item><title>Le lac</title><link>https://old.example/le-lac/</link>
<content:encoded><![CDATA[<p>Le lac a d\xc3\xa9gel\xc3\xa9 ce matin.</p>]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>7</wp:post_id>
<wp:post_date_gmt>2019-05-02 08:00:00</wp:post_date_gmt><wp:post_name>le-lac</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Perdu</title><wp:post_id>8</wp:post_id><wp:status>inherit</wp:status>
<wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://old.example/wp-content/uploads/perdu.jpg</wp:attachment_url></item>
</channel></rss>"""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DIPTYCH_IMPORTS_FOLDER = tmp_path / "imports"
    return settings.DIPTYCH_IMPORTS_FOLDER


@pytest.fixture
def client():
    return CommittingClient()


def begin(client, *names, content=EXPORT, **values):
    files = [SimpleUploadedFile(name, content) for name in names]
    return client.post(reverse("diptych_imports:new"), {"files": files, **values})


def run_timer(minutes):
    """Run the timer after some minutes in which nothing was heard of an import."""
    ImportRun.objects.update(heard_at=timezone.now() - timedelta(minutes=minutes))
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("import_wordpress", waiting=True, verbosity=0)
    return ImportRun.objects.get()


def test_an_import_that_could_not_be_queued_is_begun_by_the_timer(client, settings):
    make_journal()
    sign_in(client, language="fr")
    settings.TASKS, kept = tasks_of(settings), settings.TASKS
    response = begin(client, "old.xml", is_dry="on")
    assert response.status_code == 302 and client.get(response.url).status_code == 200
    settings.TASKS = kept
    assert run_timer(minutes=0).state == "waiting"
    run = run_timer(minutes=3)
    assert (run.state, run.is_dry) == ("done", True), run.error
    assert "Perdu" in client.get(f"{response.url}?outcome=skipped").content.decode()


def test_an_import_that_counts_as_interrupted_is_not_begun_by_the_timer(client, settings):
    make_journal()
    sign_in(client)
    settings.TASKS, kept = tasks_of(settings), settings.TASKS
    begin(client, "old.xml", is_dry="on")
    settings.TASKS = kept
    assert run_timer(minutes=11).state == "waiting"


def run_timer_later(**since_last):
    past = timedelta(**since_last)
    ImportRun.objects.update(heard_at=F("heard_at") - past, started_at=F("started_at") - past)
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("import_wordpress", waiting=True, verbosity=0)
    return ImportRun.objects.get()


def test_an_import_is_tried_again_for_a_day_while_nothing_is_queued(client, settings):
    make_journal()
    sign_in(client)
    settings.TASKS, kept = tasks_of(settings), settings.TASKS
    address = begin(client, "old.xml", is_dry="on").url
    for _time in range(3):
        assert run_timer_later(minutes=6).state == "waiting"
    assert "interrupted" not in client.get(address).content.decode()
    ImportRun.objects.update(started_at=F("started_at") - timedelta(days=1))
    for _time in range(2):
        assert run_timer_later(minutes=6).state == "waiting"
    assert "interrupted" in client.get(address).content.decode()
    ImportRun.objects.update(started_at=timezone.now(), heard_at=timezone.now())
    for _time in range(3):
        run_timer_later(minutes=6)
    settings.TASKS = kept
    assert run_timer_later(minutes=6).state == "done"


def test_the_command_needs_a_file_to_import():
    with translation.override("en"), pytest.raises(CommandError, match="Name the files"):
        call_command("import_wordpress", verbosity=0)


def test_an_export_is_tried_then_imported_and_reported(client):
    make_journal()
    sign_in(client)
    response = begin(client, "old.xml", is_dry="on")
    run = ImportRun.objects.get()
    assert (run.state, run.is_dry) == ("done", True), run.error
    assert not ArticlePage.objects.exists()
    screen = client.get(response.url).content.decode()
    assert "Trial import" in screen
    response = client.post(response.url)
    run = ImportRun.objects.first()
    assert (run.state, run.is_dry) == ("done", False), run.error
    page = ArticlePage.objects.get()
    assert page.headline_fr == "Le lac"
    screen = client.get(response.url).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in screen
    failed = client.get(f"{response.url}?outcome=skipped").content.decode()
    assert "Perdu<br>attachment 8" in failed and "post 7" not in failed
    report = client.get(reverse("diptych_imports:report", args=[run.pk]))
    assert sum(report.json()["counts"].values()) == len(report.json()["items"]) == 2
    assert "attachment" in report["Content-Disposition"]
    assert client.get(reverse("diptych_imports:index")).status_code == 200


def test_nothing_sent_is_lost_by_a_mistake_in_the_form(client, folder):
    make_journal()
    sign_in(client)
    response = begin(client, "old.xml", "../notes.txt", series="dossiers")
    assert response.status_code == 200
    page = response.content.decode()
    assert "neither an XML file nor a zip" in page
    assert 'value="dossiers"' in page
    assert response.context["form"]["exports"].value() == ["old.xml"]
    assert [path.name for path in folder.iterdir()] == ["old.xml"]
    assert not ImportRun.objects.exists()
    assert "Choose the XML files" in begin(client).content.decode()


def test_other_hosts_types_and_comments(client):
    make_journal()
    sign_in(client)
    link = b'<a href="https://www.old.example/le-lac/">lac</a>'
    comment = b"<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment></item>"
    content = EXPORT.replace(b"post</wp:post_type>", b"review</wp:post_type>")
    content = content.replace(b"ce matin", link + b' [carte id="1"]').replace(
        b"</item>", comment, 1
    )
    values = {"articles": "essay, review", "old_host": "https://www.old.example/"}
    response = begin(client, "old.xml", content=content, **values)
    run, page = ImportRun.objects.get(), ArticlePage.objects.get()
    assert (run.options["old_host"], run.options["articles"]) == (
        "www.old.example",
        ["essay", "review"],
    )
    assert f'id="{page.pk}"' in page.body_fr[0].value.source
    screen = client.get(response.url).content.decode()
    address = reverse("diptych_imports:comments", args=[run.pk])
    assert address in screen
    assert "Le lac (7) · " in screen
    table = client.get(address)
    assert "Le lac,1," in table.content.decode("utf-8-sig")
    assert table["Content-Disposition"].endswith('.csv"')
    refused = begin(client, "old.xml", content=content, old_host="//[", is_dry="on")
    assert "Give a host name" in refused.content.decode()


def test_notes_stand_by_kind_and_the_same_one_once(client):
    make_journal()
    sign_in(client)
    notes = [{"id": str(number), "kind": "block", "detail": "acme/map"} for number in range(30)]
    notes += [{"id": "", "kind": "menu", "detail": f"Home {number}"} for number in range(12)]
    report = {"notes": notes, "items": []}
    run = ImportRun.objects.create(state="done", report=json.dumps(report))
    screen = client.get(reverse("diptych_imports:run", args=[run.pk])).content
    page = BeautifulSoup(screen, "html.parser").main
    assert [each.get_text() for each in page.select("h3")] == ["Unknown block (30)", "Menu (12)"]
    lines = [each.get_text() for each in page.select("li") if "acme" in each.get_text()]
    assert lines == ["acme/map (30 ×) · 0 · 1 · 2 · …"]
    others = page.details
    assert others.summary.get_text() == "2 more"
    assert [each.get_text() for each in others.select("li")] == ["Home 10", "Home 11"]


def test_exports_and_uploads_in_zips_are_told_apart(client, tmp_path):
    make_journal()
    sign_in(client)
    for name, inside in (("export.xml.zip", "old.xml"), ("uploads.zip", "2020/lac.jpg")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, EXPORT)
    files = [
        SimpleUploadedFile(name, (tmp_path / name).read_bytes())
        for name in ("export.xml.zip", "uploads.zip")
    ]
    client.post(reverse("diptych_imports:new"), {"files": files})
    run = ImportRun.objects.get()
    assert (run.options["exports"], run.options["uploads"]) == (["export.xml.zip"], "uploads.zip")
    assert ArticlePage.objects.get().headline_fr == "Le lac"


def test_broken_exports_end_in_words(client):
    make_journal()
    sign_in(client)
    begin(client, "page.xml", content=b"<html><p>Not found")
    begin(client, "old.xml", uploads="missing.zip")
    run = ImportRun.objects.get()
    assert client.get(reverse("diptych_imports:run", args=[run.pk])).status_code == 200
    assert run.state in ("done", "stopped")
    assert "page.xml" in (run.error + run.report)


def test_one_import_at_a_time_and_interrupted_ones_can_go_on(client):
    make_journal()
    sign_in(client)
    run = ImportRun.objects.create(state="running", step="Items", number=3, total=9)
    address = reverse("diptych_imports:run", args=[run.pk])
    response = client.get(address)
    assert response["Refresh"]
    assert "3 / 9" in response.content.decode()
    begin(client, "old.xml")
    assert ImportRun.objects.count() == 1
    run.heard_at = timezone.now() - timedelta(hours=1)
    run.options = {"exports": ["old.xml"]}
    run.save()
    response = client.get(address)
    assert "Refresh" not in response and "interrupted" in response.content.decode()
    begin(client, "old.xml")
    assert ImportRun.objects.count() == 2


def test_uploads_replace_nothing_and_what_was_tried_is_what_is_imported(client, folder):
    make_journal()
    sign_in(client)
    response = begin(client, "old.xml", is_dry="on")
    begin(client, "old.xml", content=b"<other/>", is_dry="on")
    assert (folder / "old.xml").read_bytes() == EXPORT
    assert (folder / "old-2.xml").read_bytes() == b"<other/>"
    (folder / "old.xml").write_bytes(EXPORT.replace(b"Le lac", b"Autre chose"))
    answer = client.post(response.url, follow=True)
    assert "replaced since it was tried" in answer.content.decode()
    assert not ArticlePage.objects.exists()
    client.post(response.url, {"try": "1"})
    assert ImportRun.objects.count() == 3


@pytest.mark.parametrize("name", ["é" * 250 + ".xml", ".xml", "...xml"])
def test_names_of_uploads_that_no_file_can_have(client, name):
    assert keep(SimpleUploadedFile(name, EXPORT)).endswith(".xml")
    assert len(found_in_folder()[0]) == 1


@translation.override("en")
def test_a_run_that_was_given_up_ends():
    run, _other = ImportRun.begin(options={"exports": []})
    assert ImportRun.begin() == (None, run)
    ImportRun.objects.update(state="running", heard_at=timezone.now() - timedelta(hours=1))
    assert ImportRun.begin()[0]
    run.refresh_from_db()
    assert run.state == "stopped" and "interrupted" in run.error
    with pytest.raises(GivenUp):
        list(_Progress(run)("Items", [1], 1))


def test_each_kind_of_note_has_a_label():
    folder = Path(wordpress.__path__[0])
    source = "".join(path.read_text() for path in folder.glob("*.py"))
    noted = re.findall(r'note\([^,()]+(?:\[[^\]]*\][^,()]*)?,\s*"([a-z_-]+)"', source)
    lost = re.findall(r'(?:losses|notes)\.(?:add|append)\(\(?"([a-z_-]+)"', source)
    assert {"menu", "media-missing"} <= set(noted) and {"alt", "title-missing"} <= set(lost)
    assert {*noted, *lost} <= LABELS.keys()


def test_permission_to_import(client, settings):
    make_journal()
    user = make_user("editor")
    client.force_login(user)
    run = ImportRun.objects.create(state="done")
    own = [(name, [run.pk]) for name in ("run", "report", "comments")]
    names = [("index", []), ("new", []), *own]
    addresses = [reverse(f"diptych_imports:{name}", args=args) for name, args in names]
    assert {client.get(each).status_code for each in addresses} == {302}
    group = Group.objects.create(name="Importers")
    group.permissions.add(Permission.objects.get(codename="import_archive"))
    user.groups.add(group)
    assert {client.get(each).status_code for each in addresses} == {200}
    settings.DIPTYCH_IMPORTS_FOLDER = None
    assert {client.get(each).status_code for each in addresses} == {302}
