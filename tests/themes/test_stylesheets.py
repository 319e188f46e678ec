"""What the pages link and what is in it: few requests, no dead rules, files one can read."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from tests.factories import make_journal
from themes.stylesheets import stylesheets

ROOT = Path(__file__).resolve().parents[2]
#: One request each; browsers fetch them side by side.
MOST_REQUESTS = 7
LONGEST_FILE = 400


def linked(html):
    links = BeautifulSoup(html, "html.parser").select("link[rel=stylesheet]")
    return [link["href"].removeprefix("/static/") for link in links]


def sources():
    return {path: Path(finders.find(path)).read_text() for path in stylesheets()}


@pytest.mark.django_db
def test_a_page_links_few_stylesheets_and_they_lead_to_no_others(client):
    make_journal()
    assert linked(client.get("/fr/").content) == stylesheets()
    assert len(stylesheets()) <= MOST_REQUESTS
    assert not [path for path, text in sources().items() if "@import" in text]


def test_a_page_about_an_error_of_the_server_looks_like_the_others():
    assert linked(render_to_string("500.html")) == stylesheets()


def test_the_first_stylesheet_fixes_the_order_of_all_layers():
    first, *others = sources().values()
    order = re.search(r"^@layer ([\w, ]+);", first, re.M)[1].split(", ")
    used = {
        name for text in (first, *others) for name in re.findall(r"^@layer (\w+) {", text, re.M)
    }
    assert used == set(order)


def test_every_class_that_is_styled_is_used():
    text = re.sub(r"/\*.*?\*/", "", "".join(sources().values()), flags=re.S)
    styled = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*{)", text))
    files = [*ROOT.glob("themes/templates/**/*.html"), *ROOT.glob("site/config/templates/*.html")]
    used = "".join(path.read_text() for path in files)
    assert {name for name in styled if name not in used} == set()


def test_no_stylesheet_is_long():
    assert {path for path, text in sources().items() if text.count("\n") >= LONGEST_FILE} == set()


def test_every_stylesheet_is_linked():
    there = {path.name for path in ROOT.glob("themes/static/diptych/css/**/*.css")}
    assert there == {Path(path).name for path in stylesheets()}
