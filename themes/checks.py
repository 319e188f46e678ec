"""System checks of the registered themes, the extra that reads them and the host's base template.

A theme's stylesheet sets custom properties on ``:root`` and nothing else, sets every property that
has no default, loads no other file, and gives its colours sufficient contrast.
"""

import re

from django.contrib.staticfiles import finders
from django.core.checks import Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateSyntaxError
from django.utils.translation import gettext as _

from diptych.articles.checks import missing_extra
from diptych.themes.look.contrast import ENOUGH, ENOUGH_FOR_LINES, contrast
from diptych.themes.look.fonts import font_files
from diptych.themes.look.host_base import host_base
from diptych.themes.look.registry import themes
from diptych.themes.look.tokens import (
    MODES,
    TOPIC_COLOURS,
    colour_value,
    defaults,
    properties_of,
    source_of,
    tinycss2,
)

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
#: The properties that a theme has to set; all others have defaults.
REQUIRED = (
    "--font-text",
    "--font-headline",
    "--font-label",
    *(f"--colour-{name}" for name in COLOURS),
    *(f"--topic-{name}" for name in TOPIC_COLOURS),
)
#: ``(colour, background, least contrast)``; these colours have to be written as ``#rrggbb``.
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
    *((f"--topic-{name}", "--colour-paper", ENOUGH) for name in TOPIC_COLOURS),
)
_FIXED_LANGUAGE = re.compile(r"<html\b[^>]*\blang=[\"']?[a-zA-Z]")
_USED = re.compile(r"var\(\s*(--[\w-]+)")


def theme_faults(theme):
    """The faults of the stylesheet of ``theme`` as a list of sentences, empty if there are none."""
    source = source_of(theme.stylesheet)
    if source is None:
        return [f"There is no static file “{theme.stylesheet}”."]
    faults = [*_faults_of_rules(_parsed(source)), *_faults_of_names(source)]
    if "url(" in source or "@import" in source:
        faults.append("It loads something: a theme has to do without.")
    faults += _faults_of_fonts(theme)
    return faults or list(_faults_of_colours({**defaults(), **properties_of(source)}))


def _parsed(source):
    return tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)


def _faults_of_rules(rules):
    """Faults for rules other than ``:root`` and declarations other than custom properties."""
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
    """Faults for missing properties and for unknown ones, such as a misspelt name."""
    declared = properties_of(source)
    yield from (f"“{name}” is missing." for name in REQUIRED if name not in declared)
    known = {*REQUIRED, *defaults(), *_USED.findall(source)}
    yield from (f"Nothing reads “{name}”." for name in declared if name not in known)


def _faults_of_fonts(theme):
    """Faults for rules other than ``@font-face``, and for missing files."""
    for path in theme.fonts:
        rules = _parsed(source_of(path) or "")
        if not rules:
            yield f"There is no rule in “{path}”, or no such file."
        elif any(getattr(rule, "at_keyword", "") != "font-face" for rule in rules):
            yield f"“{path}” has rules beside “@font-face”."
    named = {file for path in theme.fonts for file in font_files(path)}
    for file in sorted({*named, *theme.preload}):
        if finders.find(file) is None:
            yield f"There is no static file “{file}”."
        elif file not in named:
            yield f"“{file}” is preloaded, and no rule uses it."


def _faults_of_colours(properties):
    for mode in MODES:
        for name, ground_name, enough in PAIRS:
            colour, ground = (colour_value(properties, each, mode) for each in (name, ground_name))
            if colour is None or ground is None:
                odd = name if colour is None else ground_name
                yield f"“{odd}” is no colour written #rrggbb in {mode} mode."
            elif contrast(colour, ground) < enough:
                found = contrast(colour, ground)
                yield (
                    f"“{name}” on “{ground_name}” has a contrast of {found:.2f} in {mode} mode; "
                    f"{enough} is needed."
                )


def register_checks():
    register(check_tinycss2)
    register(themes_are_complete, "diptych_themes")
    register(base_of_host_takes_pages, "diptych_themes")


def check_tinycss2(app_configs, **kwargs):
    """Report the missing extra of the journal."""
    return missing_extra("diptych.themes", "tinycss2", "articles", "diptych_themes.E002")


def themes_are_complete(app_configs, **kwargs):
    """An error for each theme without a stylesheet, a warning for each fault of one."""
    for theme in themes() if tinycss2 is not None else ():
        if source_of(theme.stylesheet) is None:
            yield Error(
                f"The theme “{theme.name}” has no stylesheet: there is no static file"
                f" “{theme.stylesheet}”.",
                hint="Is the application that brings it in INSTALLED_APPS?",
                id="diptych_themes.E001",
            )
        else:
            for fault in dict.fromkeys(theme_faults(theme)):
                yield Warning(f"The theme “{theme.name}”: {fault}", id="diptych_themes.W001")


def base_of_host_takes_pages(app_configs, **kwargs):
    """Report a ``DIPTYCH_BASE_TEMPLATE`` into which pages cannot be put, or not as they should."""
    try:
        host = host_base()
    except (ImproperlyConfigured, TemplateSyntaxError) as fault:
        return [Error(str(fault), id="diptych_themes.E003")]
    return list(_odd_in_head(host)) if host else []


def _odd_in_head(host):
    """Warnings for metadata that the template of the host repeats for each page."""
    names = {"template": host.template}
    if not host.title and "<title" in host.outline.text_without(host.block, *host.empty):
        yield Warning(
            _("Pages have two titles, as “%(template)s” has one that they do not fill.") % names,
            hint=_(
                "Write <title>{% block title %}…{% endblock %}</title>, or name the block in it"
                " under “title”."
            ),
            id="diptych_themes.W002",
        )
    if re.search(r"rel=.canonical\b", host.outline.text_outside()):
        yield Warning(
            _("Pages have two canonical addresses, as “%(template)s” names one.") % names,
            hint=_("Write it in a block, and name the block under “empty”."),
            id="diptych_themes.W003",
        )
    if _FIXED_LANGUAGE.search(host.outline.text_without(host.block)):
        yield Warning(
            _("“%(template)s” says of pages in all languages that they are in one.") % names,
            hint=_(
                "Write {% get_current_language as LANGUAGE_CODE %} after {% load i18n %}, and"
                ' <html lang="{{ LANGUAGE_CODE }}">.'
            ),
            id="diptych_themes.W004",
        )
