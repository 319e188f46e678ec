"""What the stylesheet of a theme keeps to, so that every page works in every theme.

It sets custom properties on ``:root`` and nothing else, it has all that has no default, it loads
nothing, and its colours can be told apart. ``manage.py check`` says what is wrong with a theme.
"""

import re

import tinycss2

from themes.contrast import ENOUGH, ENOUGH_FOR_LINES, contrast
from themes.tokens import MODES, colour_in, defaults, properties_of, source_of

TOPICS = ("carmine", "brown", "ochre", "forest", "lake", "plum")
COLOURS = (
    "paper",
    "surface",
    "ink",
    "ink-soft",
    "rule",
    "rule-strong",
    "control",
    "accent",
    "mark",
)
#: What a theme has to set; for everything else there is a default.
REQUIRED = (
    "--font-text",
    "--font-headline",
    "--font-label",
    *(f"--colour-{name}" for name in COLOURS),
    *(f"--topic-{name}" for name in TOPICS),
)
#: ``(colour, ground, contrast needed)``; the colours are written so that it can be counted.
PAIRS = (
    ("--colour-ink", "--colour-paper", ENOUGH),
    ("--colour-ink", "--colour-surface", ENOUGH),
    ("--colour-ink", "--colour-mark", ENOUGH),
    ("--colour-ink-soft", "--colour-paper", ENOUGH),
    ("--colour-ink-soft", "--colour-surface", ENOUGH),
    ("--colour-accent", "--colour-paper", ENOUGH),
    ("--colour-accent", "--colour-surface", ENOUGH),
    ("--colour-rule-strong", "--colour-paper", ENOUGH_FOR_LINES),
    ("--colour-control", "--colour-paper", ENOUGH_FOR_LINES),
    ("--foot-ink", "--foot-ground", ENOUGH),
    ("--foot-ink-soft", "--foot-ground", ENOUGH),
    *((f"--topic-{name}", "--colour-paper", ENOUGH) for name in TOPICS),
)
_USED = re.compile(r"var\(\s*(--[\w-]+)")


def faults_of(theme):
    """What is wrong with ``theme``: a list of sentences, empty for a theme that keeps to it."""
    source = source_of(theme.stylesheet)
    if source is None:
        return [f"There is no static file “{theme.stylesheet}”."]
    faults = [*_faults_of_rules(_parsed(source)), *_faults_of_names(source)]
    if "url(" in source or "@import" in source:
        faults.append("It loads something: a theme has to do without.")
    return faults or list(_faults_of_colours({**defaults(), **properties_of(source)}))


def _parsed(source):
    return tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)


def _faults_of_rules(rules):
    """Rules that are no ``:root``, and declarations that are no custom property."""
    for rule in rules:
        prelude = tinycss2.serialize(getattr(rule, "prelude", [])).strip()
        if rule.type == "at-rule" and rule.at_keyword == "media" and rule.content is not None:
            yield from _faults_of_rules(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            )
        elif rule.type != "qualified-rule" or prelude != ":root":
            name = f"@{rule.at_keyword}" if rule.type == "at-rule" else prelude
            yield f"Line {rule.source_line}: “{name}” is no rule for “:root”."
        else:
            yield from _faults_of_declarations(rule.content)


def _faults_of_declarations(content):
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    for each in parsed:
        if each.type != "declaration" or not each.name.startswith("--"):
            name = getattr(each, "name", each.type)
            yield f"Line {each.source_line}: “{name}” is no custom property."


def _faults_of_names(source):
    """What is missing, and what nothing reads: most often a name with a letter wrong."""
    declared = properties_of(source)
    yield from (f"“{name}” is missing." for name in REQUIRED if name not in declared)
    known = {*REQUIRED, *defaults(), *_USED.findall(source)}
    yield from (f"Nothing reads “{name}”." for name in declared if name not in known)


def _faults_of_colours(properties):
    for mode in MODES:
        for name, ground_name, enough in PAIRS:
            colour, ground = (colour_in(properties, each, mode) for each in (name, ground_name))
            if colour is None or ground is None:
                odd = name if colour is None else ground_name
                yield f"“{odd}” is no colour written #rrggbb in {mode} mode."
            elif contrast(colour, ground) < enough:
                found = contrast(colour, ground)
                yield (
                    f"“{name}” on “{ground_name}” has a contrast of {found:.2f} in {mode} mode; "
                    f"{enough} is needed."
                )
