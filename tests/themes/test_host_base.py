"""The journal's pages within the base template of a host."""

import json
import re

import pytest
import tinycss2
from bs4 import BeautifulSoup
from django.template import Template
from django.utils.translation import override

from diptych.articles.caching import storage
from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.models import SeriesPage
from diptych.themes.appearance import Appearance
from diptych.themes.checks import base_of_host_takes_pages
from diptych.themes.look.host_base import host_base
from diptych.themes.look.registry import themes
from diptych.themes.look.stylesheets import common_paths, stylesheet_of
from diptych.themes.look.tokens import source_of
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_page,
    make_plain_page,
    make_topic,
)
from tests.hostbases import AGENCY, START, TEMPLATES, write_start_template
from tests.kept import statements_of, warm_up
from tests.tiers import one_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal(journal):
    """A journal with a page of every kind."""
    topic, author = make_topic(journal), make_author(journal, "Ada Blanc")
    series = make_page(SeriesPage, journal.home, "Les lacs", "The lakes")
    make_article(journal, topics=[topic], authors=[author], series=series, hero_image=make_image())
    make_article(journal, "En français", None, live_in=("fr",))
    make_plain_page(journal)
    return journal


@pytest.fixture
def in_base(settings, tmp_path, journal):
    """Put the pages into a base template; the folder ``tmp_path`` has templates of the host."""
    write_start_template(tmp_path)

    def put(chosen):
        folders = [tmp_path, TEMPLATES]
        settings.TEMPLATES = [
            {**each, "DIRS": [*folders, *each.get("DIRS", ())]} for each in settings.TEMPLATES
        ]
        settings.DIPTYCH_BASE_TEMPLATE = chosen
        invalidate_tags("theme")

    return put


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "lxml")


PAGES = (
    "/en/",
    "/en/stories/",
    "/en/stories/the-lake-freezes/",
    "/en/topics/",
    "/en/topics/climate/",
    "/en/authors/",
    "/en/authors/ada-blanc/",
    "/en/the-lakes/",
    "/en/about/",
    "/en/search/?q=lake",
)


@pytest.mark.parametrize("chosen", one_of([START, AGENCY], "rare"), ids=["start", "agency"])
def test_every_page_is_within_the_template_of_the_host(client, in_base, chosen):
    in_base(chosen)
    not_in_english = "/en/stories/en-francais/"
    for address in (*PAGES, not_in_english):
        page = read(client, address, 404 if address == not_in_english else 200)
        (content,) = page.select(".diptych")
        assert content.parent.name == ("body" if chosen is START else "main"), address
        assert content["lang"] == "en"
        assert len(page.select("main")) == len(page.select("h1")) == len(page.select("title")) == 1
        assert content.h1.get_text(strip=True)
        assert [each.get_text() for each in content.select(".language-switch a")] == [
            "Français",
            "English",
        ], address
        assert not page.select(
            ".header, .footer, .skip-link, link[rel=icon], link[rel=preload],meta[name=theme-color]"
        )


def test_articles_are_stored_and_the_page_without_a_connection_is_within_it_too(client, in_base):
    in_base(START)
    article = read(client, "/en/stories/the-lake-freezes/")
    assert article.head.select("script[data-worker]")
    assert article.select(".diptych [data-offline-notice]")
    assert read(client, "/en/offline.html").select(".diptych [data-offline-list]")


def test_the_blocks_of_the_host_keep_what_is_in_them(client, in_base):
    """Some are called as ours are: ``header``, ``footer``, ``main``, ``styles``."""
    in_base(AGENCY)
    for address in ("/en/", "/fr/search/"):
        page = read(client, address)
        assert page.select_one(".site-header h2").get_text() == "Agency"
        assert page.select_one(".site-footer h3").get_text() == "Offices"
        hrefs = [each["href"] for each in page.select("head link[rel=stylesheet]")]
        assert hrefs[0] == "/static/hostbases/agency.css"
        assert len(hrefs) == 2
        assert page.html["lang"] == address[1:3]


@pytest.mark.parametrize("chosen", [START, AGENCY], ids=["start", "agency"])
def test_the_head_is_that_of_our_own_base(client, in_base, settings, chosen):
    address = "/fr/articles/le-lac-gele/"
    own = read(client, address).head
    in_base(chosen)
    hosted = read(client, address).head
    assert hosted.title.get_text().strip() == own.title.get_text()
    wanted = "meta[property], meta[name^=twitter], link[rel=canonical], link[rel=alternate], script"
    (choice,) = own.select("script[src$='/mode.js']")
    assert [str(each) for each in hosted.select(wanted)] == [
        str(each) for each in own.select(wanted) if each is not choice
    ]
    assert json.loads(hosted.select_one("script[type='application/ld+json']").string)
    assert len(hosted.select("meta[name=description]")) == 1


def test_the_search_leads_to_itself_in_the_other_language(client, in_base):
    in_base(AGENCY)
    link = read(client, "/en/search/?q=lake").select_one(".language-switch a[hreflang=fr]")
    assert link["href"] == "/language/fr/?next=%2Ffr%2Fsearch%2F%3Fq%3Dlake"


def test_a_host_that_has_a_language_switch_does_without_ours(client, in_base):
    in_base({**AGENCY, "language_switch": False})
    assert not read(client, "/en/").select(".language-switch")


def test_blocks_that_are_to_be_empty_are(client, in_base, tmp_path):
    (tmp_path / "base.html").write_text(
        "<title>{% block title %}{% endblock %}{% block suffix %} | Agency{% endblock %}</title>"
        "{% block head %}<b>kept</b>{% endblock %}{% block content %}{% endblock %}"
    )
    in_base({"template": "base.html", "empty": ["suffix", "another"]})
    html = client.get("/en/about/").content.decode()
    assert "| Agency" not in html
    assert "<b>kept</b>" in html


@pytest.mark.parametrize(
    "title",
    [
        "<title>{% block title %}Agency{% endblock %}</title>",
        "<title>{% if page %}{% block title %}Agency{% endblock %} | Agency{% endif %}</title>",
        "{% block title %}<title>Agency</title>{% endblock %}",
    ],
)
def test_a_page_has_one_title_where_it_is_in_the_block_for_the_head(
    client, in_base, tmp_path, title
):
    (tmp_path / "base.html").write_text(
        f"<head>{{% block head %}}<meta>{title}<b></b>{{% endblock %}}</head>"
        "{% block content %}{% endblock %}"
    )
    in_base({"template": "base.html"})
    assert base_of_host_takes_pages(None) == []
    found = re.findall("<title>(.*?)</title>", client.get("/en/about/").text, re.S)
    assert [each.split(" ")[0] for each in found] == ["About"]


@pytest.mark.parametrize(
    "source, element",
    [
        ("{% block content %}<main></main>{% endblock %}", "main"),
        ("<main>{% block content %}{% endblock %}</main>", "div"),
        ('<div role="main">{% block content %}{% endblock %}</div>', "div"),
        ("{% include 'over.html' %}{% block content %}{% endblock %}", "div"),
    ],
)
def test_a_page_is_the_main_part_unless_the_host_has_one(settings, tmp_path, source, element):
    (tmp_path / "base.html").write_text(base(source))
    (tmp_path / "over.html").write_text("<main></main>")
    settings.TEMPLATES = [{**each, "DIRS": [tmp_path]} for each in settings.TEMPLATES]
    settings.DIPTYCH_BASE_TEMPLATE = {"template": "base.html"}
    assert host_base().element == element


def test_a_template_is_overridden_by_its_path(client, in_base, tmp_path):
    folder = tmp_path / "diptych/components"
    folder.mkdir(parents=True)
    (folder / "byline.html").write_text("<p>by {{ article.byline.0.author.headline }}</p>")
    (tmp_path / "diptych/topic_page.html").write_text(
        '{% extends "diptych/topic_page.html" %}'
        "{% block main %}<i>Ours</i>{{ block.super }}{% endblock %}"
    )
    in_base(AGENCY)
    assert "by Ada Blanc" in read(client, "/en/stories/the-lake-freezes/").get_text()
    content = read(client, "/en/topics/climate/").select_one(".diptych")
    assert content.i.get_text() == "Ours"
    assert content.h1


def test_it_costs_no_query_and_compiles_no_template_again(client, in_base, monkeypatch):
    compiled = []
    compile_nodes = Template.compile_nodelist
    monkeypatch.setattr(
        Template, "compile_nodelist", lambda self: compiled.append(self) or compile_nodes(self)
    )

    def cost(address):
        def ask():
            assert client.get(address).status_code == 200

        warm_up(ask)
        compiled.clear()
        return len(statements_of(ask)), len(compiled)

    addresses = ("/en/", "/en/stories/the-lake-freezes/")
    own = [cost(address) for address in addresses]
    in_base(START)
    assert [cost(address) for address in addresses] == own
    assert [compilations for _queries, compilations in own] == [0, 0]


def test_the_stylesheet_concerns_our_element_alone(in_base):
    """Each rule of it begins with the element, or is nested in one that does."""
    in_base(AGENCY)
    for theme in themes():
        text = stylesheet_of(Appearance(theme, ("#112233", "#ddeeff"))).plain.decode()
        assert "#112233" in text
        assert ":root" not in text
        selectors = set(outermost_selectors(tinycss2.parse_stylesheet(text, True, True)))
        assert all(re.match(r"(#diptych)?\.diptych\b", each) for each in selectors), selectors
        assert ".diptych" in selectors


def outermost_selectors(rules):
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword == "font-face":
            continue
        if rule.type == "at-rule":
            content = tinycss2.parse_rule_list(rule.content or [], True, True)
            yield from outermost_selectors(content)
        else:
            yield from (each.strip() for each in tinycss2.serialize(rule.prelude).split(","))


def test_every_file_is_nested_as_a_whole():
    """What is written at the begin of a line is a layer, and nothing stands before or behind it."""
    for path in common_paths():
        rest = re.sub(r"/\*.*?\*/", "", source_of(path), flags=re.S)
        assert not re.sub(r"^@layer \w+ \{$.*?^\}$", "", rest, flags=re.M | re.S).strip(), path


def test_pages_that_are_kept_are_those_of_one_base(settings, tmp_path):
    found = set()
    for chosen, source in ((None, "1"), (AGENCY, "1"), (AGENCY, "2")):
        (tmp_path / "base.html").write_text(source)
        settings.TEMPLATES = [{**each, "DIRS": [tmp_path]} for each in settings.TEMPLATES]
        settings.DIPTYCH_BASE_TEMPLATE = chosen
        found.add(storage.namespace.__wrapped__())
    assert len(found) == 3


def base(block="{% block content %}{% endblock %}", head="{% block extra_head %}{% endblock %}"):
    return f"<html><head>{head}</head><body>{block}</body></html>"


TITLE = "<title>{% block title %}{% endblock %}</title>"
FAULTS = {
    "no_template": (None, {"template": "absent.html"}, "There is no template “absent.html”"),
    "no_block": (base("{{ body }}"), {"template": "base.html"}, "no block “content”"),
    "hidden_block": (
        '{% extends "over.html" %}{% block content %}{% endblock %}',
        {"template": "base.html"},
        "no block “content”",
    ),
    "no_head": (base(head=TITLE), {"template": "base.html"}, "no block in its head"),
    "no_such_head": (base(), {"template": "base.html", "head": "css"}, "no block “css”"),
    "syntax": (base("{% block content %}"), {"template": "base.html"}, "Unclosed tag"),
    "no_dictionary": (base(), ["base.html"], "DIPTYCH_BASE_TEMPLATE is no dictionary"),
    "string": (base(), "base.html", "DIPTYCH_BASE_TEMPLATE is no dictionary"),
    "no_name": (base(), {"block": "content"}, "DIPTYCH_BASE_TEMPLATE is no dictionary"),
    "unknown_key": (base(), {"template": "base.html", "blok": "x"}, "no dictionary"),
    "odd_block": (base(), {"template": "base.html", "block": "a b"}, "names of blocks"),
    "odd_list": (base(), {"template": "base.html", "empty": "title"}, "names of blocks"),
    "none": (base(), {"template": "base.html", "block": None}, "names of blocks"),
    "two_titles": (
        base(head="<title>A</title>{% block extra_head %}{% endblock %}"),
        {"template": "base.html"},
        "two titles",
    ),
    "title_of_the_body": (
        base(
            "<h1>{% block title %}{% endblock %}</h1>{% block content %}{% endblock %}",
            "<title>{% block name %}{% endblock %}</title>{% block extra_head %}{% endblock %}",
        ),
        {"template": "base.html"},
        "two titles",
    ),
    "title_of_the_head": (
        base(head="{% block head %}<title>{% block name %}A{% endblock %}</title>{% endblock %}"),
        {"template": "base.html"},
        "two titles",
    ),
    "two_canonicals": (
        base(head="<link rel='canonical' href='/'>{% block extra_head %}{% endblock %}"),
        {"template": "base.html"},
        "two canonical addresses",
    ),
    "one_language": (
        base().replace("<html", '<html class="js" lang="en"'),
        {"template": "base.html"},
        "says of pages in all languages",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_base_that_does_not_fit_is_reported(settings, tmp_path, name):
    source, chosen, message = FAULTS[name]
    (tmp_path / "over.html").write_text("{% block extra_head %}{% endblock %}")
    if source is not None:
        (tmp_path / "base.html").write_text(source)
    settings.TEMPLATES = [{**each, "DIRS": [tmp_path]} for each in settings.TEMPLATES]
    settings.DIPTYCH_BASE_TEMPLATE = chosen
    with override("en"):
        (found,) = base_of_host_takes_pages(None)
    assert message in found.msg
    odd = ("two_titles", "title_of_the_body", "title_of_the_head", "two_canonicals", "one_language")
    assert found.is_serious() == (name not in odd)


@pytest.mark.parametrize(
    "source",
    [
        base(head=TITLE + "{% block extra_css %}{% endblock %}"),
        base(head="{% block head %}" + TITLE + "{% endblock %}"),
        base().replace("<html", '<html lang="{{ LANGUAGE_CODE }}"'),
        '{% extends "over.html" %}{% block body %}{% block content %}{% endblock %}{% endblock %}',
        '{% extends "over.html" %}{% block body %}{{ block.super }}{% endblock %}',
        base("{% if user %}{% block content %}{% endblock %}{% endif %}"),
    ],
)
def test_a_base_that_fits_is_not(settings, tmp_path, source):
    within = "{% block body %}{% block content %}{% endblock %}{% endblock %}"
    (tmp_path / "over.html").write_text(base(within))
    (tmp_path / "base.html").write_text(source)
    settings.TEMPLATES = [{**each, "DIRS": [tmp_path]} for each in settings.TEMPLATES]
    settings.DIPTYCH_BASE_TEMPLATE = {"template": "base.html"}
    assert base_of_host_takes_pages(None) == []


def test_what_wagtail_start_makes_needs_a_language_of_its_pages(in_base):
    in_base(START)
    assert [each.id for each in base_of_host_takes_pages(None)] == ["diptych_themes.W004"]
