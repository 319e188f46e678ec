"""The files of the site texts: written, translated in a program, taken in after a report."""

import json
import zipfile

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.models import ModelLogEntry

from diptych.articles.interface_texts.models import TextChange, UnconfirmedText
from diptych.articles.interface_texts.site_catalogues import SiteCatalogue
from diptych.articles.translation_tools import formats
from diptych.articles.translation_tools.site_texts.importing import import_file
from diptych.articles.translation_tools.site_texts.texts import file_of, other_sources
from tests.articles.interface_texts.conftest import HEADER, make_translator
from tests.articles.interface_texts.form import ENGLISH, FRENCH, open_form
from tests.articles.translation_tools.files import translate
from tests.articles.translation_tools.machine.drafts import text_of
from tests.forms import form_values

pytestmark = pytest.mark.django_db

FILES = "/admin/diptych/site-text-files/fr/0/"
ARCHIVE = "/admin/diptych/translation-files/"
#: The French of what has none, or of what is to be checked.
WORDS = {
    "Share": "Partager",
    "Read &lt;b&gt;now&lt;/b&gt;": "Lire &lt;b&gt;maintenant&lt;/b&gt;",
    "Read <b>now</b>": "Lire <b>maintenant</b>",
}


def downloaded(client, folder, kind="xliff"):
    response = client.get(FILES, {"format": kind})
    name = f"site-texts-0-django.fr.{'po' if kind == 'po' else 'xlf'}"
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    (folder / name).write_bytes(response.content)
    return folder / name


def upload(client, path, url=FILES):
    return client.post(url, {"file": SimpleUploadedFile(path.name, path.read_bytes())})


def take(client, report, url=FILES):
    return client.post(url, form_values(report.content.decode(), "diptych-take"), follow=True)


def waiting():
    return {tuple(each.forms): each.origin for each in UnconfirmedText.objects.all()}


@pytest.mark.parametrize("kind", ["xliff", "xliff2", "po"])
def test_a_file_is_taken_after_its_report_and_readers_see_nothing_of_it(
    translator, folder, saved_text, kind
):
    path = downloaded(translator, folder, kind)
    translate(path, kind, WORDS.get)

    report = upload(translator, path)

    assert "2 texts would be taken. 4 are unchanged or have no translation. 0 are refused" in (
        text_of(report)
    )
    assert not waiting()
    answer = take(translator, report)
    assert "2 texts have been taken; readers see none that is to be confirmed." in text_of(answer)
    assert waiting() == {
        ("Partager",): path.name,
        ("Lire <b>maintenant</b>",): path.name,
    }
    assert saved_text("Share") == ""
    assert sorted(open_form(translator, msg_filter="unconfirmed").rows) == [
        "Read <b>now</b>",
        "Share",
    ]


GERMAN = """msgid "Read on"
msgstr ""

msgid "By %(name)s"
msgstr "Von %(name)s"
"""


@pytest.fixture
def german(locale, settings):
    """The files of a German catalogue, which are written from French as well."""
    path = locale / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + GERMAN, encoding="utf-8")
    return SiteCatalogue(path, "de", 0)


@pytest.mark.parametrize("kind", ["xliff", "xliff2", "po"])
def test_german_is_translated_from_french(german, kind):
    (read,) = formats.read(formats.write(file_of(german, "fr"), kind))
    texts = {"".join(each.source): each for each in read.entries}
    assert texts.keys() == {"Lire la suite", "Par %(name)s"}
    texts["Lire la suite"].target = ("Weiterlesen",)

    report = import_file(german, read, "de.po")

    assert report.counts == {"taken": 1, "unchanged": 1, "refused": 0}
    assert waiting() == {("Weiterlesen",): "de.po"}


def test_another_source_is_offered_with_what_it_lacks(translator, locale, folder, monkeypatch):
    path = locale / "it" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        HEADER + 'msgctxt "verb"\nmsgid "Share"\nmsgstr "Condividi"\n', encoding="utf-8"
    )
    languages = "diptych.articles.translation_tools.site_texts.texts.available_languages"
    monkeypatch.setattr(languages, lambda: ("fr", "en", "it"))

    screen = text_of(translator.get(FILES))
    assert "From another language: Italian 5 texts have no words in it and are left out." in screen
    response = translator.get(FILES, {"format": "xliff", "source": "it"})
    file = folder / "it.xlf"
    file.write_bytes(response.content)
    translate(file, "xliff", {"Condividi": "Partager"}.get)
    take(translator, upload(translator, file))

    assert waiting() == {("Partager",): "it.xlf"}
    assert "From another" in text_of(translator.get(FILES, {"format": "po", "source": "de"}))


def test_a_text_without_french_is_left_out_and_counted(german, locale):
    french = locale / "fr" / "LC_MESSAGES" / "django.po"
    french.write_text(french.read_text().replace('"Lire la suite"', '""'))

    assert list(other_sources(german)) == [("fr", 1)]
    file = file_of(german, "fr")
    assert [each.source for each in file.entries] == [("Par %(name)s",)]


def test_french_that_changed_since_is_refused(german, locale):
    file = file_of(german, "fr")
    for each in file.entries:
        each.target = ("Weiterlesen %(name)s",)
    french = locale / "fr" / "LC_MESSAGES" / "django.po"
    french.write_text(french.read_text().replace('"Lire la suite"', '"Continuer"'))
    by_text = {each.text: each.reason for each in import_file(german, file, "de.po").rows}
    assert by_text["Lire la suite"] == "The source has changed since the file was made."
    assert by_text["Par %(name)s"] == ""

    french.write_text(french.read_text().replace('"Continuer"', '""'))
    by_text = {each.text: each.reason for each in import_file(german, file, "de.po").rows}
    assert by_text["Lire la suite"].endswith("or lost its source.")


def test_the_history_says_who_brought_what_waits(translator, folder):
    path = downloaded(translator, folder)
    translate(path, "xliff", WORDS.get)

    report = upload(translator, path)
    assert not ModelLogEntry.objects.filter(action="diptych.import_translation").exists()
    take(translator, report)

    entry = ModelLogEntry.objects.get(action="diptych.import_translation")
    with translation.override("en"):
        assert entry.message == f"2 texts in French taken from “{path.name}”"
    assert entry.user is not None
    assert entry.label.endswith("fr/LC_MESSAGES/django.po")
    take(translator, upload(translator, path))
    assert ModelLogEntry.objects.filter(action="diptych.import_translation").count() == 1


def test_the_catalogue_itself_is_refused_with_what_to_do(translator, locale, folder):
    path = folder / "django.po"
    path.write_bytes(translator.get(f"{FRENCH}download/").content)

    report = text_of(upload(translator, path))

    assert "as the button “Download” writes it: translate one of the files for tran" in report
    assert "0 texts would be taken" in report
    assert "what the button “Download” writes is the catalogue" in text_of(translator.get(FILES))


@pytest.mark.parametrize("kind", ["xliff", "xliff2", "po"])
def test_a_file_that_nobody_has_changed_changes_nothing(translator, folder, kind):
    path = downloaded(translator, folder, kind)
    if kind == "po":
        polib.pofile(str(path)).save()
    assert "0 texts would be taken. 6 are unchanged" in text_of(upload(translator, path))


def test_a_text_that_readers_see_stays_until_its_change_is_confirmed(
    translator, folder, saved_text
):
    path = downloaded(translator, folder)
    translate(path, "xliff", {"Go on reading": "Continuer la lecture"}.get)

    take(translator, upload(translator, path))

    assert waiting() == {("Continuer la lecture",): path.name}
    assert saved_text("Read on") == "Lire la suite"
    open_form(translator).tick("Read on").post(translator)
    assert saved_text("Read on") == "Continuer la lecture"
    assert not waiting()


def test_what_a_file_calls_approved_is_saved_as_by_the_form(translator, folder, saved_text):
    path = downloaded(translator, folder)
    translate(path, "xliff", WORDS.get, state="final")

    take(translator, upload(translator, path))

    assert saved_text("Share") == "Partager"
    assert not waiting()
    assert TextChange.objects.get(after=["Partager"]).user is not None


@pytest.mark.parametrize(
    ("source", "words", "reason"),
    [
        ("By %(name)s", "Par", "%(name)s is missing; copy it from the source as it is."),
        ("By %(name)s", "De %(names)s", "%(names)s is not in the source; take it out."),
        ("Read &lt;b&gt;now&lt;/b&gt;", "Lire tout", "<b> </b> is missing; copy it"),
        ("Share", "Partager<x id='1'/>", "It has a code that is not in the source."),
        ("%(count)s page", "", "A plural needs all its forms."),
        ("%(count)s pages", "des pages", "%(count)s is missing"),
    ],
)
def test_variables_and_plurals_arrive_whole_or_the_text_is_refused(
    translator, folder, source, words, reason
):
    path = downloaded(translator, folder)
    translate(path, "xliff", lambda markup: words if markup == source else None)

    report = upload(translator, path)

    assert "0 texts would be taken" in text_of(report)
    assert "1 is refused" in text_of(report)
    assert reason in text_of(report)


def test_a_plural_is_taken_with_all_its_forms(translator, folder, saved_text):
    path = downloaded(translator, folder)
    words = {"%(count)s page": "une page", "%(count)s pages": "%(count)s pages : oui"}
    translate(path, "xliff", words.get)

    take(translator, upload(translator, path))

    assert waiting() == {("une page", "%(count)s pages\u00a0: oui"): path.name}


def test_what_has_changed_since_is_refused(translator, locale, folder):
    path = downloaded(translator, folder)
    translate(path, "xliff", {"Go on reading": "Continuer", "Share": "Partager"}.get)
    open_form(translator).type("Share", "Diffuser").post(translator)
    english = locale / "en" / "LC_MESSAGES" / "django.po"
    english.write_text(english.read_text().replace("Go on reading", "Read all"))

    report = text_of(upload(translator, path))

    assert "0 texts would be taken" in report
    assert "The source has changed since the file was made." in report
    assert "It was translated here since the file was made." in report


def test_texts_that_are_no_texts_are_refused(translator, locale, folder):
    path = downloaded(translator, folder)
    translate(path, "xliff", WORDS.get)
    whole = path.read_text()
    changed = {
        whole.replace('original="site-texts-0"', 'original="site-texts-1"'): "of other texts",
        whole.replace('source-language="en"', 'source-language="fr"'): "from English",
        whole.replace('target-language="fr"', 'target-language="en"'): "into another language",
        whole.replace(' id="', ' id="x'): "not in the catalogue any more",
        whole.replace(":0:", ":7:"): "needs all its forms",
        whole.replace(":0:", "::"): "needs all its forms",
    }
    for text, reason in changed.items():
        path.write_text(text)
        report = text_of(upload(translator, path))
        assert (reason, reason in report) == (reason, True), report
        assert "0 texts would be taken" in report or "another language" in report


def test_a_catalogue_that_cannot_be_written_is_said(translator, folder, monkeypatch):
    def fail(*arguments):
        raise PermissionError(13, "no")

    path = downloaded(translator, folder)
    translate(path, "xliff", WORDS.get, state="final")
    report = upload(translator, path)
    monkeypatch.setattr("diptych.articles.interface_texts.saving.write_catalogue", fail)

    answer = text_of(take(translator, report))

    assert "The catalogue could not be written: the server has no right to write there." in answer
    assert not waiting()


@pytest.mark.parametrize("languages", [(), ("en",)])
def test_only_who_may_edit_the_language_has_its_files(client, locale, languages):
    client.force_login(make_translator(*languages))
    for answer in (client.get(FILES), client.get(FILES, {"format": "po"}), client.post(FILES)):
        assert answer.status_code == 403


def test_the_screen_leads_to_the_files_but_for_english(client, locale):
    client.force_login(make_translator("fr", "en"))
    assert FILES in client.get(FRENCH).content.decode()
    assert "site-text-files" not in client.get(ENGLISH).content.decode()
    assert client.get(FILES.replace("/fr/", "/en/")).url == ENGLISH
    assert client.get(FILES.replace("/0/", "/7/")).status_code == 404


def test_a_file_in_an_archive_is_taken_by_who_may_edit_its_language(client, translator, folder):
    path = downloaded(translator, folder)
    translate(path, "xliff", WORDS.get)
    other = path.with_name("other.xlf")
    other.write_text(path.read_text().replace('"site-texts-0"', '"site-texts-9"'))
    archive = folder / "fr.zip"
    with zipfile.ZipFile(archive, "w") as new:
        new.write(path, path.name)
        new.write(other, other.name)

    report = upload(translator, archive, ARCHIVE)

    assert "2 texts would be taken" in text_of(report)
    assert "The file is of no texts of this site." in text_of(report)
    take(translator, report, ARCHIVE)
    assert len(waiting()) == 2
    client.force_login(make_translator("en"))
    refused = text_of(upload(client, archive, ARCHIVE))
    assert "You have no permission to edit the site texts of this language." in refused


def test_the_commands_write_and_take_the_site_texts(locale, folder, capsys):
    options = {"source": "en", "target": "fr", "site_texts": True, "format": "po"}
    with translation.override("en"):
        call_command("export_translations", folder, **options)
        (path,) = folder.glob("*.po")
        translate(path, "po", WORDS.get)
        call_command("import_translations", folder, report=folder / "report.json")
    rows = json.loads((folder / "report.json").read_text())
    assert sorted(each["text"] for each in rows if each["status"] == "taken") == [
        "Read <b>now</b>",
        "Share",
    ]
    assert len(waiting()) == 2
    path.write_text(path.read_text().replace("site-texts-0", "site-texts-8"))
    with translation.override("en"), pytest.raises(CommandError, match="could not be read: 1"):
        call_command("import_translations", folder)
    assert "of no texts of this site (“site-texts-8”)" in capsys.readouterr().out
    with (
        translation.override("en"),
        pytest.raises(CommandError, match="from English, and not into it"),
    ):
        call_command("export_translations", folder, **{**options, "source": "fr", "target": "en"})


def test_a_catalogue_that_cannot_be_read_is_said(translator, locale, folder):
    path = downloaded(translator, folder)
    archive = folder / "fr.zip"
    with zipfile.ZipFile(archive, "w") as new:
        new.write(path, path.name)
    (locale / "fr" / "LC_MESSAGES" / "django.po").write_bytes(b'msgid "\xff')

    assert "The catalogue cannot be read" in text_of(upload(translator, archive, ARCHIVE))
    with translation.override("en"), pytest.raises(CommandError, match="cannot be read"):
        options = {"source": "en", "target": "fr", "site_texts": True}
        call_command("export_translations", folder, **options)
    with translation.override("en"), pytest.raises(CommandError, match="could not be read: 1"):
        call_command("import_translations", folder)
