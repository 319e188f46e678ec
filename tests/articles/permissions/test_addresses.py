"""docs/permissions.md names every address of the admin, and the test of those that change."""

import re
from fnmatch import fnmatch
from pathlib import Path

from django.urls import get_resolver, reverse
from wagtail import VERSION

from tests.articles.permissions.test_whole_pages import ACTS
from tests.articles.permissions.ways import WAYS

ROOT = Path(__file__).resolve().parents[3]
#: What is there in another version of Wagtail only.
OF_ANOTHER_WAGTAIL = re.compile(
    rf"^.+ \(Wagtail (?!{VERSION[0]}\.{VERSION[1]}\))[\d.]+\).*\n", re.MULTILINE
)
ROW = re.compile(r"^\| `([\w:]+)` \| [^|]+ \| `([\w/.]+)::([\w,; -]+)` \|$", re.MULTILINE)
ITEM = re.compile(r"^- `([\w:*-]+)`(?: \(Wagtail [\d.]+\))?$", re.MULTILINE)
PAGE = OF_ANOTHER_WAGTAIL.sub("", (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8"))


def admin_names():
    """The names of all addresses of the admin, with their namespaces."""
    prefix = reverse("wagtailadmin_home").lstrip("/")
    return {
        name for address, name in _walk(get_resolver().url_patterns) if address.startswith(prefix)
    }


def _walk(patterns, address="", namespaces=()):
    for pattern in patterns:
        here = f"{address}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, here, inner)
        elif pattern.name:
            yield here, ":".join((*namespaces, pattern.name))


def test_every_address_is_named():
    changing = {name for name, _path, _tests in ROW.findall(PAGE)}
    others = ITEM.findall(PAGE)
    missing = {
        name for name in admin_names() - changing if not any(fnmatch(name, each) for each in others)
    }
    assert not missing


def test_no_address_is_named_that_is_gone_or_named_twice():
    names = admin_names()
    changing = [name for name, _path, _tests in ROW.findall(PAGE)]
    assert len(changing) > 20
    assert set(changing) <= names
    assert len(set(changing)) == len(changing)
    for each in ITEM.findall(PAGE):
        assert any(fnmatch(name, each) for name in names), each
        assert not any(fnmatch(name, each) for name in changing), each


def test_every_test_that_is_named_is_there():
    rows_of_tables = {way.name for way in WAYS} | ACTS.keys()
    for _name, path, tests in ROW.findall(PAGE):
        source = (ROOT / path).read_text(encoding="utf-8")
        for each in tests.split("; " if "; " in tests else ", "):
            assert each in rows_of_tables or f"def {each}(" in source, f"{path}::{each}"
