"""Reads the TOML files of the demo, with the line of an error."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from config.demo.errors import ContentError

LANGUAGES = ("fr", "en")
PLACE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Table:
    """One table of a TOML file, with methods that check the type of a value."""

    path: Path
    line: int
    name: str
    values: dict

    def fail(self, message):
        raise ContentError(self.path, self.line, f"[{self.name}] {message}")

    def get(self, name, kind=str, default=None):
        """The value ``name``, of the type ``kind``; required unless there is a ``default``."""
        value = self.values.get(name, default)
        if value is None:
            self.fail(f"{name} is missing")
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            self.fail(f"{name} is no {kind.__name__}")
        return value

    def pair(self, name):
        """The values ``name_fr`` and ``name_en`` by language."""
        return {language: self.get(f"{name}_{language}") for language in LANGUAGES}

    def by_language(self, name):
        """An inline table of days by language, ``{ fr = 12, en = 10 }``; empty if missing."""
        numbers = self.get(name, dict, {})
        for language, days in numbers.items():
            if language not in LANGUAGES or not isinstance(days, int) or days < 1:
                self.fail(f"{name} is like {{ fr = 12, en = 10 }}")
        return dict(numbers)

    def names(self, name, known):
        """The list ``name``, whose items have to be in ``known``."""
        names = self.get(name, list, [])
        return [self.one_of(each, known) for each in names]

    def one_of(self, value, known):
        """``value``, which has to be in ``known``."""
        if value not in known:
            self.fail(f"nothing is called {value!r}")
        return value


def read_tables(path):
    """Every table of the file at ``path`` by its dotted name, in order."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no such file") from None
    tables = parse_toml(text, path)
    lines = {row.strip(): number for number, row in enumerate(text.splitlines(), start=1)}
    return {
        name: Table(path, lines[f"[{name}]"], name, values)
        for name, values in _headed(tables, lines)
    }


def parse_toml(text, path, first_line=1):
    """The values of ``text``, which starts at ``first_line`` of the file at ``path``."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = PLACE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise ContentError(path, first_line + line - 1, str(error)) from None


def below(tables, prefix):
    """The tables named ``prefix.name``, by ``name``."""
    start = f"{prefix}."
    return {
        name.removeprefix(start): table for name, table in tables.items() if name.startswith(start)
    }


def _headed(tables, lines, prefix=""):
    """Yield ``(name, values)`` for each table with a header line of its own."""
    for key, values in tables.items():
        name = f"{prefix}{key}"
        if isinstance(values, dict) and f"[{name}]" in lines:
            yield name, values
        if isinstance(values, dict):
            yield from _headed(values, lines, f"{name}.")
