"""Only the screens, the panels and the hooks of an application import Wagtail's admin."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADMIN = "wagtail.admin"
ALLOWED_FILES = ("panels.py", "wagtail_hooks.py")


def imported_modules(source):
    """Yield the full name of everything that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_admin(source):
    return any(f"{name}.".startswith(f"{ADMIN}.") for name in imported_modules(source))


@pytest.mark.parametrize("package", ["articles", "themes"])
def test_only_screens_panels_and_hooks_import_wagtail_admin(package):
    modules = [path.relative_to(ROOT) for path in (ROOT / package).rglob("*.py")]
    importers = [path for path in modules if imports_admin((ROOT / path).read_text())]

    assert importers
    assert [
        str(path)
        for path in importers
        if path.name not in ALLOWED_FILES and "admin" not in path.parts[:-1]
    ] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import wagtail.admin", True),
        ("import wagtail.admin.messages as messages", True),
        ("from wagtail import admin", True),
        ("from wagtail.admin import panels", True),
        ("def late():\n    from wagtail.admin.panels import FieldPanel", True),
        ("from wagtail import hooks\nfrom wagtail.administration import x", False),
        ("from . import admin", False),
        ("from diptych.articles.admin import blocks", False),
    ],
)
def test_every_way_of_importing_is_found(source, expected):
    assert imports_admin(source) is expected
