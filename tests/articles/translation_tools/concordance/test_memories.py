"""Translation memories of other programs: TMX in, found by all translators, and out again."""

import base64
import zlib
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError
from django.utils import translation

from diptych.articles.languages.config import pauses
from diptych.articles.languages.config.signals import work_due
from diptych.articles.translation_tools.concordance import memories
from diptych.articles.translation_tools.concordance.models import (
    AlignedText,
    MemoryPair,
    PendingPage,
    TranslationMemory,
)
from diptych.articles.translation_tools.concordance.searching import search
from diptych.articles.translation_tools.concordance.tmx import pairs_for
from diptych.articles.translation_tools.concordance.updating import work_off
from tests.articles.side_by_side.screen import make_member, translated
from tests.articles.translation_tools.concordance.memory_files import (
    BANK,
    IMPORT,
    LAKE,
    LIST,
    command,
    counts,
    found,
    indexed,
    numbered,
    rebuild,
    take,
    text_of,
    texts,
    tmx,
    tu,
    upload,
)
from tests.factories import make_user, sign_in

RESULTS = "/admin/diptych/concordance/results/"


@pytest.fixture
def imported(db, tmp_path):
    """A memory of two units in the concordance."""
    path = tmp_path / "river.tmx"
    path.write_bytes(tmx(LAKE, BANK))
    command(path)
    return TranslationMemory.objects.get()


# Reading


def read(data):
    """``(text, other text, date, reason)`` of each unit of a file."""
    with translation.override("en"):
        return [
            (each.text, each.other_text, each.written_at and str(each.written_at)[:10], each.reason)
            for each in memories.units(BytesIO(data), "fr", "en")
        ]


@pytest.mark.parametrize("codes", [("FR-fr", "EN_GB"), ("fr", "en-US"), ("FR", "EN")])
@pytest.mark.parametrize("name", ["xml:lang", "lang"])
def test_codes_of_languages_as_programs_write_them(codes, name):
    assert read(tmx(tu("Un lac", "A lake", codes, name), version="1.1")) == [
        ("Un lac", "A lake", None, "")
    ]


def test_codes_within_a_text_are_left_out_and_marked_words_are_not():
    french = (
        'Le <bpt i="1">&lt;b&gt;</bpt>grand<ept i="1">&lt;/b&gt;</ept> lac<ph>{1<sub>x</sub>}</ph>'
        '<it pos="begin">i</it> est <hi>gelé</hi><ut>u</ut> &amp;\n  &lt;froid&gt;.'
    )
    assert read(tmx(tu(french, "A lake")))[0][0] == "Le grand lac est gelé & <froid>."


def test_codes_that_omegat_writes_as_text_are_left_out_of_its_files_alone():
    unit = tu("Un &lt;g1&gt;lac&lt;/g1&gt;&lt;x2/&gt;", "A lake")
    assert read(tmx(unit, tool="OmegaT"))[0][0] == "Un lac"
    assert read(tmx(unit))[0][0] == "Un <g1>lac</g1><x2/>"


def test_dates_of_a_unit_or_of_its_texts():
    assert [each[2] for each in read(tmx(LAKE, BANK, tu("Un", "One", changedate="soon")))] == [
        "2024-03-05",
        None,
        None,
    ]


def test_units_that_cannot_be_taken_say_why():
    long = "mot " * 3000
    units = [LAKE, tu("Seul", None), tu("12", "12"), tu("", "Empty"), tu(long, "Long")]
    assert [each[3] for each in read(tmx(*units))] == [
        "",
        "It has no words in English.",
        "It has no words in French.",
        "It has no words in French.",
        "A text is longer than 10,000 characters.",
    ]


def test_other_encodings_and_a_document_type_are_read():
    data = tmx(LAKE, before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">').decode()
    data = data.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1)
    assert read(data.encode("utf-16")) == read(tmx(LAKE))


BOMB = '<!DOCTYPE tmx [<!ENTITY a "lac"><!ENTITY b "&a;&a;&a;">]>'
FILE = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (tmx(LAKE)[:-30], "damaged"),
        (b"", ""),
        (b"\x00\xff\xfe", "damaged"),
        (b"source,target", "damaged"),
        (b"<xliff version='1.2'/>", "no TMX file"),
        (tmx(), "no texts"),
        (tmx(tu("&b;", "x"), before=BOMB), "declares entities"),
        (tmx(tu("&a;", "x"), before=FILE), "declares entities"),
        (b"<a>" * 200 + b"</a>" * 200, "no TMX file"),
        (tmx(tu("Ein See", "Un lago", ("de-DE", "it"))), "The file has these: de-DE, it"),
    ],
)
def test_files_that_are_no_memory_are_refused_in_words(db, tmp_path, data, reason, translator):
    answer = upload(translator, data)
    if data:
        path = tmp_path / "bad.tmx"
        path.write_bytes(data)
        with pytest.raises(CommandError, match="could not be read: 1"):
            command(path)
        assert reason in text_of(answer)
    assert answer.status_code == 200
    assert not TranslationMemory.objects.exists() and not MemoryPair.objects.exists()


def test_a_file_that_breaks_off_leaves_nothing(db, tmp_path):
    path = tmp_path / "broken.tmx"
    units = [tu(f"Le lac {number} est beau", f"Lake {number} is nice") for number in range(600)]
    path.write_bytes(tmx(*units)[:-40])
    with pytest.raises(CommandError):
        command(path)
    assert not TranslationMemory.objects.exists() and not texts().exists()


def test_nested_deeper_than_any_text(db, translator):
    assert "damaged" in text_of(upload(translator, tmx(tu("<hi>" * 300 + "</hi>" * 300, "x"))))


# The command


def test_taken_once_however_often_a_file_comes(db, tmp_path):
    path = tmp_path / "river.tmx"
    path.write_bytes(tmx(LAKE, LAKE, BANK, tu("Seul", None)))
    first = "river.tmx: 4: It has no words in English. “Seul”\n"
    assert command(path) == f"{first}river.tmx: Texts {counts(2, 0, 1, 1)}\n"
    before = set(texts().values_list("pk", "group", "text"))
    assert command(path) == f"{first}river.tmx: Texts {counts(0, 0, 3, 1)}\n"
    assert counts(0, 0, 3, 1) in command(path, source="en", target="fr")
    assert set(texts().values_list("pk", "group", "text")) == before
    assert len(before) == 4


def test_a_dry_run_stores_nothing(db, tmp_path):
    path = tmp_path / "river.tmx"
    path.write_bytes(tmx(LAKE))
    assert "Texts taken: 1" in command(path, dry_run=True)
    assert not TranslationMemory.objects.exists() and not texts().exists()
    command(path)
    assert counts(0, 0, 1) in command(path, dry_run=True)


def test_several_files_are_several_memories_unless_they_have_a_label(db, tmp_path):
    paths = [tmp_path / "river.tmx", tmp_path / "sea.TMX"]
    for path, unit in zip(paths, (LAKE, BANK), strict=True):
        path.write_bytes(tmx(unit))
    command(*paths)
    assert set(TranslationMemory.objects.values_list("name", flat=True)) == {"river", "sea"}
    command(*paths, label="All waters")
    assert TranslationMemory.objects.get(name="All waters").pairs.count() == 2


def test_one_bad_file_keeps_no_other_from_being_taken(db, tmp_path):
    (tmp_path / "good.tmx").write_bytes(tmx(LAKE))
    with pytest.raises(CommandError, match="could not be read: 1"):
        command(tmp_path / "none.tmx", tmp_path / "good.tmx")
    assert found("lac")


# Finding


def test_found_in_both_directions_with_name_and_date(imported):
    assert found("lac gelé") == [("Le lac gelé.", "The frozen lake.", "river")]
    assert found("frozen", language="en", other="fr")[0][:2] == ("The frozen lake.", "Le lac gelé.")
    dates = [search(each, "fr", "en", make_user("admin"))[0].date for each in ("lac", "rives")]
    assert f"{dates[0]:%Y-%m-%d}" == "2024-03-05" and dates[1] == imported.taken_at


def test_the_strip_says_that_it_is_of_another_program(imported, translator):
    posted = {"q": "Le lac gelé", "language": "fr", "other": "en", "target": "en"}
    text = BeautifulSoup(translator.post(RESULTS, posted).content, "lxml").get_text(" ")
    assert "river" in text and "Memory of another program" in text and "Draft" not in text
    assert "2024" in text


def test_the_page_with_the_same_texts_comes_first(journal, db, tmp_path):
    translated(journal, "The lake")
    work_off(PendingPage.objects.all())
    path = tmp_path / "own.tmx"
    path.write_bytes(tmx(tu("Deux rives.", "Two banks."), BANK))
    command(path)
    assert found("deux rives") == [
        ("Deux rives.", "Two banks.", None),
        ("Deux rives vertes.", "Two green banks.", "own"),
    ]


def test_all_who_translate_see_it_and_nobody_else(imported, journal, client):
    posted = {"q": "lac", "language": "fr", "other": "en"}
    client.force_login(make_member(journal, "edit_fr"))
    assert b"The frozen" in client.post(RESULTS, posted).content
    assert client.get(LIST).status_code == client.get(IMPORT).status_code == 200


def test_who_does_not_translate_sees_none(imported, journal, client):
    client.force_login(make_member(journal))
    posted = {"q": "lac", "language": "fr", "other": "en"}
    assert client.post(RESULTS, posted).status_code == 302
    for address in (LIST, IMPORT, f"{LIST}delete/{imported.pk}/"):
        assert client.get(address).status_code == client.post(address).status_code == 302
    assert TranslationMemory.objects.exists()


def test_it_is_no_part_of_the_memory_of_the_site(imported):
    rebuild()
    assert list(pairs_for(None, "fr", "en"))
    assert all(each.memory is None for pair in pairs_for(None, "fr", "en") for each in pair)


# Keeping


def test_a_rebuild_makes_its_texts_anew(imported):
    before = set(texts().values_list("group", "text"))
    rebuild()
    assert set(texts().values_list("group", "text")) == before
    AlignedText.objects.all().delete()
    assert not found("lac gelé")
    rebuild()
    assert found("lac gelé") and indexed() == 1
    assert set(texts().values_list("group", "text")) == before


def test_what_waits_is_indexed_by_the_timer(imported):
    AlignedText.objects.all().delete()
    TranslationMemory.objects.update(is_indexed=False)
    work_due.send(None)
    assert found("lac gelé") and TranslationMemory.objects.get().is_indexed


def test_nothing_is_indexed_of_a_memory_that_was_deleted_meanwhile(imported, monkeypatch):
    texts().delete()
    reading = memories.index(imported)
    monkeypatch.setattr(memories, "PART", 1)
    assert next(reading) == 2
    TranslationMemory.objects.get().delete()
    assert sum(reading) == 0
    rebuild()
    assert not texts().exists() and not MemoryPair.objects.exists()


def test_deleted_whole(imported, translator):
    address = f"{LIST}delete/{imported.pk}/"
    assert "no longer found" in text_of(translator.get(address))
    assert translator.post(address).status_code == 302
    assert not TranslationMemory.objects.exists()
    assert not found("lac gelé") and not found("frozen", language="en", other="fr")
    work_due.send(None)
    assert not texts().exists() and indexed() == 0
    assert not MemoryPair.objects.exists()


def test_deleted_in_the_request_is_the_memory_alone(
    imported, translator, django_assert_max_num_queries
):
    """Its pairs may be 100,000, and SQLite would let nobody else write meanwhile."""
    with django_assert_max_num_queries(60) as queries:
        translator.post(f"{LIST}delete/{imported.pk}/")
    assert MemoryPair.objects.count() == 2
    assert not any("DELETE FROM" in each["sql"] and "memorypair" in each["sql"] for each in queries)


def test_parts_of_what_is_deleted(imported, translator, monkeypatch):
    """Nothing is left, nothing of other memories is deleted, and others may write in between."""
    take(translator, tmx(LAKE), label="Kept")
    work_due.send(None)
    paused = []
    monkeypatch.setattr(pauses, "sleep", paused.append)
    for name in ("SMALLEST", "PART"):
        monkeypatch.setattr(memories, name, 1)
    imported.delete()
    memories.forget_deleted()
    assert len(paused) == 4 + 2 and min(paused) >= pauses.PAUSE
    assert MemoryPair.objects.count() == 1 and texts().count() == 2
    assert found("lac gelé") == [("Le lac gelé.", "The frozen lake.", "Kept")]


# The screen


def test_a_report_comes_first(db, translator, django_capture_on_commit_callbacks):
    data = tmx(LAKE, LAKE, tu("Seul", None))
    report = text_of(upload(translator, data))
    assert "New: 1 · Older ones replaced: 0 · There already: 1 · Refused: 1" in report
    assert "Seul It has no words in English." in report
    assert not TranslationMemory.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        _report, answer = take(translator, data)
    assert "1 passage has been taken" in answer.content.decode()
    assert found("lac") == [("Le lac gelé.", "The frozen lake.", "river")]
    assert "river" in text_of(translator.get(LIST))


def test_a_name_of_its_own(db, translator):
    take(translator, tmx(LAKE), label="Agency")
    assert TranslationMemory.objects.get().name == "Agency"
    report, _answer = take(translator, tmx(LAKE), label="Agency")
    assert "New: 0 · Older ones replaced: 0 · There already: 1" in report


def test_nothing_new_has_no_button(db, translator):
    take(translator, tmx(LAKE))
    assert b"Take 0" not in upload(translator, tmx(LAKE)).content


def test_other_choices_are_refused(db, translator):
    same = upload(translator, tmx(LAKE), target="fr")
    assert "The source and the target are the same language." in text_of(same)
    assert "is not one of" in text_of(upload(translator, tmx(LAKE), source="xx"))
    assert "This field is required." in text_of(
        translator.post(IMPORT, {"source": "fr", "target": "en"})
    )


@pytest.mark.parametrize(
    "content", ["", "nothing", base64.b64encode(zlib.compress(b"<a/>")).decode()]
)
def test_a_report_that_was_tampered_with_takes_nothing(db, translator, content):
    posted = {"content": content, "source": "fr", "target": "en", "label": "x"}
    assert translator.post(IMPORT, posted).status_code == 302
    assert translator.post(IMPORT, {**posted, "label": ""}).status_code == 302
    assert not TranslationMemory.objects.exists()


def test_a_file_that_is_too_large_names_the_command(db, translator, monkeypatch):
    monkeypatch.setattr(
        "diptych.articles.translation_tools.concordance.admin.memories.MOST_TEXTS", 1
    )
    assert "more than 1 texts" in text_of(upload(translator, tmx(LAKE, BANK)))


@pytest.mark.parametrize(("language", "number"), [("en", "1,200"), ("fr", "1 200")])
def test_large_numbers_are_written_as_in_the_language(db, client, language, number):
    sign_in(client, "admin", language=language)
    report, answer = take(client, tmx(*numbered(1200, "Lake")))
    assert report.count(number) == 2  # new ones, the button
    assert text_of(answer).count(number) == 2  # the message, the list


def test_the_list_leads_to_it_and_the_glossary_to_the_list(db, translator):
    assert IMPORT in translator.get(LIST).content.decode()
    assert LIST in translator.get("/admin/diptych/glossary/").content.decode()
