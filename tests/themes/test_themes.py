"""Themes: a stylesheet of custom properties and an entry, by whomever, and no template changed."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from diptych.themes.appearance import Appearance
from diptych.themes.checks import theme_faults
from diptych.themes.look import registry
from diptych.themes.look.registry import Theme, register_theme, themes
from diptych.themes.look.stylesheets import address_of
from diptych.themes.look.tokens import source_of
from diptych.themes.models import AppearanceSettings
from tests.factories import make_article, make_topic
from tests.programs import run_python

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def more_themes(monkeypatch):
    """A registry to add to; afterwards it is what it was."""
    monkeypatch.setattr(registry, "_themes", dict(registry._themes))


@pytest.fixture
def make_theme(tmp_path, settings):
    """Write a stylesheet and return a theme of it."""
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "tried").mkdir()

    def make_theme(source, name="tried"):
        number = len(list((tmp_path / "tried").iterdir()))
        path = f"tried/theme-{number}.css"
        (tmp_path / path).write_text(source)
        return Theme(name, name.title(), path)

    return make_theme


def gazette():
    return source_of(registry.get_theme("gazette").stylesheet)


def test_our_own_themes_keep_to_the_contract():
    assert {theme.name: theme_faults(theme) for theme in themes()} == {"gazette": [], "revue": []}


def test_what_a_theme_gets_wrong_is_named(make_theme):
    cases = {
        ".card { color: red; }": "“.card” is no rule for “:root”",
        "@font-face { font-family: x; }": "“@font-face” is no rule for “:root”",
        "@media (width > 9em) { body { --a: 1; } }": "“body” is no rule for “:root”",
        ":root { color: red; }": "“color” is no custom property",
        ":root { --band: url(band.svg); }": "It loads something",
        ":root { --colour-papier: #ffffff; }": "Nothing reads “--colour-papier”",
    }
    for added, said in cases.items():
        theme = make_theme(gazette() + added)
        assert any(said in fault for fault in theme_faults(theme)), added
    without = make_theme(re.sub(r"--colour-mark:.*", "", gazette()))
    assert theme_faults(without) == ["“--colour-mark” is missing."]
    pale = make_theme(gazette() + ":root { --colour-ink-soft: light-dark(#bbbbbb, #b5a799); }")
    assert all("light mode" in fault for fault in theme_faults(pale))
    assert len(theme_faults(pale)) == 3
    named = make_theme(gazette() + ":root { --colour-ink: black; }")
    assert "no colour written #rrggbb" in theme_faults(named)[0]
    wide = make_theme(gazette() + "@media (width > 60em) { :root { --text-size: 2rem; } }")
    assert theme_faults(wide) == []


def test_typefaces_of_a_theme_are_looked_at(make_theme, tmp_path):
    files = {
        "good.css": '@font-face { font-family: "x"; src: url("sub/x.woff2"); }',
        "more.css": '@font-face { src: url("sub/x.woff2"); } body { color: red; }',
        "lost.css": '@font-face { src: url("sub/y.woff2"); }',
        "sub/x.woff2": "wOF2",
        "sub/z.woff2": "wOF2",
    }
    (tmp_path / "sub").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    theme = make_theme(gazette())
    cases = {
        (("good.css",), ("sub/x.woff2",)): [],
        (("none.css",), ()): ["There is no rule in “none.css”, or no such file."],
        (("more.css",), ()): ["“more.css” has rules beside “@font-face”."],
        (("lost.css",), ()): ["There is no static file “sub/y.woff2”."],
        (("good.css",), ("sub/z.woff2",)): ["“sub/z.woff2” is preloaded, and no rule uses it."],
    }
    for (fonts, preload), faults in cases.items():
        assert theme_faults(replace(theme, fonts=fonts, preload=preload)) == faults


def test_the_system_check_looks_at_every_theme(make_theme, more_themes):
    assert run_checks(tags=["diptych_themes"]) == []
    register_theme(make_theme(":root { color: red; }", "poor"))
    register_theme(Theme("lost", "Lost", "lost/theme.css"))
    found = run_checks(tags=["diptych_themes"])
    assert {message.id for message in found} == {"diptych_themes.E001", "diptych_themes.W001"}


def test_a_name_that_fits_no_address_or_is_taken_is_refused(more_themes):
    for name in ("Night Shift", "", "night_shift", "x" * 51):
        with pytest.raises(ImproperlyConfigured):
            Theme(name, "Night shift", "night.css")
    with pytest.raises(ImproperlyConfigured):
        register_theme(Theme("gazette", "Gazette", "mine/gazette.css"))


def test_the_documented_theme_is_one(make_theme):
    (source,) = re.findall(r"```css\n(.*?)```", (ROOT / "docs/themes.md").read_text(), re.S)
    assert theme_faults(make_theme(source)) == []


def test_the_documentation_names_every_property(make_theme):
    table = (ROOT / "docs/themes.md").read_text().partition("### What a theme can set")[2]
    declared = set(re.findall(r"^\s+(--[\w-]+):", source_of("diptych/css/tokens.css"), re.M))
    made = {"--topic-colour", "--colour-accent-strong", "--colour-on-accent", "--target"}
    ranges = {f"--{name}-{number}" for name in ("size", "space") for number in range(1, 7)}
    assert {name for name in declared - made - ranges if f"`{name}`" not in table} == set()


@pytest.mark.django_db
def test_a_theme_changes_nothing_of_a_page_but_what_stands_in_its_head(journal, client):
    """Its stylesheet, its typefaces, and the colour that browsers paint around a page."""
    topic = make_topic(journal)
    make_article(journal, topics=[topic])
    make_article(journal, "Le pont", "The bridge", topics=[topic])
    shown = {"/fr/": set(), "/en/stories/the-bridge/": set(), "/en/topics/climate/": set()}
    for theme in themes():
        AppearanceSettings.objects.update_or_create(
            site=journal.site, defaults={"theme": theme.name}
        )
        sheet = address_of(Appearance(theme))
        for address, versions in shown.items():
            html = client.get(address).content.decode()
            assert html.count(sheet) == 1
            named = r'<meta name="theme-color"[^>]*>|<link rel="preload"[^>]*as="font"[^>]*>'
            html = re.sub(named, "", html.replace(sheet, "…"))
            versions.add(re.sub(r"\n\s*(?=\n)", "", html))
    assert [len(versions) for versions in shown.values()] == [1, 1, 1]


@pytest.mark.hosts
def test_a_project_brings_a_theme_of_its_own():
    """In a process of its own, whose settings are the host's."""
    program = (
        "import django; django.setup(); "
        "from django.core.checks import run_checks; "
        "from diptych.themes.models import AppearanceSettings; "
        "field = AppearanceSettings._meta.get_field('theme'); "
        "print(run_checks(tags=['diptych_themes']), dict(field.flatchoices)['night-shift'])"
    )
    done = run_python("-c", program, settings="hostproject.settings", folders=["tests/hostproject"])
    assert done.stdout.strip() == "[] Night shift", done.stderr
