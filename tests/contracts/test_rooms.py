"""Each folder of modules says what lives there."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Folders that Django names, and reads without a docstring.
OF_DJANGO = {"migrations", "management", "commands", "templatetags", "formats"}


@pytest.mark.parametrize("source", ["articles", "themes", "site/operations", "site/config"])
def test_each_room_says_what_is_in_it(source):
    rooms = {path.parent for path in (ROOT / source).rglob("*.py")}
    rooms = {room for room in rooms if OF_DJANGO.isdisjoint(room.relative_to(ROOT).parts)}
    silent = [str(room.relative_to(ROOT)) for room in rooms if not docstring_of(room)]
    assert rooms and silent == []


def docstring_of(room):
    path = room / "__init__.py"
    return path.is_file() and ast.get_docstring(ast.parse(path.read_text("utf-8")))
