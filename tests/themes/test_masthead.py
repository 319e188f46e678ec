"""The sections at the head of every page, on screens of every width."""

import re

import pytest
import tinycss2
from bs4 import BeautifulSoup
from wagtail.models import Page

from diptych.themes.look.registry import themes
from tests.factories import make_topic

#: What takes an element away from those who look or listen.
HIDING = {"display": "none", "visibility": "hidden", "content-visibility": "hidden"}


def selectors_that_hide(rules):
    """The selectors of what is hidden in ``rules`` at any width, on paper excepted."""
    for rule in rules:
        content = rule.content or [] if hasattr(rule, "content") else []
        if rule.type == "at-rule" and "print" not in tinycss2.serialize(rule.prelude):
            yield from selectors_that_hide(tinycss2.parse_rule_list(content, True, True))
        elif rule.type == "qualified-rule":
            inside = tinycss2.parse_blocks_contents(content, True, True)
            said = {
                each.lower_name: tinycss2.serialize(each.value).strip()
                for each in inside
                if each.type == "declaration"
            }
            if HIDING.items() & said.items():
                yield tinycss2.serialize(rule.prelude)


def hidden_in(page, stylesheet):
    """The elements of ``page`` that ``stylesheet`` hides somewhere."""
    for selector in selectors_that_hide(tinycss2.parse_stylesheet(stylesheet, True, True)):
        # A pseudo-element is no element, and what it adds is not in the page.
        for each in re.split(r",(?![^(]*\))", selector):
            if "::" not in each:
                yield from page.select(each)


@pytest.fixture
def sections(journal, client):
    """The page at whose head every section is to stand, with its navigation."""
    make_topic(journal, "Climat", "Climate")
    Page.objects.filter(depth=journal.home.depth + 1).update(show_in_menus=True)
    page = BeautifulSoup(client.get("/fr/").content, "lxml")
    return page, page.select_one("nav.header__navigation")


def test_every_section_is_named_once_on_every_screen(sections):
    page, navigation = sections
    named = [each.get_text(strip=True) for each in navigation.select("a[href]")]
    assert named == ["Climat", "Articles", "Thématiques", "Auteurs"]
    (search,) = page.select(".header__bar a[rel=search]")
    assert search.get_text(strip=True) == "Recherche"
    assert not navigation.select("[hidden], details, button")


@pytest.mark.parametrize("theme", [theme.name for theme in themes()])
def test_no_stylesheet_hides_a_section_at_any_width(client, sections, theme):
    page, navigation = sections
    stylesheet = client.get(f"/theme/{theme}/0123456789ab.css").content.decode()
    hidden = list(hidden_in(page, stylesheet))
    assert page.select_one(".header__tagline") in hidden
    shown = {id(each) for each in (navigation, *navigation.parents, *navigation.find_all(True))}
    assert [each for each in hidden if id(each) in shown] == []
