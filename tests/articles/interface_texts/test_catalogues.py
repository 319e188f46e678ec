"""Validation, compilation and tidying of catalogues."""

import gettext
import os

import polib
import pytest

from diptych.articles.interface_texts.catalogues import (
    compile_catalogues,
    find_problems,
    tidy_catalogue,
)

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


@pytest.fixture
def write(tmp_path):
    """Write a catalogue and return its path."""

    def write_catalogue(entries, language="fr"):
        path = tmp_path / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(HEADER + entries, encoding="utf-8")
        return path

    return write_catalogue


@pytest.mark.parametrize(
    "french",
    [
        "Lire la suite\u202f!",
        "Vraiment\u202f?!",
        "«\u202fL’été\u202f»",
        "Titre\u00a0: l’essentiel",
        "À 12:30, https://journal.example/?page=2",
        "Aujourd’hui&nbsp;même",
        "Introuvable (?)",
    ],
)
def test_well_set_french_passes(write, tmp_path, french):
    write(f'msgid "Source"\nmsgstr "{french}"\n')

    assert not list(find_problems(tmp_path))


def test_punctuation_inside_a_tag_is_none(write, tmp_path):
    write("msgid \"<a href='x;y'>Here</a>\"\nmsgstr \"<a href='x;y'>Ici</a>\"\n")

    assert not list(find_problems(tmp_path))


@pytest.mark.parametrize(
    ("french", "mark"),
    [
        ("Lire la suite !", "!"),
        ("Lire la suite!", "!"),
        ("Lire la suite\u00a0!", "!"),
        ("« L’été\u202f»", "«"),
        ("«\u202fL’été »", "»"),
        ("Titre : l’essentiel", ":"),
        ("Titre:", ":"),
        ("L'été", "'"),
    ],
)
def test_badly_set_french_is_named(write, tmp_path, french, mark):
    write(f'msgid "Source"\nmsgstr "{french}"\n')

    (fault,) = find_problems(tmp_path)
    assert fault.message.startswith(f"{mark} ")
    assert fault.line == 6


def test_english_is_not_set_like_french(write, tmp_path):
    write('msgid "Read on!"\nmsgstr "Read on!"\n', language="en")

    assert not list(find_problems(tmp_path))


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "Topic"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Topic"\nmsgstr "Thématique"\n', "fuzzy"),
        ('msgid "By %(name)s"\nmsgstr "Par %(nom)s"\n', "placeholders"),
        ('msgid "By {name}"\nmsgstr "Par"\n', "placeholders"),
        ('msgid "%s of %d"\nmsgstr "%d sur %s"\n', "placeholders"),
        ('msgid "%(n)s read"\nmsgstr "%(n)s, soit 9 % de plus"\n', "written twice"),
        ('msgid "{n} read"\nmsgstr "{n} lus}"\n', "written twice"),
        ('msgid "<b>By</b>"\nmsgstr "<b>Par<b>"\n', "tags"),
        ('msgid "By"\nmsgstr "<img src=x onerror=x"\n', "tags"),
        ('msgid "By"\nmsgstr "Par\\" onfocus=\\"x"\n', "quotation marks"),
        (
            'msgid "%(n)s page"\nmsgid_plural "%(n)s pages"\n'
            'msgstr[0] "%(n)s page"\nmsgstr[1] "des pages"\n',
            "placeholders",
        ),
        (
            'msgid "%(n)s page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "%(n)s page"\n',
            "1 plural forms instead of 2",
        ),
    ],
)
def test_incomplete_entry_is_named(write, tmp_path, entry, complaint):
    write(entry)

    assert complaint in " ".join(fault.message for fault in find_problems(tmp_path))


def test_a_single_thing_may_be_spelled_out(write, tmp_path):
    write(
        'msgid "%(n)s page"\nmsgid_plural "%(n)s pages"\n'
        'msgstr[0] "une page"\nmsgstr[1] "%(n)s pages"\n'
    )

    assert not list(find_problems(tmp_path))


def test_compiled_catalogue_speaks(write, tmp_path):
    source = write('msgid "Topic"\nmsgstr "Thématique"\n')

    (compiled,) = compile_catalogues(tmp_path)

    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Topic") == "Thématique"
    assert [path.name for path in source.parent.iterdir() if path != source] == ["django.mo"]


def test_compiled_again_only_when_the_words_change(write, tmp_path):
    source = write('msgid "Topic"\nmsgstr "Thématique"\n')
    compile_catalogues(tmp_path)

    assert compile_catalogues(tmp_path) == []

    compiled = source.with_suffix(".mo")
    later = compiled.stat().st_mtime + 5

    os.utime(source, (later, later))
    assert compile_catalogues(tmp_path) == [compiled]


def test_source_language_translates_as_itself(write):
    path = write(
        'msgid "Topic"\nmsgstr ""\n\n'
        'msgid "%(n)s page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] ""\nmsgstr[1] ""\n',
        language="en",
    )

    tidy_catalogue(path)

    topic, page = polib.pofile(str(path))
    assert topic.msgstr == "Topic"
    assert page.msgstr_plural == {0: "%(n)s page", 1: "%(n)s pages"}


def test_what_the_source_language_says_otherwise_is_kept(write):
    path = write(
        'msgid "Topic"\nmsgstr "Theme"\n\n#, fuzzy\nmsgid "By"\nmsgstr "Bye"\n', language="en"
    )

    tidy_catalogue(path)

    assert [entry.msgstr for entry in polib.pofile(str(path))] == ["Theme", "By"]


def test_tidying_keeps_a_translation(write):
    path = write('msgid "Topic"\nmsgstr "Thématique"\n')

    tidy_catalogue(path)
    first = path.read_text(encoding="utf-8")
    tidy_catalogue(path)

    assert 'msgstr "Thématique"' in first
    assert "POT-Creation-Date" not in first
    assert path.read_text(encoding="utf-8") == first
