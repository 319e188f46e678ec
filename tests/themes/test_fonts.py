"""The typefaces of themes: served by the site, light, preloaded, and declared by what stands in."""

import gzip
import json
import re
from pathlib import Path

import brotli
import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

from diptych.themes.appearance import Appearance
from diptych.themes.look.fonts import font_files, font_rules
from diptych.themes.look.registry import Theme, get_theme, themes
from diptych.themes.look.stylesheets import stylesheet_of
from diptych.themes.models import AppearanceSettings
from tests.factories import make_article, make_author, make_topic

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "themes/static/diptych/fonts"
#: Bytes of all typefaces of an article, and of what else it needs but pictures.
HEAVIEST_FONTS = 90_000
HEAVIEST_REST = 40_000
#: What every article may have, whatever its language and its author's name.
MARKS = "aZàâæçéèêëîïôœùûüÿÀÉŒÆßñãåøŁłŠšŽžőıİğşčěțș09«»“”‘’…–—′″‹›§°²³×−€\u00a0\u202f"

by_theme = pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)


def faces(theme):
    """The declarations of each ``@font-face`` of ``theme``."""
    for rule in re.findall(r"@font-face \{(.*?)\}", font_rules(theme), re.S):
        yield {
            name.strip(): value.strip()
            for name, _colon, value in (line.partition(":") for line in rule.split(";"))
            if name.strip()
        }


def served(theme):
    """The faces of ``theme`` with files of the site, and the code points of each."""
    for face in faces(theme):
        if address := re.search(r'url\("(.*?)"\)', face["src"]):
            yield address[1], face, set(points(face["unicode-range"]))


def points(ranges):
    for each in ranges.replace("U+", "").split(", "):
        first, _dash, last = each.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def file_of(address):
    return Path(finders.find(address.removeprefix("/static/")))


def basic_files(theme):
    return {address for address, _face, letters in served(theme) if ord("e") in letters}


@by_theme
def test_the_typefaces_of_an_article_are_light(theme):
    files = [file_of(address) for address in basic_files(theme)]
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) <= HEAVIEST_FONTS
    assert all(file.read_bytes()[:4] == b"wOF2" for file in files)


@by_theme
def test_each_letter_is_in_one_file_and_usual_marks_in_the_first(theme):
    by_style = {}
    for address, face, letters in served(theme):
        assert face["font-display"] == "swap"
        style = (face["font-family"], face["font-style"])
        assert not letters & by_style.get(style, set()), address
        by_style[style] = by_style.get(style, set()) | letters
        if ord("e") in letters:
            assert {mark for mark in MARKS if ord(mark) not in letters} == set(), address


@by_theme
def test_a_font_of_the_system_takes_as_much_room_until_then(theme):
    source = stylesheet_of(Appearance(theme)).plain.decode()
    families = {face["font-family"].strip('"') for _address, face, _letters in served(theme)}
    for family in families:
        stand_ins = [
            face for face in faces(theme) if face["font-family"].startswith(f'"{family} as ')
        ]
        assert len({face["font-family"] for face in stand_ins}) == 2
        for face in stand_ins:
            assert face["src"].startswith("local(")
            assert {"size-adjust", "ascent-override", "descent-override"} <= face.keys()
        assert re.search(rf'--font-[a-z]+: "{family}", "{family} as ', source), family


@by_theme
def test_licences_lie_beside_the_files(theme):
    for path in theme.fonts:
        licence = FONTS / f"{Path(path).stem.partition('-')[0]}-OFL.txt"
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()


@pytest.fixture
def collected(settings, tmp_path):
    """Static files have the names that they get where they are collected."""
    names = {
        path.relative_to(ROOT / "themes/static").as_posix()
        for path in (ROOT / "themes/static").rglob("*")
        if path.is_file()
    }
    paths = {name: re.sub(r"(\.\w+)$", r".0123456789ab\1", name) for name in names}
    manifest = {"paths": paths, "version": "1.1", "hash": ""}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }


@pytest.mark.django_db
@by_theme
def test_a_page_preloads_what_its_first_screen_needs_by_the_collected_name(
    journal, client, theme, collected
):
    AppearanceSettings.objects.update_or_create(site=journal.site, defaults={"theme": theme.name})
    page = BeautifulSoup(client.get("/fr/").content, "lxml")
    preloaded = page.select("link[rel=preload]")
    addresses = [each["href"] for each in preloaded]
    assert addresses == [staticfiles_storage.url(path) for path in theme.preload]
    assert all(".0123456789ab.woff2" in address for address in addresses)
    assert all(each["as"] == "font" and each.has_attr("crossorigin") for each in preloaded)
    text = client.get(page.select_one("link[rel=stylesheet]")["href"]).content.decode()
    assert set(addresses) <= set(re.findall(r'url\("(.*?)"\)', text))


@pytest.mark.django_db
@by_theme
def test_an_article_is_light(journal, client, theme):
    AppearanceSettings.objects.update_or_create(site=journal.site, defaults={"theme": theme.name})
    topic, author = make_topic(journal), make_author(journal)
    text = "".join(f"<p>{number} {'Le lac gèle, puis il dégèle. ' * 20}</p>" for number in range(9))
    make_article(
        journal, topics=[topic], authors=[author], body_fr=[{"type": "paragraph", "value": text}]
    )
    html = client.get("/fr/articles/le-lac-gele/").content
    page = BeautifulSoup(html, "lxml")
    weight = len(gzip.compress(html))
    weight += len(brotli.compress(stylesheet_of(Appearance(theme)).plain))
    for script in page.select("script[src]"):
        weight += len(gzip.compress(file_of(script["src"]).read_bytes()))
    weight += file_of(static("diptych/favicon.svg")).stat().st_size
    assert "dégèle" in page.select_one(".prose").text
    assert weight <= HEAVIEST_REST


def test_a_theme_without_typefaces_of_its_own_declares_none():
    bare = Theme("bare", "Bare", get_theme("gazette").stylesheet)
    assert font_rules(bare) == ""
    assert b"@font-face" not in stylesheet_of(Appearance(bare)).plain


def test_files_are_found_beside_the_stylesheet_that_names_them():
    files = font_files("diptych/fonts/sans.css")
    assert files == ["diptych/fonts/sans.woff2", "diptych/fonts/sans-extended.woff2"]
