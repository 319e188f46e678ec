"""A draft article of Word files: what is taken, what is said to be missing, what is refused."""

import re
import time
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission

from diptych.articles.imported_documents.admin import forms
from diptych.articles.models import ArticlePage
from tests.articles.imported_documents import word
from tests.articles.imported_documents.word import docx, paragraph, run
from tests.articles.imported_documents.word_files import (
    CHANGED,
    MINUTES,
    PICTURES,
    REPORT,
    RIGHT_TO_LEFT,
)
from tests.factories import make_article, make_user, sign_in
from tests.tiers import one_of

NEW = "diptych_new_document"


def upload(content, name="Le port.docx"):
    return SimpleUploadedFile(name, content)


def make(client, **posted):
    """The draft made of what is posted, and the response."""
    response = client.post(reverse(NEW), {"original": "fr", **posted})
    page = ArticlePage.objects.order_by("pk").last()
    return page and page.get_latest_revision_as_object(), response


def texts_in(page, language):
    """The blocks of ``page`` as they are stored, without the keys of the editor."""
    return [
        (block["type"], _bare(block["value"])) for block in page.text_in("body", language).raw_data
    ]


def _bare(value):
    return re.sub(r' data-block-key="[^"]*"', "", value) if isinstance(value, str) else value


def report_of(response):
    """What the editor is told on the next screen."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_word_file_becomes_a_draft_with_all_its_parts(journal, client):
    user = sign_in(client)
    page, response = make(client, file_fr=upload(REPORT))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.headline_fr, page.lead_fr) == ("Le port, l’hiver", "Douze coques restent à quai.")
    [image] = get_image_model().objects.all()
    assert (image.title, image.uploaded_by_user, image.texts_in("fr")) == (
        "Le port – 1",
        user,
        ("", ""),
    )
    blocks = texts_in(page, "fr")
    assert blocks[:5] == [
        ("heading", {"text": "La nuit", "level": "h2"}),
        (
            "paragraph",
            "<p>On entend <b>les drisses</b> et <i>l’eau</i> à 4<sup>o</sup>C"
            "<footnote> Relevé du carnet de bord.</footnote>,"
            ' <a href="https://port.example/carnet">selon le carnet</a>.</p>',
        ),
        ("paragraph", blocks[2][1]),
        ("heading", {"text": "Le jour", "level": "h3"}),
        ("quotation", {"text": "On n’ouvre pas la cale.", "attribution": "", "source": ""}),
    ]
    assert "<li>un mât<ol><li>grand</li></ol></li>" in blocks[2][1]
    assert blocks[5][1]["caption"] == "Entrées du port"
    assert blocks[5][1]["table"]["data"] == [["Mois", "", "Bateaux"], ["Janvier", "2025", "7"]]
    assert blocks[6] == (
        "image",
        {"image": image.pk, "alt": "", "caption": "Le quai au matin", "decorative": False},
    )
    report = report_of(response)
    assert "A picture needs an alternative text." in report
    screen = client.get(response.url).content.decode()
    assert "A picture needs an alternative text." in screen and "<li>" in report


def test_the_article_is_a_draft_of_the_user_that_no_reader_sees(journal, client):
    user = sign_in(client, "editor")
    page, _response = make(client, file_fr=upload(REPORT))
    stored = ArticlePage.objects.get(pk=page.pk)
    assert (stored.live, stored.owner, stored.source_language) == (False, user, "fr")
    assert not stored.is_public_fr and not stored.is_public_en
    assert stored.latest_revision.user == user
    client.logout()
    assert client.get(f"/fr/articles/{page.slug}/").status_code == 404


def test_the_form_stands_below_the_list_of_articles(journal, admin):
    *_others, above, here = admin.get(reverse(NEW)).context["breadcrumbs_items"]
    assert (above["url"], here["url"]) == (reverse("diptych_articles:index"), "")


def test_two_files_are_one_article_in_two_languages(journal, admin):
    english = docx(
        paragraph("The port in winter", style="Title"),
        paragraph("The night", style="Heading1"),
        paragraph("One hears the halyards."),
    )
    french = docx(
        paragraph("Le port, l’hiver", style="Title"),
        paragraph("La nuit", style="Heading1"),
        paragraph("On entend les drisses."),
        paragraph("Rien d’autre."),
    )
    page, _response = make(
        admin, file_fr=upload(french), file_en=upload(english, "Port.docx"), original="en"
    )
    assert page.source_language == "en"
    assert (page.headline_fr, page.headline_en) == ("Le port, l’hiver", "The port in winter")
    ids = {
        code: [block["id"] for block in page.text_in("body", code).raw_data]
        for code in ("fr", "en")
    }
    assert ids["en"] == ids["fr"][:2]


def test_a_pasted_text_becomes_a_draft(journal, admin):
    page, _response = make(admin, text_en="The port\n\nTwelve hulls stay.\n\nA < b & c.")
    assert (page.headline_en, page.source_language) == ("The port", "en")
    assert texts_in(page, "en") == [
        ("paragraph", "<p>Twelve hulls stay.</p>"),
        ("paragraph", "<p>A &lt; b &amp; c.</p>"),
    ]


def test_tracked_changes_comments_and_equations_are_named(journal, admin):
    page, response = make(admin, file_fr=upload(CHANGED))
    assert texts_in(page, "fr") == [("paragraph", "<p>Il gèle car la somme vaut .</p>")]
    report = report_of(response)
    for said in (
        "Tracked changes were accepted",
        "A comment was left out.",
        "An equation is lost. It stood behind: “Il gèle car la somme vaut”",
        "The table of contents was left out",
        "No lead was found",
    ):
        assert said in report


def test_lists_in_lists_notes_and_merged_cells_are_kept(journal, admin):
    page, response = make(admin, file_en=upload(MINUTES, "minutes.docx"))
    assert (page.headline_en, page.lead_en) == (
        "Minutes of the harbour board",
        "Held on the quay, in the rain.",
    )
    blocks = texts_in(page, "en")
    assert [kind for kind, _value in blocks] == [
        *("heading", "paragraph", "heading", "table", "paragraph", "quotation")
    ]
    assert blocks[1][1] == (
        "<ul><li>open in March<ol><li>the north quay<ul><li>the boats of the school</li></ul></li>"
        "<li>the south quay</li></ol></li>"
        "<li>paid in advance<footnote> By the end of February.</footnote></li></ul>"
    )
    assert blocks[3][1]["caption"] == "Table 1 – Fees by month"
    assert blocks[3][1]["table"]["data"] == [
        ["Boat", "Fee"],
        ["Heron", "40"],
        ["", "45"],
        ["Gull", "38"],
    ]
    assert blocks[5][1]["attribution"] == "A. Keel"
    assert "Merged cells" in report_of(response)


def test_right_to_left_text_is_kept(journal, admin):
    page, response = make(admin, file_fr=upload(RIGHT_TO_LEFT))
    assert page.headline_fr == "مرحبا"
    assert "Select them and mark their language: “السفن في الميناء”" in report_of(response)
    assert texts_in(page, "fr") == [("paragraph", "<p>السفن في الميناء</p>")]


def forbidden(*args, **kwargs):
    raise AssertionError("Something outside the file was opened.")


def test_pictures_elsewhere_are_not_fetched_and_those_that_no_browser_shows_are_named(
    journal, client, monkeypatch
):
    monkeypatch.setattr("mammoth.docx.files.urlopen", forbidden)
    monkeypatch.setattr("socket.create_connection", forbidden)
    sign_in(client)
    page, response = make(client, file_fr=upload(PICTURES))
    assert [value["image"] for _kind, value in texts_in(page, "fr")] == [None, None]
    assert not get_image_model().objects.exists()
    report = report_of(response)
    assert "2 pictures are missing." in report and "could not be stored" in report


def repacked(content, method):
    """A zip with the same files, packed by another method."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return packed.getvalue()


ODT = word.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
BILLION = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
REFUSED = {
    "no file of words": (b"%PDF-1.7 ...", "no Word file"),
    "a renamed archive": (word.zipped({"notes.txt": "x"}), "an archive, but no Word file"),
    "LibreOffice": (ODT, "LibreOffice"),
    "old Word": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old version of Word"),
    "locked": (
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "macros": (docx(paragraph("x"), files={"word/vbaProject.bin": "x"}), "macros"),
    "declared macros": (
        docx(
            paragraph("x"),
            files={"[Content_Types].xml": word.TYPES.replace("document.main", "macroEnabled.main")},
        ),
        "macros",
    ),
    "a bomb": (docx(paragraph("x"), files={"word/x.bin": b"\0" * 5_000_000}), "unpacks to"),
    "a bomb of another method": (repacked(docx(paragraph("x")), ZIP_BZIP2), "no Word file"),
    "entities": (
        docx(files={"word/document.xml": BILLION + f"<w:document {word.NAMES}/>"}),
        "damaged",
    ),
    "broken text": (docx(files={"word/document.xml": "<w:document"}), "damaged"),
    "broken styles": (docx(paragraph("x"), files={"word/styles.xml": "<w:"}), "damaged"),
    "types that cannot be unpacked": (
        word.with_damage_at("[Content_Types].xml", docx(paragraph("x"))),
        "no Word file",
    ),
    "text that cannot be unpacked": (
        word.with_damage_at("word/document.xml", docx(paragraph("x"))),
        "damaged",
    ),
    "half a file": (REPORT[: len(REPORT) // 2], "no Word file"),
    "deep": (docx("<w:smartTag>" * 5000 + "</w:smartTag>" * 5000), "damaged"),
    "entities under another name": (
        docx(paragraph("x"), files={"word/text.bin": f"\n{BILLION}<w:document {word.NAMES}/>"}),
        "damaged",
    ),
    "macros under another name": (
        docx(
            paragraph("x"),
            files={
                "[Content_Types].xml": word.TYPES.replace(
                    "image/x-emf", "application/vnd.ms-office.vbaProject"
                )
            },
        ),
        "macros",
    ),
    "nothing": (b"", "is empty"),
    "too many paragraphs": (docx("<w:p/>" * 2001), "2,001 paragraphs; at most 2,000"),
    "too many tags": (
        docx("<w:p>" + "<w:r/>" * 100_000 + "</w:p>"),
        "tags and attributes; at most 100,000",
    ),
    "too many pictures": (
        docx(*[paragraph(word.picture("a.png"))] * 61, pictures={"a.png": word.drawn()}),
        "more than 60 pictures",
    ),
}


@pytest.mark.parametrize("name", one_of(REFUSED, "odd"))
def test_what_is_no_safe_word_file_is_refused_with_a_reason(journal, admin, name):
    content, reason = REFUSED[name]
    page, response = make(admin, file_fr=upload(content))
    assert page is None
    assert [*response.context["form"].errors] == ["file_fr"]
    assert reason in unescape(response.content.decode())


@pytest.mark.parametrize(
    ("limit", "size", "reason"),
    [("FILE", 1000, "too large"), ("TEXT", 2048, "at most 2.0\xa0KB are read")],
)
def test_what_is_beyond_a_limit_is_refused(journal, client, monkeypatch, limit, size, reason):
    monkeypatch.setattr(f"diptych.articles.imported_documents.docx.LARGEST_{limit}", size)
    sign_in(client)
    _page, response = make(client, file_fr=upload(REPORT))
    assert reason in response.context["form"].errors["file_fr"][0]


def test_a_text_that_word_keeps_under_another_name_is_found(journal, admin):
    text = f"<w:document {word.NAMES}><w:body>{{}}</w:body></w:document>"
    inside = paragraph("Le quai", style="Title") + paragraph(
        "<w:ins>" + run("Il gèle.") + "</w:ins>"
    )
    relations = word.relationships([("d", "officeDocument", "/word/document2.xml", False)])
    renamed = docx(
        files={"_rels/.rels": relations, "word/document2.xml": text.format(inside)},
    )
    page, response = make(admin, file_fr=upload(renamed))
    assert texts_in(page, "fr") == [("paragraph", "<p>Il gèle.</p>")]
    assert "Tracked changes were accepted" in report_of(response)


def test_paths_and_addresses_in_a_file_lead_nowhere(journal, client, monkeypatch):
    monkeypatch.setattr("socket.create_connection", forbidden)
    sign_in(client)
    crafted = docx(
        paragraph("Le port", style="Title"),
        paragraph(word.picture("up"), word.picture("share", how="link")),
        paragraph(word.link("script", "ici"), word.link("local", "là")),
        links={"script": "javascript:go()", "local": "file:///etc/passwd"},
        outside={"share": "\\\\server\\share\\a.png", "up": "../../../../etc/passwd"},
        files={
            "../../evil.txt": "x",
            "/tmp/evil.txt": "x",
            "word/settings.xml": "<x template='http://tracker.example/a.dotm'/>",
        },
    )
    page, response = make(client, file_fr=upload(crafted))
    assert [value for kind, value in texts_in(page, "fr") if kind == "paragraph"] == [
        "<p>icilà</p>"
    ]
    assert "2 pictures are missing." in report_of(response)


def test_nothing_is_left_of_an_article_that_fails(journal, admin):
    stored = Path(settings.MEDIA_ROOT)
    before = {*stored.rglob("*.png")}
    page, response = make(
        admin, file_fr=upload(REPORT), file_en=upload(b"no", "Broken.docx"), original="fr"
    )
    assert "no Word file" in response.context["form"].errors["file_en"][0]
    assert page is None and not get_image_model().objects.exists()
    assert {*stored.rglob("*.png")} == before


def test_a_file_and_a_text_or_neither_are_refused(journal, admin):
    _page, response = make(admin)
    assert response.context["form"].non_field_errors() == ["Choose a Word file, or write a text."]
    page, response = make(admin, file_fr=upload(REPORT), text_fr="x")
    assert page is None and "not both" in response.context["form"].errors["text_fr"][0]


def test_only_who_may_add_articles_may_make_them_of_documents(journal, client):
    make_article(journal)
    client.force_login(make_user("reader"))
    assert client.get(reverse(NEW)).status_code == 302
    listing = reverse("diptych_articles:index")
    sign_in(client, "editor")
    assert reverse(NEW) in client.get(listing).content.decode()
    assert client.get(reverse(NEW)).status_code == 200


def test_who_writes_one_language_is_asked_for_that_one(journal, client):
    user = sign_in(client, "editor")
    for group in user.groups.all():
        group.permissions.remove(*Permission.objects.filter(codename="edit_fr"))
    form = client.get(reverse(NEW)).context["form"]
    assert {*form.fields} == {"file_en", "text_en"}
    page, _response = make(client, file_fr=upload(REPORT), text_en="Port\n\nHulls.")
    assert (page.source_language, page.headline_en, page.headline_fr or "") == ("en", "Port", "")


def test_the_form_goes_language_by_language(journal, admin):
    fields = [*admin.get(reverse(NEW)).context["form"].fields]
    assert fields == ["original", "file_fr", "text_fr", "file_en", "text_en"]


def test_the_form_speaks_the_language_of_the_admin(journal, client):
    sign_in(client, language="fr")
    assert "Nouveau à partir d’un document" in client.get(reverse(NEW)).content.decode()
    _page, response = make(client, file_fr=upload(b"x"))
    assert "fichier Word" in response.context["form"].errors["file_fr"][0]


@pytest.mark.scale
def test_long_files_become_an_article_that_can_be_edited_or_are_refused_at_once(journal, admin):
    def register(number):
        boats = (paragraph(f"Bateau {each}, ", run("amarré", "b"), ".") for each in range(number))
        return upload(docx(paragraph("Le registre", style="Title"), *boats))

    started = time.process_time()
    page, response = make(admin, file_fr=register(5000))
    assert time.process_time() - started < 10
    assert page is None
    assert "5,001 paragraphs" in response.context["form"].errors["file_fr"][0]
    page, response = make(admin, file_fr=register(1990))
    # On a machine that does nothing else both take less than three seconds.
    assert time.process_time() - started < 20
    blocks = texts_in(page, "fr")
    assert len(blocks) == 199
    assert blocks[0][1].startswith("<p>Bateau 0, <b>amarré</b>.</p><p>Bateau 1, ")
    assert blocks[-1][1].endswith("<p>Bateau 1989, <b>amarré</b>.</p>")
    assert "neighbouring paragraphs share a block" in report_of(response)
    assert admin.get(response.url).status_code == 200


def test_without_mammoth_a_text_can_be_pasted(journal, client, monkeypatch):
    monkeypatch.setattr(forms, "find_spec", lambda name: None)
    sign_in(client)
    assert not [name for name in client.get(reverse(NEW)).context["form"].fields if "file" in name]
    page, _response = make(client, text_fr="Le port\n\nUn texte.")
    assert page.headline_fr == "Le port"


def test_who_may_not_add_images_is_told_that_they_are_missing(journal, client):
    user = sign_in(client, "editor")
    permissions = GroupCollectionPermission.objects.filter(group__in=user.groups.all())
    permissions.filter(permission__codename="add_image").delete()
    page, response = make(client, file_fr=upload(REPORT))
    assert texts_in(page, "fr")[-1][1]["image"] is None
    assert not get_image_model().objects.exists()
    assert "A picture is missing." in report_of(response)


def test_a_picture_that_stands_twice_is_stored_once(journal, admin):
    twice = docx(
        paragraph("Le port", style="Title"),
        paragraph(word.picture("a.png")),
        paragraph(word.picture("b.png")),
        pictures={"a.png": word.drawn(), "b.png": word.drawn()},
    )
    page, _response = make(admin, file_fr=upload(twice))
    [image] = get_image_model().objects.all()
    assert [value["image"] for _kind, value in texts_in(page, "fr")] == [image.pk, image.pk]
