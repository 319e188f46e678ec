"""Units of a TMX file that correct those of an older one."""

import pytest
from django.core.management import CommandError
from modeltranslation import settings as modeltranslation_settings

from diptych.articles.languages.config.signals import work_due
from diptych.articles.translation_tools.concordance import memories
from diptych.articles.translation_tools.concordance.models import (
    MemoryPair,
)
from tests.articles.translation_tools.concordance.memory_files import (
    BANK,
    command,
    counts,
    found,
    indexed,
    named,
    numbered,
    rebuild,
    take,
    text_of,
    texts,
    tmx,
    tu,
    upload,
)


def correct(path, *units, **options):
    """The counts that the command gives for a file with some units, and the texts found then."""
    path.write_bytes(tmx(*units))
    dry = command(path, dry_run=True, **options).rstrip()
    assert command(path, **options).rstrip() == dry
    return dry.partition("Texts ")[2], set(texts().values_list("text", flat=True))


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
