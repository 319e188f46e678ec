"""Site texts by the page they stand on, and the tab of the administration."""

from copy import copy
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import override

from diptych.articles.interface_texts import places, reach
from diptych.articles.interface_texts.catalogues import catalogue_files, read_catalogue
from diptych.articles.interface_texts.places import ELSEWHERE, places_of
from diptych.themes.templatetags import diptych_article
from tests.articles.admin.html import soup, text_of
from tests.articles.interface_texts.conftest import make_translator
from tests.articles.interface_texts.form import FRENCH, open_form
from tests.factories import make_article

ROOT = Path(settings.LOCALE_PATHS[0]).parent
FILES = {
    "Read on": "themes/templates/diptych/components/byline.html "
    "themes/templates/diptych/home_page.html articles/models/panels.py",
    "By %(name)s": "themes/templates/diptych/author_page.html",
    "Read <b>now</b>": "articles/models/panels.py",
    "%(count)s page": "shop/templates/shop/basket.html",
}


@pytest.fixture
def with_files(locale):
    """Let the catalogue say in which files its texts stand."""
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    text = path.read_text(encoding="utf-8")
    for source, files in FILES.items():
        for before in ("#, fuzzy\n", ""):
            entry = f'{before}msgid "{source}"'
            if entry in text:
                text = text.replace(entry, f"#: {files}\n{entry}")
                break
    path.write_text(text, encoding="utf-8")


def headings(response):
    return [text_of(each) for each in soup(response).select(".diptych-interface-texts-place h2")]


def tabs(response):
    return [text_of(each) for each in soup(response).select(".diptych-interface-texts-tabs a")]


@pytest.mark.django_db
def test_what_readers_see_comes_first_by_page(translator, with_files):
    response = translator.get(FRENCH)

    assert tabs(response) == ["What readers see (5)", "Administration (1)"]
    assert headings(response) == ["Article", "Author", "Elsewhere on the site"]
    assert open_form(translator).sources[:3] == ["Read on", "By %(name)s", "%(count)s page"]
    assert open_form(translator, tab="administration").sources == ["Read <b>now</b>"]


@pytest.mark.django_db
def test_a_text_that_stands_on_several_pages_is_found_on_each(translator, with_files):
    form = open_form(translator, place="diptych.articlepage")

    assert form.sources == ["Read on"]
    assert "Stands on: Article , Author , Topic , Front page ," in text_of(form.rows["Read on"])
    assert open_form(translator, place="diptych.homepage").sources == ["Read on"]
    assert open_form(translator, place="newsletter").sources == []


@pytest.mark.django_db
def test_each_page_is_linked_where_it_is_live_in_the_language(journal, translator, with_files):
    make_article(journal, "Un", "One")

    links = soup(translator.get(FRENCH)).select(".diptych-interface-texts-place a")

    assert [text_of(each) for each in links] == ["See it on the site"]
    assert "Un" in text_of(soup(translator.get(links[0]["href"])).h1)
    (front,) = soup(translator.get(FRENCH, {"place": "diptych.homepage"})).select(
        ".diptych-interface-texts-place a"
    )
    assert translator.get(front["href"]).status_code == 200
    assert front["href"].endswith("/fr/")


@pytest.mark.django_db
def test_search_ignores_accents_and_joins_the_other_filters(translator, with_files):
    assert open_form(translator, query="A LA REDACTION").sources == [
        "A letter\nto the editors",
    ]
    response = translator.get(FRENCH, {"query": "lire"})
    assert tabs(response) == ["What readers see (1)", "Administration (1)"]
    assert open_form(translator, query="lire", place="diptych.standardpage").sources == []
    assert open_form(translator, query="verb", msg_filter="untranslated").sources == ["Share"]
    assert open_form(translator, query="verb", msg_filter="translated").sources == []


@pytest.mark.django_db
def test_filters_are_kept_after_saving(translator, with_files):
    address = f"{FRENCH}?tab=readers&place=diptych.authorpage&query=par"

    response = open_form(translator, address).type("By %(name)s", "Écrit par %(name)s")
    response = response.post(translator, address)

    assert response.url == address


@pytest.mark.django_db
def test_the_context_stands_beside_a_text(translator, locale):
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    entry = 'msgctxt "verb"'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(entry, f"#. Translators: on a button\n{entry}"), encoding="utf-8")

    row = open_form(translator).rows["Share"]

    assert "Where it is used: verb on a button" in text_of(row)


#: Texts of the site by the places they stand on, first those that no template has.
STANDING = {
    "Not in %(language)s": "Every page: header, menu and footer",
    "Skip to content": "Every page: header, menu and footer",
    "The journal": "Every page: header, menu and footer",
    "Podcast": "Every page: header, menu and footer, Feeds",
    "See note %(number)s": "Article, Plain page, Feeds",
    "“%(title)s”, %(journal)s, %(date)s, %(url)s": "Article",
    "An article in %(journal)s:": "Article",
    "Year": "Search, Administration",
    "%(number)s suggestion": "Search",
    "Your e-mail address": "Newsletter",
    "%(journal)s: all topics.": "Search engines and shared links",
    "Show it here": "Article, Plain page",
    "%(number)s part": "Series",
    "Latest articles": "Front page",
    "The articles of the archive: %(name)s.": "Archive",
    "Pages found for “{query}”: {number}": "Search",
    "The whole journal": "Feeds",
    "Articles on this device": "Errors and pages that are not there",
    "Read it in %(language)s": "Errors and pages that are not there",
    "There is no room left": "Errors and pages that are not there",
    "Confirm my address": "E-mails",
    "Approved: %(title)s (%(language_name)s)": "E-mails",
    "Import from WordPress": "Administration",
    "No task has failed.": "Administration",
    "Download the catalogue with your changes": "Administration",
    "There is no template “%(name)s”, which DIPTYCH_BASE_TEMPLATE names.": "Administration",
}


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(catalogue_files(ROOT / "locale")[0])


def labels(entry):
    with override("en"):
        return ", ".join(str(place.label) for place in places_of(entry))


@pytest.mark.parametrize(("text", "places"), STANDING.items())
def test_a_text_stands_on_the_pages_that_show_it(catalogue, text, places):
    (entry,) = [each for each in catalogue if each.msgid == text]

    assert labels(entry) == places


def test_every_template_of_the_themes_has_its_place(catalogue):
    unplaced = {
        path
        for entry in catalogue
        for path, _line in entry.occurrences
        if path.startswith("themes/templates/") and ELSEWHERE in _places_of_file(entry, path)
    }

    # The preview of settings, where a language has no page.
    assert unplaced == {"themes/templates/diptych/no_page.html"}


def _places_of_file(entry, path):
    entry = copy(entry)
    entry.occurrences = [(path, "")]
    return places_of(entry)


@pytest.fixture
def forgotten():
    """What pages are made of is found again in this test, and in those after it."""
    _forget()
    yield
    _forget()


def _forget():
    for each in (*vars(places).values(), *vars(reach).values()):
        if hasattr(each, "cache_clear"):
            each.cache_clear()


def test_files_are_moved_and_renamed_without_a_word_here(
    forgotten, tmp_path, settings, monkeypatch
):
    """A project's own template shows another; a module of the site lies in another folder."""
    template = tmp_path / "templates" / "diptych" / "series_page.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% extends 'diptych/base.html' %}{% include 'shop/parts/basket.html' %}")
    (settings_of_engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**settings_of_engine, "DIRS": [tmp_path / "templates"]}]
    series = polib.POEntry(msgid="Buy", occurrences=[("shop/templates/shop/parts/basket.html", "")])
    shared = polib.POEntry(
        msgid="An article in %(journal)s:", occurrences=[("shop/sharing.py", "")]
    )
    moved = tmp_path / "shop" / "sharing.py"
    function = diptych_article._share_values
    code = function.__code__.replace(co_filename=str(moved))
    monkeypatch.setattr(function, "__code__", code)

    assert labels(series) == "Series"
    assert labels(shared) == "Article"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("interface", "tab", "heading"),
    [
        ("en", "What readers see", "Elsewhere on the site"),
        ("fr", "Ce que voient les lecteurs et lectrices", "Ailleurs sur le site"),
    ],
)
def test_tabs_and_pages_are_named_in_the_language_of_the_interface(
    client, with_files, locale, settings, interface, tab, heading
):
    settings.LOCALE_PATHS = [ROOT / "locale"]
    settings.DIPTYCH_INTERFACE_TEXT_FOLDERS = [locale]
    client.force_login(make_translator("fr", interface=interface))

    response = client.get(FRENCH)

    assert tabs(response)[0] == f"{tab} (5)"
    assert headings(response)[-1] == heading
