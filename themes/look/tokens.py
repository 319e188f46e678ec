"""The custom properties (design tokens) of a theme, read from its stylesheet."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

try:
    import tinycss2
except ImportError:  # the extra `articles` is missing, which diptych.themes.checks reports
    tinycss2 = None

#: The colour modes of every theme, in the order of the arguments of `light-dark()`.
MODES = ("light", "dark")
#: The static file with the defaults of the properties.
DEFAULTS = "diptych/css/tokens.css"
#: The properties of the backgrounds of text.
GROUNDS = ("--colour-paper", "--colour-surface")

#: The colours of topics, by the names of their properties without ``--topic-``.
TOPIC_COLOURS = ("carmine", "lake", "ochre", "forest", "plum", "brown")

_PAIR = re.compile(r"light-dark\(\s*(.+?)\s*,\s*(.+?)\s*\)\Z", re.S)
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)\s*\)\Z")
_HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}\Z")


def source_of(path):
    """The text of the static file at ``path``, or ``None`` if there is none."""
    found = finders.find(path)
    return _read(found, _version(found)) if found else None


def _version(path):
    """A cache key that changes with the file in debug mode and is constant otherwise."""
    return Path(path).stat().st_mtime_ns if settings.DEBUG else 0


@lru_cache(maxsize=128)
def _read(path, version):
    return Path(path).read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def properties_of(source):
    """The properties declared on ``:root`` outside media queries: values by name."""
    return dict(_properties(tinycss2.parse_stylesheet(source, True, True)))


def _properties(rules):
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword == "layer" and rule.content:
            yield from _properties(tinycss2.parse_rule_list(rule.content, True, True))
        elif rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            yield from _declarations(rule.content).items()


def defaults():
    """The default values of the properties, by name."""
    return properties_of(source_of(DEFAULTS))


def _declarations(content):
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return {
        each.name: tinycss2.serialize(each.value).strip()
        for each in parsed
        if each.type == "declaration"
    }


def colour_value(properties, name, mode):
    """The value of the property ``name`` in ``mode`` as ``#rrggbb``, or ``None``.

    References to other properties are followed.
    """
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
    """The colours of the backgrounds of text in one mode of ``theme``."""
    properties = properties_of(source_of(theme.stylesheet) or "")
    found = (colour_value(properties, name, mode) for name in GROUNDS)
    return [colour for colour in found if colour]
