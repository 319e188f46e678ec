"""The custom properties of a theme, as its stylesheet declares them."""

import re
from functools import lru_cache
from pathlib import Path

import tinycss2
from django.conf import settings
from django.contrib.staticfiles import finders

#: The two modes of every theme, in the order in which `light-dark()` names them.
MODES = ("light", "dark")
#: The static file that gives every property of a theme its default.
DEFAULTS = "diptych/css/tokens.css"
#: What the accent is read on.
GROUNDS = ("--colour-paper", "--colour-surface")

_PAIR = re.compile(r"light-dark\(\s*(.+?)\s*,\s*(.+?)\s*\)\Z", re.S)
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)\s*\)\Z")
_HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}\Z")


def source_of(path):
    """The text of a static file, or ``None`` where there is none of that name."""
    found = finders.find(path)
    return _read(found, _version(found)) if found else None


def _version(path):
    """What changes with a file while someone is working on it; on a server, nothing does."""
    return Path(path).stat().st_mtime_ns if settings.DEBUG else 0


@lru_cache(maxsize=128)
def _read(path, version):
    return Path(path).read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def properties_of(source):
    """What a stylesheet declares on ``:root`` outside any condition: values by name."""
    return dict(_properties(tinycss2.parse_stylesheet(source, True, True)))


def _properties(rules):
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword == "layer" and rule.content:
            yield from _properties(tinycss2.parse_rule_list(rule.content, True, True))
        elif rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            yield from _declarations(rule.content).items()


def defaults():
    """What holds for the properties that a theme leaves alone."""
    return properties_of(source_of(DEFAULTS))


def _declarations(content):
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return {
        each.name: tinycss2.serialize(each.value).strip()
        for each in parsed
        if each.type == "declaration"
    }


def colour_in(properties, name, mode):
    """The colour that ``name`` stands for in one mode, ``#rrggbb``; ``None`` if it is no such."""
    value = properties.get(name, "")
    for _step in range(10):
        if pair := _PAIR.match(value):
            value = pair[1 + MODES.index(mode)]
        elif reference := _REFERENCE.match(value):
            value = properties.get(reference[1], "")
        else:
            break
    return value.lower() if _HEXADECIMAL.match(value) else None


def grounds_of(theme, mode):
    """The colours that text stands on in one mode of ``theme``."""
    properties = properties_of(source_of(theme.stylesheet) or "")
    found = (colour_in(properties, name, mode) for name in GROUNDS)
    return [colour for colour in found if colour]
