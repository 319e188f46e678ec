"""The files of the demo journal as a whole: they fit together, and mistakes are named."""

import re

import pytest

from articles.blocks import BodyBlock
from config.demo import contents
from config.demo.errors import ContentError

FRONT = '+++\nheadline = "A"\nslug = "a-b"\nlead = "L"\ndescription = "D"\n+++\n'
BODY = 7  # the line on which the body starts


def test_journal_is_stored_the_same_way_by_the_blocks():
    """Nothing is added or lost between what is loaded and what an editor saves."""
    journal, block = contents.read_contents(), BodyBlock()
    names = {key: 1 for key in [*journal.images, *journal.articles]}

    for written in [*journal.articles.values(), *journal.pages.values()]:
        for text in written.texts.values():
            data = text.body(written.key, names, names)
            assert block.get_prep_value(block.to_python(data)) == data


def test_both_languages_have_the_same_blocks():
    journal = contents.read_contents()

    for written in [*journal.articles.values(), *journal.pages.values()]:
        names = {**journal.images, **journal.articles}
        ids = [
            [(block["type"], block["id"]) for block in text.body(written.key, names, names)]
            for text in written.texts.values()
        ]
        assert ids[0] == ids[-1], written.key


def test_french_is_set_as_it_is_printed():
    journal = contents.read_contents()
    wrong = re.compile(r"(?<=\w)'(?=\w)|[^\u202f][;!?»](?![^(]*\))|«[^\u202f]|[^\u00a0]:(?=\s)")

    for written in [*journal.articles.values(), *journal.pages.values()]:
        text = written.texts.get("fr")
        if text is None:
            continue
        rows = text.markdown.splitlines()
        prose = [row for row in rows if not row.startswith((":::", "!", "|"))]
        found = [wrong.search(line) for line in [*text.front.values(), *prose]]
        assert not [each.string for each in found if each], text.path


def test_english_uses_no_french_quotation_marks():
    journal = contents.read_contents()

    for written in journal.articles.values():
        text = written.texts.get("en")
        assert text is None or "«" not in text.path.read_text(encoding="utf-8"), text.path


@pytest.fixture
def folder(tmp_path):
    """A small journal that can be spoilt."""
    files = {
        "journal.toml": '[journal]\nlead_article = "a"\n\n[articles.a]\nsource = "fr"\n'
        'published = { fr = 3 }\nhero = "dams"\ntopics = ["t"]\nauthors = [{ name = "lea" }]\n',
        "authors.toml": "[lea]\n",
        "topics.toml": "[t]\n",
        "images.toml": "[dams]\n[portrait-lea]\n",
        "articles/a.fr.md": FRONT + "Words.\n",
        "images/dams.webp": "",
        "images/portrait-lea.webp": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_small_journal_is_fine(folder):
    article = contents.read_contents(folder).articles["a"]

    assert (article.source, article.published, article.drafted) == ("fr", {"fr": 3}, {})


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("journal.toml", '"lea"', '"leo"', "journal.toml:4: [articles.a] nothing is called 'leo'"),
        ("journal.toml", '["t"]', '["x"]', "journal.toml:4: [articles.a] nothing is called 'x'"),
        ("journal.toml", '"dams"', '"dam"', "journal.toml:4: [articles.a] nothing is called 'dam'"),
        ("journal.toml", '"a"', '"b"', "journal.toml:1: [journal] nothing is called 'b'"),
        ("journal.toml", '"fr"', '"en"', "journal.toml:4: [articles.a] nothing is called 'en'"),
        ("journal.toml", "fr = 3", "fr = 0", "journal.toml:4: [articles.a] published is like"),
        ("journal.toml", "fr = 3", "fr = 3, en = 2", "a.en.md:1: there is no such file"),
        ("journal.toml", '[{ name = "lea" }]', '["lea"]', "journal.toml:4: [articles.a] authors"),
        ("journal.toml", "hero =", "hero", "journal.toml:7: "),
        ("journal.toml", 'hero = "dams"', "", "journal.toml:4: [articles.a] hero is missing"),
        ("images.toml", "[dams]", "[unknown]", "images.toml:1: [unknown] there is no file"),
        ("authors.toml", "[lea]", "[lea]\n[leo]", "authors.toml:2: [leo] nothing is called"),
        ("articles/a.fr.md", "Words.", "*Words.", f"a.fr.md:{BODY}: '*' in"),
    ],
)
def test_mistake_in_the_journal_is_named(folder, name, old, new, place):
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError) as raised:
        contents.read_contents(folder)
    assert place in str(raised.value)


@pytest.mark.parametrize("name", ["articles/b.fr.md", "pages/b.fr.md", "images/b.webp"])
def test_file_that_nothing_mentions_is_named(folder, name):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(FRONT + "Words.", encoding="utf-8")

    with pytest.raises(ContentError, match=rf"{path.name}:1: no table says what this is"):
        contents.read_contents(folder)
