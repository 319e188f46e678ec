"""The folder of the demo journal: its texts fit together, and mistakes in it are named."""

import re
import shutil

import pytest
from django.utils import translation

from diptych.articles.blocks import BodyBlock
from diptych.articles.models import HomePage
from diptych.articles.transfer.markdown.folder import Folder
from diptych.articles.transfer.markdown.reading import read_body
from diptych.articles.transfer.markdown.reading_rich_text import Names
from operations.demo import loader
from operations.demo.loader import JOURNAL
from operations.demo.plan import ContentError, read_plan
from tests.tiers import one_row_of

FRENCH = re.compile(r"(?<=\w)'(?=\w)|[^\u202f][;!?»](?![^(]*\))|«[^\u202f]|[^\u00a0]:(?=\s)")
WORDS = ("title", "lead", "meta_description", "description", "introduction", "role", "hero_alt")
LONGEST_DESCRIPTION = 155


class Everything(dict):
    """Any name leads to something."""

    def __contains__(self, name):
        return True

    def __missing__(self, name):
        return 1


@pytest.fixture(scope="module")
def texts():
    """All texts of the folder, by language, of each page that is an article or a plain page."""
    folder = Folder(JOURNAL)
    assert not [text.problem for text in folder.texts if text.problem]
    kinds = {key: {text.values.get("type") for text in group.values()} for key, group in
             folder.groups.items()}  # fmt: skip
    return {key: folder.groups[key] for key in kinds if kinds[key] & {"article", "page"}}


def body_of(key, text):
    names = Everything()
    return read_body(text.body, key, Names(names, names, names), text.line)


def test_journal_is_stored_the_same_way_by_the_blocks(texts):
    """Nothing is added or lost between what is loaded and what an editor saves."""
    block = BodyBlock()

    for key, group in texts.items():
        for text in group.values():
            data = body_of(key, text)
            assert data and block.get_prep_value(block.to_python(data)) == data


def test_both_languages_have_the_same_blocks(texts):
    assert len(texts) == 18
    for key, group in texts.items():
        ids = [
            [(block["type"], block["id"]) for block in body_of(key, text)]
            for text in group.values()
        ]
        assert ids[0] == ids[-1], key


def test_french_is_set_as_it_is_printed():
    french = [text for text in Folder(JOURNAL).texts if text.language == "fr"]

    assert len(french) > 30
    for text in french:
        rows = text.body.splitlines()
        prose = [row.removeprefix(":::") for row in rows if not row.startswith(("!", "|", "{"))]
        said = [text.values[name] for name in WORDS if name in text.values]
        found = [FRENCH.search(line) for line in [*said, *prose]]
        assert not [each.string for each in found if each], text.path


def test_english_uses_no_french_quotation_marks():
    english = [text for text in Folder(JOURNAL).texts if text.language == "en"]

    assert len(english) > 30
    for text in english:
        assert "«" not in text.body + str(text.values), text.path


def test_articles_have_all_that_search_engines_show(texts):
    for group in texts.values():
        for text in group.values():
            said = text.values
            assert said["title"] and said["lead"] and said["meta_description"], text.path
            assert len(said["meta_description"]) <= LONGEST_DESCRIPTION, text.path
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", said["slug"]), text.path


@pytest.fixture
def small(tmp_path, empty_tree):
    """``(folder, plan)`` of a small journal that can be spoilt."""
    folder, plan = tmp_path / "journal", tmp_path / "plan.toml"
    picture = next((JOURNAL / "images").iterdir())
    files = {
        "images.yaml": f"{picture.name}: {{title: A, alt: {{fr: Vu, en: Seen}}}}\n",
        "content/_index.fr.md": "---\ntitle: Accueil\ntype: home\ndate: 2026-01-01\n---\n",
        "content/lea.fr.md": "---\ntitle: Léa\ntype: author\ndate: 2026-01-01\n---\nElle.\n",
        "content/eau.fr.md": "---\ntitle: Eau\ntype: topic\ndate: 2026-01-01\n---\n",
        "content/articles/a.fr.md": (
            "---\ntitle: A\ntype: article\nlead: L\nmeta_description: D\nauthors: [lea]\n"
            f"topics: [eau]\nhero_image: images/{picture.name}\ndate: 2026-01-02\n"
            "lastmod: 2026-01-03\n---\nWords.\n\n::: note A\nMore.\n:::\n"
        ),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    (folder / "images").mkdir()
    shutil.copy(picture, folder / "images")
    plan.write_text(
        "as_of = 2026-02-01\n[articles.a]\nadded = 'note'\n[logins.chief]\ngroup = 'chiefs'\n"
        "given_name = 'A'\nfamily_name = 'B'\nlanguage = 'fr'\n"
        "[logins.editor]\ngroup = 'editors-fr'\n"
        "given_name = 'A'\nfamily_name = 'B'\nlanguage = 'fr'\n"
        "[logins.translator]\ngroup = 'translators-fr-en'\n"
        "given_name = 'A'\nfamily_name = 'B'\nlanguage = 'en'\n[newsletters]\n[work]\n"
    )
    return folder, plan


@pytest.mark.usefixtures("one_size")
@pytest.mark.rare
def test_small_journal_is_fine(small):
    folder, plan = small

    loader.load(read_plan(plan), 8000, folder=folder)

    assert HomePage.objects.get().live


MISTAKES = [
    ("journal/content/articles/a.fr.md", "Words.", "*Words.", "articles/a.fr.md: line 12: "),
    ("journal/content/articles/a.fr.md", "[lea]", "[leo]", "nothing is called “leo”"),
    ("journal/content/articles/a.fr.md", "[eau]", "[feu]", "nothing is called “feu”"),
    ("journal/content/articles/a.fr.md", "title: A", "title: [A", "articles/a.fr.md: "),
    ("journal/content/articles/a.fr.md", "title: A", "title: A\ncolour: red", "fr.md: colour"),
    ("journal/content/articles/a.fr.md", "image: images/", "image: images/x", "is not in the"),
    ("journal/images.yaml", "title: A,", "title: A}\nno.webp: {title: B,", "“images/no.webp”"),
    ("plan.toml", "[work]", "[work.b]", "plan.toml: [work.b] there is no such article"),
    ("plan.toml", "'note'", "'image'", "articles/a.fr.md: plan.toml: [articles.a] its update"),
    ("plan.toml", "'chiefs'", "7", "plan.toml: [logins.chief] group is no str"),
    ("plan.toml", "as_of", "as_off", "plan.toml: [plan] as_of is missing"),
    ("plan.toml", "as_of =", "as_of", "plan.toml: "),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), one_row_of(MISTAKES, "odd"))
@pytest.mark.usefixtures("one_size")
def test_mistake_in_the_journal_is_named(small, name, old, new, says):
    folder, plan = small
    path = folder.parent / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ContentError) as raised, translation.override("en"):
        loader.load(read_plan(plan), 8000, folder=folder)
    assert says in str(raised.value)
    assert not HomePage.objects.exists()
