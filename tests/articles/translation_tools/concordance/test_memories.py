"""Translation memories of other programs: TMX in, found by all translators, and out again."""

import base64
import zlib
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import translation
from modeltranslation import settings as modeltranslation_settings

from diptych.articles.languages.config import pauses
from diptych.articles.languages.config.signals import work_due
from diptych.articles.translation_tools.concordance import memories
from diptych.articles.translation_tools.concordance.inverted_index import inverted_index
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
from tests.factories import make_user, sign_in
from tests.forms import form_values

LIST = "/admin/diptych/memories/"
IMPORT = f"{LIST}import/"
RESULTS = "/admin/diptych/concordance/results/"
HEADER = '<header creationtool="{}" segtype="sentence" srclang="fr" datatype="plaintext"/>'


def tu(french, english, codes=("fr", "en"), name="xml:lang", **attributes):
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    variants = (
        f'<tuv {name}="{code}"><seg>{text}</seg></tuv>'
        for code, text in zip(codes, (french, english), strict=True)
        if text is not None
    )
    return f"<tu{given}>{''.join(variants)}</tu>"


def tmx(*units, tool="Other", before="", version="1.4"):
    header = HEADER.format(tool)
    start = f'<?xml version="1.0"?>{before}<tmx version="{version}">{header}<body>'
    return f"{start}{''.join(units)}</body></tmx>".encode()


LAKE = tu("Le lac gelé.", "The frozen lake.", changedate="20240305T101500Z")
BANK = tu("Deux rives vertes.", "Two green banks.")


def upload(client, data, name="river.tmx", source="fr", target="en", **posted):
    file = SimpleUploadedFile(name, data)
    return client.post(IMPORT, {"file": file, "source": source, "target": target, **posted})


def text_of(response):
    soup = BeautifulSoup(response.content, "lxml")
    return " ".join(soup.select_one("main").get_text(" ").split())


def take(client, data, **posted):
    """Take what the report of ``data`` offers; its text and the answer."""
    report = upload(client, data, **posted)
    form = form_values(report.content.decode(), "diptych-take")
    return text_of(report), client.post(IMPORT, form, follow=True)


def command(*arguments, source="fr", target="en", **options):
    said, wrong = StringIO(), StringIO()
    with translation.override("en"):
        arguments = [str(each) for each in arguments]
        call_command(
            "import_memory",
            *arguments,
            source=source,
            target=target,
            stdout=said,
            stderr=wrong,
            **options,
        )
    return said.getvalue()


@pytest.fixture
def imported(db, tmp_path):
    """A memory of two units in the concordance."""
    path = tmp_path / "river.tmx"
    path.write_bytes(tmx(LAKE, BANK))
    command(path)
    return TranslationMemory.objects.get()


def found(query, user=None, language="fr", other="en"):
    user = user or make_user("admin")
    return [
        (each.text.text, each.other.text, each.memory and each.memory.name)
        for each in search(query, language, other, user)
    ]


def texts():
    """The texts of memories in the concordance."""
    return AlignedText.objects.filter(memory__isnull=False)


def indexed():
    return inverted_index().counts("stems", ["fr0lac"], 100)[0]


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


# Corrections


def correct(path, *units, **options):
    """The counts that the command gives for a file with some units, and the texts found then."""
    path.write_bytes(tmx(*units))
    dry = command(path, dry_run=True, **options).rstrip()
    assert command(path, **options).rstrip() == dry
    return dry.partition("Texts ")[2], set(texts().values_list("text", flat=True))


def counts(taken, replaced, unchanged, refused=0):
    return (
        f"taken: {taken}, older ones replaced: {replaced}, unchanged: {unchanged}, "
        f"refused: {refused}"
    )


def named(french, english, number="a1", **attributes):
    return tu(french, english, tuid=number, **attributes)


@pytest.fixture
def path(db, tmp_path):
    return tmp_path / "river.tmx"


def test_a_corrected_unit_replaces_the_older_pair_with_its_name(path):
    correct(path, named("Le lac.", "The lac."), named("Un pont.", "A bridge.", "a2"))
    said, stored = correct(path, named("Le lac.", "The lake."), BANK)
    assert said == counts(2, 1, 0)
    assert "The lake." in stored and "The lac." not in stored and "A bridge." in stored
    assert found("lac") == [("Le lac.", "The lake.", "river")]
    assert correct(path, named("Le lac.", "The lake."), BANK)[0] == counts(0, 0, 2)
    rebuild()
    assert found("lac") == [("Le lac.", "The lake.", "river")] and indexed() == 1
    said, stored = correct(path, tu("The lakes.", "Le lac.", ("en", "fr"), tuid="a1"))
    assert said == counts(1, 1, 0) and "The lake." not in stored


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (tu("Le lac.", "The lac."), tu("Le lac.", "The lake.")),
        (named("Le lac.", "The lac.", " "), named("Le lac.", "The lake.", " ")),
        (tu("Le lac.", "The lac."), named("Le lac.", "The lake.")),
        (named("Un pont.", "A lac."), named("Le lac.", "The lake.")),
    ],
    ids=["no name", "an empty name", "no name before", "another unit with the same number"],
)
def test_what_is_no_correction_stays_beside(path, old, new):
    _said, before = correct(path, old)
    said, stored = correct(path, new)
    assert said == counts(1, 0, 0) and before < stored
    assert correct(path, old, new)[0] == counts(0, 0, 2)


@pytest.mark.parametrize("part", [1, 500])
def test_two_units_with_one_name_in_a_file_are_both_kept(path, monkeypatch, part):
    monkeypatch.setattr(memories, "PART", part)
    two = named("Le lac.", "The lake."), named("Le lac.", "The pond.")
    said, stored = correct(path, *two)
    assert said == counts(2, 0, 0) and {"The lake.", "The pond."} < stored
    for units in (two, reversed(two)):
        assert correct(path, *units) == (counts(0, 0, 2), stored)


def test_corrected_to_what_another_unit_says(path, translator):
    correct(path, named("Le lac.", "The lake.", "a1"), named("Le lac.", "The lac.", "a2"))
    data = tmx(named("Le lac.", "The lake.", "a2"))
    report, answer = take(translator, data)
    assert "New: 0 · Older ones replaced: 1 · There already: 1 · Refused: 0" in report
    assert "1 passage has been taken" in answer.content.decode()
    work_due.send(None)
    assert found("lac") == [("Le lac.", "The lake.", "river")]
    assert "There already: 1" in text_of(upload(translator, data))


@pytest.mark.parametrize("part", [1, 500])
def test_the_older_text_of_a_corrected_unit_may_be_that_of_another(path, monkeypatch, part):
    monkeypatch.setattr(memories, "PART", part)
    correct(path, named("Le lac.", "The lac.", "a1"))
    both = named("Le lac.", "The lake.", "a1"), named("Le lac.", "The lac.", "a2")
    said, stored = correct(path, *both)
    assert said == counts(1, 0, 1) and stored == {"Le lac.", "The lake.", "The lac."}
    for units in (both, reversed(both)):
        assert correct(path, *units) == (counts(0, 0, 2), stored)


def test_a_file_from_before_a_correction_undoes_nothing(path):
    correct(path, named("Le lac.", "The lake.", changedate="20240305T101500Z"))
    said, stored = correct(path, named("Le lac.", "The lac.", changedate="20230305T101500Z"))
    assert said == counts(0, 0, 1) and "The lac." not in stored


def test_the_same_name_in_another_memory_replaces_nothing(path, tmp_path):
    correct(path, named("Le lac.", "The lac."))
    said, stored = correct(tmp_path / "sea.tmx", named("Le lac.", "The lake."))
    assert said == counts(1, 0, 0) and {"The lac.", "The lake."} < stored


@pytest.fixture
def german(monkeypatch):
    monkeypatch.setattr(modeltranslation_settings, "AVAILABLE_LANGUAGES", ["fr", "en", "de"])


def test_the_same_name_in_other_languages_replaces_nothing(path, german):
    correct(path, named("Le lac.", "The lac."))
    pair = tu("Le lac.", "Der See.", ("fr", "de"), tuid="a1")
    said, stored = correct(path, pair, target="de")
    assert said == counts(1, 0, 0) and {"The lac.", "Der See."} < stored


def numbered(count, text):
    return [named(f"Le lac {each}.", f"{text} {each}.", each) for each in range(count)]


def test_a_correction_that_breaks_off_changes_nothing(path):
    units = numbered(600, "Lac")
    _said, before = correct(path, *units)
    path.write_bytes(tmx(*numbered(600, "Lake"))[:-40])
    with pytest.raises(CommandError):
        command(path)
    assert set(texts().values_list("text", flat=True)) == before
    assert correct(path, *units)[0] == counts(0, 0, 600)


def test_the_index_of_a_correction_that_breaks_off_is_gone_on_with(path, monkeypatch):
    monkeypatch.setattr(memories, "PART", 2)
    correct(path, *numbered(5, "Lac"), named("Un pont.", "A bridge."))
    path.write_bytes(tmx(*numbered(5, "Lake")))
    write, called = memories.write, []

    def break_off(*arguments):
        called.append(arguments)
        if len(called) == 2:
            raise OSError
        return write(*arguments)

    monkeypatch.setattr(memories, "write", break_off)
    with pytest.raises(OSError):
        command(path)
    work_due.send(None)
    stored = set(texts().values_list("text", flat=True))
    assert stored == {
        *(f"{text} {each}." for each in range(5) for text in ("Le lac", "Lake")),
        "Un pont.",
        "A bridge.",
    }


def test_a_large_file_is_corrected_part_by_part(path, django_assert_max_num_queries):
    correct(path, *numbered(5000, "Lac"))
    path.write_bytes(tmx(*numbered(5000, "Lake")))
    with django_assert_max_num_queries(150), path.open("rb") as stream:
        report = memories.take(stream, ("fr", "en"), "river")
    assert report.counts["taken"] == report.counts["replaced"] == 5000
    assert MemoryPair.objects.count() == 5000
    work_due.send(None)
    assert texts().count() == 10_000 and not texts().filter(text__startswith="Lac ").exists()


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


def rebuild():
    call_command("rebuild_concordance", stdout=StringIO(), stderr=StringIO())


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
