"""Texts of images in files: written, taken in after a report, confirmed in the form."""

import re
import sqlite3

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, ModelLogEntry

from diptych.articles.images.models import UnconfirmedImageText
from tests.articles.translation_tools.files import imported, translate
from tests.articles.worklist.people import browser_of, make_translator
from tests.factories import make_image
from tests.forms import form_values

pytestmark = pytest.mark.django_db
ARCHIVE = "diptych_translation_archive"


@pytest.fixture
def image():
    image = make_image()
    image.alt_fr, image.alt_en = "Un lac <gelé>", ""
    image.caption_fr, image.caption_en = "Le lac en 1963.", ""
    image.save()
    return image


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


def export(folder, kind="xliff"):
    options = {"source": "fr", "target": "en", "images": True, "format": kind}
    call_command("export_translations", folder, **options)
    (path,) = folder.iterdir()
    return path


def stored(image):
    image = get_image_model().objects.get(pk=image.pk)
    return image.alt_en or "", image.caption_en or ""


def waiting():
    return {(row.field, row.text, row.origin) for row in UnconfirmedImageText.objects.all()}


def edit(image):
    return reverse("wagtailimages:edit", args=(image.pk,))


def form_of(client, image):
    """The values of the form of an image as a browser would post it."""
    page = BeautifulSoup(client.get(edit(image)).content, "lxml")
    fields = page.select("[name^=alt_], [name^=caption_]")
    texts = {each["name"]: each.get("value") or each.get_text().strip() for each in fields}
    return {"title": image.title, "collection": image.collection_id, **texts}


@pytest.mark.parametrize("kind", ["xliff", "xliff2", "po"])
def test_a_file_comes_back_and_waits_until_its_texts_are_confirmed(
    image, translator, tmp_path, kind
):
    path = export(tmp_path, kind)
    translate(path, kind, lambda markup: markup.replace("lac", "lake"))

    rows = imported(tmp_path)

    assert rows == [("taken", "", "Un lac <gelé>"), ("taken", "", "Le lac en 1963.")]
    assert stored(image) == ("", "")
    new = {("alt", "Un lake <gelé>", path.name), ("caption", "Le lake en 1963.", path.name)}
    assert waiting() == new
    assert {row[0] for row in imported(tmp_path)} == {"unchanged"}
    (entry, *_others) = ModelLogEntry.objects.filter(action="diptych.import_translation")
    with translation.override("en"):
        assert entry.message == f"2 texts in English taken from “{path.name}”"
    screen = text_of(translator.get(edit(image)))
    assert f"Un lake <gelé> From “{path.name}”; readers see nothing of it yet." in screen
    values = form_of(translator, image)
    values["confirm_alt_en"] = "right:Un lake <gelé>"

    assert translator.post(edit(image), values).status_code == 302

    assert stored(image) == ("Un lake <gelé>", "")
    assert {row[0] for row in waiting()} == {"caption"}


def take_in(folder, make=lambda markup: markup.replace("lac", "lake"), **attributes):
    translate(export(folder), "xliff", make, **attributes)
    return imported(folder)


def test_saving_the_form_for_another_reason_confirms_nothing(image, translator, tmp_path):
    take_in(tmp_path)
    values = {**form_of(translator, image), "title": "Autre", "confirm_alt_en": ""}

    translator.post(edit(image), values)

    assert stored(image) == ("", "")
    assert len(waiting()) == 2


def test_a_text_is_discarded_or_another_one_is_written(image, translator, tmp_path):
    take_in(tmp_path)
    values = form_of(translator, image)
    values |= {"confirm_alt_en": "wrong:Un lake <gelé>", "caption_en": "The lake in 1963."}

    translator.post(edit(image), values)

    assert stored(image) == ("", "The lake in 1963.")
    assert waiting() == set()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"confirm_alt_en": "right:Something else"}, "Select a valid choice."),
        (
            {"confirm_alt_en": "right:Un lake <gelé>", "alt_en": "A mere"},
            "You have changed the text above as well: leave one of the two.",
        ),
        (
            {"confirm_alt_en": "right:Un lake <gelé>", "is_decorative": "on"},
            "A decorative picture has no alternative text.",
        ),
    ],
    ids=["another text by now", "typed as well", "decorative"],
)
def test_what_cannot_be_confirmed_is_refused(image, translator, tmp_path, changes, reason):
    take_in(tmp_path)

    answer = translator.post(edit(image), {**form_of(translator, image), **changes})

    assert reason in text_of(answer)
    assert stored(image) == ("", "")
    assert len(waiting()) == 2


def test_what_a_file_calls_approved_is_stored_at_once(image, tmp_path):
    take_in(tmp_path, state="final")

    assert stored(image) == ("Un lake <gelé>", "Le lake en 1963.")
    assert waiting() == set()


REPEAT = "The caption must not repeat the alternative text: people who hear the page would hear it"


@pytest.mark.parametrize(
    ("before", "make", "refused", "after"),
    [
        ({}, lambda markup: "A lake.", ["Le lac en 1963."], ("A lake.", "")),
        (
            {"caption_en": "A  LAKE"},
            lambda markup: "A lake.",
            ["Un lac <gelé>", "Le lac en 1963."],
            ("", "A  LAKE"),
        ),
        (
            {"caption_en": "A mere"},
            lambda markup: "A mere" if "gel" in markup else None,
            ["Un lac <gelé>"],
            ("", "A mere"),
        ),
        (
            {"caption_en": "A mere"},
            lambda markup: "A mere" if "gel" in markup else "The mere in 1963",
            [],
            ("A mere", "The mere in 1963"),
        ),
    ],
    ids=["both", "both, another before", "the stored caption", "the caption before"],
)
def test_an_approved_caption_must_not_repeat_the_alternative_text(
    image, tmp_path, before, make, refused, after
):
    get_image_model().objects.filter(pk=image.pk).update(**before)

    rows = take_in(tmp_path, make, state="final")

    assert [text for status, why, text in rows if why.startswith(REPEAT)] == refused
    assert [text for status, _why, text in rows if status == "refused"] == refused
    assert stored(image) == after
    assert waiting() == set()


def test_a_caption_to_be_confirmed_that_repeats_is_refused_by_the_form(image, translator, tmp_path):
    take_in(tmp_path, lambda markup: "A lake")
    values = form_of(translator, image)
    values |= {"confirm_alt_en": "right:A lake", "confirm_caption_en": "right:A lake"}

    assert REPEAT in text_of(translator.post(edit(image), values))
    assert (stored(image), len(waiting())) == (("", ""), 2)


def test_a_text_that_waits_is_flagged_once_its_source_changes(image, translator, tmp_path):
    take_in(tmp_path)
    report = reverse("diptych_image_texts:index")
    said = "The source has changed since."
    for url in (report, edit(image)):
        assert said not in text_of(translator.get(url))

    get_image_model().objects.filter(pk=image.pk).update(alt_fr="Un étang")

    assert f"Un lake <gelé> {said}" in text_of(translator.get(report))
    assert text_of(translator.get(report)).count(said) == 1
    form = text_of(translator.get(edit(image)))
    assert f"{said} It was: Un lac <gelé>" in form
    assert form.count(said) == 1
    UnconfirmedImageText.objects.update(source_language="")
    assert said not in text_of(translator.get(report))


def test_decorative_images_and_those_without_a_text_stand_in_no_file(image, tmp_path):
    get_image_model().objects.filter(pk=image.pk).update(is_decorative=True)
    other = make_image("Sans texte", 32, 32)
    get_image_model().objects.filter(pk=other.pk).update(alt_fr="")

    call_command("export_translations", tmp_path, source="fr", target="en", images=True)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"alt_fr": "Un étang"}, "The source has changed since the file was made."),
        ({"alt_en": "A lake"}, "It was translated here since the file was made."),
        ({"is_decorative": True}, "There is no such image any more, or it has no text"),
    ],
)
def test_what_changed_since_is_refused(image, tmp_path, values, reason):
    translate(export(tmp_path), "xliff", lambda markup: markup.replace("lac", "lake"))
    get_image_model().objects.filter(pk=image.pk).update(**values)

    (status, said, _text), *_others = imported(tmp_path)

    assert (status, said[: len(reason)]) == ("refused", reason)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda markup: f"{markup} <x id='1'/>", "It has a code that is not in the source."),
        (lambda markup: "a" * 501, "It has 501 characters; 255 are possible."),
    ],
    ids=["code", "length"],
)
def test_what_would_not_fit_is_refused(image, tmp_path, make, reason):
    (status, said, _text), *_others = take_in(tmp_path, make)

    assert (status, said) == ("refused", reason)
    assert waiting() == set()


def test_a_file_names_more_images_than_a_query_has_parameters(image, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite has a small limit.")
    path, many = export(tmp_path), range(1000, 2500)
    before, unit, after = re.split(r"(<trans-unit.*</trans-unit>)", path.read_text(), flags=re.S)
    unit = unit.partition("</trans-unit>")[0] + "</trans-unit>"
    units = [unit.replace(f'"{image.pk}.', f'"{number}.') for number in many]
    path.write_text(before + "".join(units) + after)
    translate(path, "xliff", lambda markup: "A lake")
    connection.ensure_connection()
    limit = connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    try:
        rows = imported(tmp_path)
    finally:
        connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, limit)
    assert [row[0] for row in rows] == ["refused"] * len(many)


def test_one_kind_of_texts_is_written_at_a_time(tmp_path):
    languages = ["--source=fr", "--target=en"]
    with pytest.raises(CommandError, match="not allowed with"):
        call_command("export_translations", str(tmp_path), *languages, "--images", "--pages=3")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_refused_in_words(image, tmp_path):
    path = export(tmp_path)
    text = path.read_text().replace(f'id="{image.pk}.alt', 'id="x.alt')
    path.write_text(text)
    translate(path, "xliff", lambda markup: "A lake")
    assert imported(tmp_path)[0][0] == "refused"

    path.write_text(text.replace('target-language="en"', 'target-language="xx"'))
    translate(path, "xliff", lambda markup: "A lake")
    assert {row[1] for row in imported(tmp_path)} == {
        "The file is from or into a language that this site does not have."
    }
    with pytest.raises(CommandError):
        call_command("export_translations", tmp_path, source="fr", target="fr", images=True)


# Screens


def download(client, *images, **chosen):
    address = reverse(
        "wagtail_bulk_action", args=("diptych", "captionedimage", "download_for_translation")
    )
    address = f"{address}?" + "&".join(f"id={each.pk}" for each in images)
    return client.post(address, {"source": "fr", "target": "en", "format": "xliff", **chosen})


def test_selected_images_are_downloaded_taken_in_and_listed(image, translator, tmp_path):
    other = make_image("Autre", 32, 32)
    get_image_model().objects.filter(pk=other.pk).update(alt_fr="Une île")
    response = download(translator, image)
    assert 'filename="images-texts-of-images.en.xlf"' in response["content-disposition"]
    path = tmp_path / "images.xlf"
    path.write_bytes(response.content)
    translate(path, "xliff", lambda markup: markup.replace("lac", "lake"))
    upload = {"file": SimpleUploadedFile(path.name, path.read_bytes())}

    report = translator.post(reverse(ARCHIVE), upload)

    assert "2 texts would be taken." in text_of(report)
    assert waiting() == set()
    values = form_values(report.content.decode(), "diptych-take")
    listed = translator.post(reverse(ARCHIVE), values, follow=True)
    assert listed.redirect_chain == [(reverse("diptych_image_texts:index"), 302)]
    assert "2 texts have been taken; readers see none that is to be confirmed." in text_of(listed)
    texts = BeautifulSoup(listed.content, "lxml").select("td [lang=en]")
    assert [each.get_text() for each in texts] == ["Un lake <gelé>", "Le lake en 1963."]
    assert edit(image) in listed.content.decode()
    assert stored(image) == ("", "")


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ({"target": "fr"}, "The source and the target are the same language."),
        ({"source": "en", "target": "fr"}, "None of these images has a text in that language."),
        ({"target": "xx"}, "Select a valid choice."),
    ],
)
def test_a_download_that_would_be_empty_is_refused(image, translator, chosen, reason):
    assert reason in text_of(download(translator, image, **chosen))


def test_only_who_edits_the_language_and_the_image_takes_texts_in(journal, image, tmp_path):
    user = make_translator(journal, "ines", "en")
    client = browser_of(user)
    path = export(tmp_path)
    translate(path, "xliff", lambda markup: markup.replace("lac", "lake"), state="final")

    def report(data):
        answer = client.post(reverse(ARCHIVE), {"file": SimpleUploadedFile("a.xlf", data)})
        return text_of(answer)

    assert "You may not change this image." in report(path.read_bytes())
    assert client.get(reverse("diptych_image_texts:index")).status_code == 302
    change = Permission.objects.get(
        codename="change_image", content_type__app_label="wagtailimages"
    )
    GroupCollectionPermission.objects.create(
        group=user.groups.get(), collection=Collection.get_first_root_node(), permission=change
    )
    assert "2 texts would be taken." in report(path.read_bytes())
    french = path.read_bytes().replace(b'"fr"', b'"de"').replace(b'"en"', b'"fr"')
    assert "You may not translate into this language." in report(french)
    assert client.get(reverse("diptych_image_texts:index")).status_code == 200
    page = client.post(reverse(ARCHIVE), {"file": SimpleUploadedFile("a.xlf", path.read_bytes())})
    values = form_values(page.content.decode(), "diptych-take")
    client.post(reverse(ARCHIVE), values)
    assert stored(image) == ("", "")
    assert len(waiting()) == 2
