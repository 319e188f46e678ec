"""The files and folders that the documents name exist."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from diptych.themes.checks import REQUIRED
from diptych.themes.look.host_base import DEFAULTS
from diptych.themes.look.tokens import defaults

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`((?:articles|themes|site|tests|benchmarks|docs)/[\w./-]+)`")


@pytest.mark.parametrize(
    "name",
    [
        "CONTRIBUTING.md",
        "docs/structure.md",
        "docs/glossary.md",
        "docs/upstream.md",
        "docs/testing.md",
    ],
)
def test_paths_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = PATH.findall(text)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_classes_of_the_glossary_exist():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    source = "".join(path.read_text() for path in (ROOT / "articles").rglob("*.py"))
    classes = set(re.findall(r"`([A-Z]\w+[a-z]\w*)`", text))
    assert len(classes) > 10
    assert {name for name in classes if f"class {name}" not in source} == set()


def test_paths_of_the_glossary_exist():
    engine = ROOT / "articles" / "languages"
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?!articles)[\w/]+(?:\.py|/))`", text)
    assert len(paths) > 15
    assert [path for path in paths if not (engine / path).exists()] == []


def reference(heading):
    """The rows of the table below ``heading`` in the page of templates."""
    text = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    table = text.split("## Reference")[1].split(heading)[1].split("|---|---|\n")[1]
    return table.split("\n\n")[0].splitlines()


def names_in(cell):
    return set(re.findall(r"`([\w./-]+)`", cell))


def test_the_reference_names_all_templates_and_no_others():
    folder = ROOT / "themes/templates/diptych"
    there = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    named = set().union(*(names_in(row.split("|")[1]) for row in reference("Templates, below")))
    assert named == {name for name in there if not name.startswith("admin/")}


def test_the_reference_names_all_blocks_and_no_others():
    folder = ROOT / "themes/templates/diptych"
    bases = [(folder / f"{kind}_base.html").read_text() for kind in ("journal", "host")]
    named = set().union(*(names_in(row.split("|")[1]) for row in reference("Blocks of")))
    assert named == set(re.findall(r"{% block (\w+)", "".join(bases)))


@pytest.mark.parametrize(
    "library", ["diptych_theme", "diptych_article", "diptych_base", "diptych_typography"]
)
def test_the_reference_names_all_tags_and_no_others(library):
    register = import_module(f"diptych.themes.templatetags.{library}").register
    (row,) = [row for row in reference("Tags and filters") if f"`{library}`" in row]
    assert names_in(row.split("|")[2]) == {*register.tags, *register.filters}


def test_the_page_of_themes_names_all_custom_properties_and_no_others():
    table = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8").split("| property |")[1]
    rows = table.split("\n\n")[0].splitlines()[2:]
    named = set().union(*(names_in(row.split("|")[1]) for row in rows))
    assert named == {*REQUIRED, *(name for name in defaults() if name.startswith("--"))}


def test_the_page_of_templates_names_all_keys_of_the_setting():
    text = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    rows = text.split("| key |")[1].split("\n\n")[0].splitlines()[2:]
    assert [names_in(row.split("|")[1]).pop() for row in rows] == ["template", *DEFAULTS]
