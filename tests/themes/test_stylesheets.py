"""The one stylesheet of a page: what is in it, how it is sent, files one can read."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from diptych.themes.appearance import Appearance
from diptych.themes.look.registry import get_theme, themes
from diptych.themes.look.stylesheets import COMMON, LAYERS, address_of, common_paths, stylesheet_of
from diptych.themes.look.tokens import source_of

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 300
#: Bytes of a whole stylesheet as it is sent, a tenth of them for the rules of typefaces.
HEAVIEST = 13_000


def linked(html):
    links = BeautifulSoup(html, "lxml").select("link[rel=stylesheet]")
    return [link["href"] for link in links]


def sources():
    return {path: source_of(path) for path in common_paths()}


@pytest.mark.django_db
def test_a_page_links_one_stylesheet_that_leads_to_typefaces_of_the_site_alone(journal, client):
    (address,) = linked(client.get("/fr/").content)
    assert address == address_of(Appearance(get_theme("gazette")))
    text = client.get(address).content.decode()
    assert "@import" not in text
    named = re.findall(r"url\((.*?)\)", text)
    assert named and all(re.fullmatch(r'"/static/[\w/-]+\.woff2"', each) for each in named)


def test_a_page_about_an_error_of_the_server_looks_like_the_others():
    assert linked(render_to_string("500.html")) == [address_of(Appearance(get_theme("gazette")))]


@pytest.mark.django_db
def test_it_is_sent_packed_and_kept_for_good(client):
    for theme in themes():
        address = address_of(Appearance(theme))
        for encoding in ("br", "gzip"):
            response = client.get(address, headers={"accept-encoding": f"{encoding}, deflate"})
            assert response["Content-Encoding"] == encoding
            assert len(response.content) < HEAVIEST
            assert "immutable" in response["Cache-Control"]
            assert "Accept-Encoding" in response["Vary"]
        plain = client.get(address, headers={"accept-encoding": "br;q=0, identity"})
        assert "Content-Encoding" not in plain
        assert plain["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.django_db
def test_an_address_from_before_an_update_is_answered_and_not_kept(client):
    response = client.get("/theme/gazette/0123456789ab.css")
    assert response.status_code == 200
    assert "immutable" not in response["Cache-Control"]
    assert client.get("/theme/taken-away/0123456789ab.css").content == response.content


@pytest.mark.django_db
@pytest.mark.parametrize("colours", ["9b1b30", "9B1B30-own", "red-blue", "9b1b30-f2959c-own"])
def test_no_other_colours_are_taken_from_an_address(client, colours):
    assert client.get(f"/theme/gazette/{colours}/0123456789ab.css").status_code == 404


def test_every_layer_has_its_place():
    used = {
        name for text in sources().values() for name in re.findall(r"^@layer (\w+) {", text, re.M)
    }
    assert used | {"theme", "journal"} == set(LAYERS.split(", "))


def test_every_class_that_is_styled_is_used():
    text = re.sub(r"/\*.*?\*/", "", "".join(sources().values()), flags=re.S)
    styled = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*{)", text))
    files = [
        *ROOT.glob("themes/templates/**/*.html"),
        ROOT / "articles/languages/templates/diptych_languages/draft_notice.html",
        *ROOT.glob("site/operations/templates/*.html"),
        *ROOT.glob("themes/**/*.py"),
        *ROOT.glob("themes/static/diptych/js/*.js"),
    ]
    used = "".join(path.read_text() for path in files)
    assert {name for name in styled if name not in used} == set()


def test_no_stylesheet_is_long():
    long = {path for path, text in sources().items() if text.count("\n") >= LONGEST_FILE}
    assert long == set()


def test_every_stylesheet_is_part_of_it():
    there = {path.stem for path in ROOT.glob("themes/static/diptych/css/**/*.css")}
    assert there == {*COMMON, "host"}


def test_everything_that_the_stylesheets_read_is_declared():
    text = "".join([*sources().values(), *(source_of(theme.stylesheet) for theme in themes())])
    read = set(re.findall(r"var\(\s*(--[\w-]+)\s*[,)]", text))
    declared = set(re.findall(r"(--[\w-]+)\s*:", text))
    assert read - declared == set()


def test_the_same_is_packed_once():
    theme = get_theme("gazette")
    assert stylesheet_of(Appearance(theme)) is stylesheet_of(Appearance(theme))
