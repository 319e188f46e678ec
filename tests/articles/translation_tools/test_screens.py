"""The files of a page in the admin: downloaded, taken in after a report, refused in words."""

import base64
import gzip
import io
import re
import zipfile
import zlib

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import make_member, three_paragraphs, translated
from tests.articles.translation_tools.files import translate
from tests.factories import sign_in
from tests.forms import form_values

PERMISSIONS = ("edit_en", "publish_en")


@pytest.fixture
def article(journal):
    return three_paragraphs(journal)


def address(page, language="en"):
    return reverse("diptych_translation_files", args=(page.pk, language))


def downloaded(client, page, folder, kind="xliff"):
    """The path of the file as a browser would store it."""
    response = client.get(address(page), {"format": kind})
    assert response.headers["content-disposition"].startswith(f'attachment; filename="{page.pk}-')
    path = folder / f"file.{'po' if kind == 'po' else 'xlf'}"
    path.write_bytes(response.content)
    return path


def upload(client, page, data, name="en.xlf"):
    return client.post(address(page), {"file": SimpleUploadedFile(name, data)})


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


@pytest.mark.parametrize("kind", ["xliff", "xliff2", "po"])
def test_a_file_is_taken_after_its_report(article, translator, tmp_path, kind):
    path = downloaded(translator, article, tmp_path, kind)
    translate(path, kind, lambda markup: f"In English: {markup}")
    report = upload(translator, article, path.read_bytes())
    assert "5 texts would be taken" in text_of(report)
    assert not draft_of(article).headline_en
    answer = translator.post(
        address(article), form_values(report.content.decode(), "diptych-take"), follow=True
    )
    assert "5 texts have been taken into the draft." in text_of(answer)
    assert draft_of(article).headline_en == "In English: Le lac"
    history = translator.get(f"/admin/pages/{article.pk}/history/")
    assert "5 texts in English taken from “en.xlf”" in text_of(history)


def test_the_report_says_what_is_refused_and_why(journal, translator, tmp_path):
    article = translated(journal)
    path = downloaded(translator, article, tmp_path)
    text = path.read_text().replace("A lake.", "A frozen lake.")
    path.write_text(text.replace("Two banks.", "Two banks<x id='1'/>."))
    report = upload(translator, article, path.read_bytes())
    assert "1 text would be taken" in text_of(report)
    assert "It has a code that is not in the source." in text_of(report)


def test_the_report_says_that_more_follows_on_the_words_it_shows(journal, translator, tmp_path):
    lead = (
        "Un lac gelé, deux rives et trois ponts, vus depuis la fenêtre d’un train qui ne part pas."
    )
    article = three_paragraphs(journal, lead_fr=lead)
    path = downloaded(translator, article, tmp_path)
    translate(path, "xliff", lambda markup: f"{markup}<x id='9'/>")
    said = text_of(upload(translator, article, path.read_bytes()))
    assert f"{lead[:79]}…" in said and lead not in said
    assert "Le lac It has a code" in said


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xliff>&b;</xliff>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>'
MANY = b'<xliff version="1.2"><file>' + b"<trans-unit/>" * 20_001 + b"</file></xliff>"


def of_pages(count, version="1.2"):
    return f'<xliff version="{version}">{"<file/>" * count}</xliff>'.encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Bonjour", "neither XLIFF nor PO"),
        (b"/etc/passwd", "neither XLIFF nor PO"),
        (b"\xff\xfe\x00", "neither XLIFF nor PO"),
        (b"<html></html>", "neither XLIFF nor PO"),
        (b"<xliff", "cannot be read"),
        (b'msgid "a\nmsgstr', "cannot be read"),
        (b'msgid "a"\nmsgstr "b\0"\n', "neither XLIFF nor PO"),
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (MANY, "more than 20,000 texts"),
        (of_pages(101), "more than 100 files"),
        (of_pages(101, "2.0"), "more than 100 files"),
        (b'msgid ""\nmsgstr ""\n' * 20_001, "more than 20,000 texts"),
        (b" " * 10_000_001, "larger than 10 MB"),
        (b'<xliff version="1.2"><file target-language="de"/></xliff>', "another language"),
        (b"<xliff version='1.2'>" + b"<g>" * 5000, "cannot be read"),
    ],
    ids=lambda each: "" if isinstance(each, bytes) else each,
)
def test_a_file_that_is_none_is_refused_in_words(article, translator, data, reason):
    response = upload(translator, article, data)
    assert (response.status_code, reason in text_of(response)) == (200, True), text_of(response)


def test_a_number_longer_than_any_is_that_of_no_text(article, translator, tmp_path):
    path = downloaded(translator, article, tmp_path)
    translate(path, "xliff", lambda _markup: "In English.")
    longest = re.sub(r'(?<=id="headline:)\d+', "9" * 5000, path.read_text())
    assert "5 texts would be taken" in text_of(upload(translator, article, longest.encode()))


def test_the_name_of_a_file_is_stored_as_text(article, translator, tmp_path):
    path = downloaded(translator, article, tmp_path)
    translate(path, "xliff", lambda _markup: "In English.")
    report = upload(translator, article, path.read_bytes())
    form = form_values(report.content.decode(), "diptych-take")
    translator.post(address(article), {**form, "name": "<b>en\0.xlf</b>"})
    entry = PageLogEntry.objects.get(page=article.pk, action="diptych.import_translation")
    assert entry.data["origin"] == "<b>en.xlf</b>"
    assert "<b>en" not in translator.get(f"/admin/pages/{article.pk}/history/").content.decode()


def test_a_file_of_another_page_is_refused(journal, article, translator, tmp_path):
    path = downloaded(translator, article, tmp_path)
    translate(path, "xliff", lambda _markup: "Elsewhere.")
    other = translated(journal, "The lakes")
    report = upload(translator, other, path.read_bytes())
    assert "The file is of another page." in text_of(report)
    assert "0 texts would be taken" in text_of(report)


@pytest.mark.parametrize(
    "content",
    [
        "no base64",
        base64.b64encode(b"not packed").decode(),
        base64.b64encode(gzip.compress(b"<xliff/>", mtime=0)).decode(),
        base64.b64encode(zlib.compress(b" " * 20_000_000)).decode(),
        base64.b64encode(zlib.compress(BOMB)).decode(),
    ],
    ids=["no base64", "not packed", "gzip", "too large", "bomb"],
)
def test_a_posted_file_that_was_changed_is_refused(article, translator, content):
    response = translator.post(address(article), {"content": content}, follow=True)
    assert response.status_code == 200
    assert response.context["messages"]
    assert not draft_of(article).headline_en


@pytest.mark.parametrize(
    ("codenames", "status"), [((), 302), (("edit_fr",), 302), (("edit_en",), 200)]
)
def test_only_who_may_edit_the_language_sees_its_files(journal, article, client, codenames, status):
    user = make_member(journal, *codenames)
    client.force_login(user)
    assert client.get(address(article)).status_code == status
    assert client.get(address(article), {"format": "xliff"}).status_code == status


def test_approved_texts_of_who_may_not_publish_are_to_be_confirmed(
    journal, article, client, tmp_path
):
    client.force_login(make_member(journal, "edit_en"))
    path = downloaded(client, article, tmp_path)
    translate(path, "xliff", lambda _markup: "In English.", state="final")
    report = upload(client, article, path.read_bytes())
    client.post(address(article), form_values(report.content.decode(), "diptych-take"))
    assert draft_of(article).provenance_en["unconfirmed"]


def test_there_are_no_files_of_the_source_or_of_an_unknown_language(article, translator):
    assert translator.get(address(article, "fr")).status_code == 302
    assert translator.get(address(article, "xx")).status_code == 404


def test_the_page_leads_to_its_files(article, client):
    sign_in(client, "admin", language="en")
    html = client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,))).content.decode()
    assert address(article) in html


# Several pages


ARCHIVE = "/admin/diptych/translation-files/"


def archive(client, *pages, kind="xliff"):
    """The archive that the list of translations offers for the English of ``pages``."""
    names = ("diptych_languages", "pagelanguage", "download_for_translation")
    rows = [page.languages.get(language="en").pk for page in pages]
    url = f"{reverse('wagtail_bulk_action', args=names)}?{urlencode({'id': rows}, doseq=True)}"
    assert client.get(url).status_code in (200, 302)
    return client.post(url, {"format": kind})


def retold(data, make):
    """The archive ``data`` with ``make(text)`` for the text of each file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(f"en/{name}", make(old.read(name).decode()))
    return stream.getvalue()


def post_archive(client, data):
    return client.post(ARCHIVE, {"file": SimpleUploadedFile("en.zip", data)})


def test_selected_texts_go_out_and_come_in_as_an_archive(journal, article, translator):
    other = translated(journal, "The lakes")
    response = archive(translator, article, other)
    assert response.headers["content-disposition"].endswith('"translations.zip"')
    data = retold(response.content, lambda text: text.replace("The lakes", "The lakes again"))
    report = post_archive(translator, data)
    assert "2 texts would be taken" in text_of(report)
    form = form_values(report.content.decode(), "diptych-take")
    translator.post(ARCHIVE, form)
    assert draft_of(other).headline_en == "The lakes again"
    assert not draft_of(article).headline_en


def test_of_an_archive_only_what_one_may_translate_is_taken(journal, article, translator, client):
    other = translated(journal, "The lakes")
    data = archive(translator, other).content
    member = make_member(journal, "edit_fr")
    UserProfile.objects.create(user=member, preferred_language="en")
    client.force_login(member)
    data = retold(data, lambda text: text.replace("The lakes", "Others"))
    assert "You may not translate this page." in text_of(post_archive(client, data))
    elsewhere = retold(data, lambda text: text.replace("page-", "page-9999"))
    assert "of no page of this site" in text_of(post_archive(client, elsewhere))
    assert draft_of(other).headline_en == "The lakes"


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in files.items():
            new.writestr(name.replace("_", "."), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and so on", "is damaged"),
        (zipped(a_txt=b"text"), "no XLIFF or PO file"),
        (zipped(a_xlf=b" " * 11_000_000), "too large together"),
        (zipped(**{f"a{n}_po": b"" for n in range(101)}), "more than 100 files"),
        (zipped(a_xlf=of_pages(60), b_xlf=of_pages(60)), "more than 100"),
        (zipped(a_xlf=BOMB), "a.xlf: The file has a document type"),
    ],
    ids=["damaged", "none", "bomb", "many", "pages", "entities"],
)
def test_an_archive_that_is_none_is_refused_in_words(article, translator, data, reason):
    response = post_archive(translator, data)
    assert (response.status_code, reason in text_of(response)) == (200, True), text_of(response)


def test_who_edits_no_language_has_no_archives(journal, article, client):
    client.force_login(make_member(journal))
    assert client.get(ARCHIVE).status_code == 302
    assert "content-disposition" not in archive(client, article).headers
