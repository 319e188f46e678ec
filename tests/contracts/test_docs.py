"""The files and folders that the documents name exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`((?:articles|themes|site|tests|benchmarks|docs)/[\w./-]+)`")


@pytest.mark.parametrize("name", ["structure.md", "glossary.md", "upstream.md", "testing.md"])
def test_paths_exist(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
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
