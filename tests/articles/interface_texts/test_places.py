"""Site texts by the page they stand on, and the tab of the administration."""

from pathlib import Path

import pytest
from django.conf import settings

from diptych.articles.interface_texts.catalogues import catalogue_files, read_catalogue
from diptych.articles.interface_texts.places import ADMINISTRATION, ELSEWHERE, PLACES, places_of
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
    assert headings(response) == ["Front page", "Author", "Elsewhere on the site"]
    assert open_form(translator).sources[:3] == ["Read on", "By %(name)s", "%(count)s page"]
    assert open_form(translator, tab="administration").sources == ["Read <b>now</b>"]


@pytest.mark.django_db
def test_a_text_that_stands_on_several_pages_is_found_on_each(translator, with_files):
    form = open_form(translator, place="article")

    assert form.sources == ["Read on"]
    assert "Stands on: Front page , Article" in text_of(form.rows["Read on"])
    assert open_form(translator, place="front").sources == ["Read on"]
    assert open_form(translator, place="search").sources == []


@pytest.mark.django_db
def test_each_page_is_linked_where_it_is_live_in_the_language(journal, translator, with_files):
    make_article(journal, "Un", "One")

    links = soup(translator.get(FRENCH)).select(".diptych-interface-texts-place a")

    assert [text_of(each) for each in links] == ["See it on the site"]
    assert translator.get(links[0]["href"]).status_code == 200
    assert links[0]["href"].endswith("/fr/")
    (article,) = soup(translator.get(FRENCH, {"place": "article"})).select(
        ".diptych-interface-texts-place a"
    )
    assert "Un" in text_of(soup(translator.get(article["href"])).h1)


@pytest.mark.django_db
def test_search_ignores_accents_and_joins_the_other_filters(translator, with_files):
    assert open_form(translator, query="A LA REDACTION").sources == [
        "A letter\nto the editors",
    ]
    response = translator.get(FRENCH, {"query": "lire"})
    assert tabs(response) == ["What readers see (1)", "Administration (1)"]
    assert open_form(translator, query="lire", place="author").sources == []
    assert open_form(translator, query="verb", msg_filter="untranslated").sources == ["Share"]
    assert open_form(translator, query="verb", msg_filter="translated").sources == []


@pytest.mark.django_db
def test_filters_are_kept_after_saving(translator, with_files):
    address = f"{FRENCH}?tab=readers&place=author&query=par"

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


def test_every_template_of_the_themes_has_its_place():
    unplaced = {
        path
        for entry in read_catalogue(catalogue_files(ROOT / "locale")[0])
        for path, _line in entry.occurrences
        if path.startswith("themes/templates/") and ELSEWHERE in _places_of_file(entry, path)
    }

    assert unplaced == set()


def test_every_place_has_files_of_the_site():
    templates = {
        str(path).rpartition("templates/")[2]
        for folder in ("articles", "themes", "site")
        for path in (ROOT / folder).rglob("templates/**/*.*")
    }
    modules = {
        str(path.relative_to(ROOT))
        for folder in ("articles", "themes")
        for path in (ROOT / folder).rglob("*.py")
    }

    gone = [
        beginning
        for place in (*PLACES, ADMINISTRATION)
        for beginning in place.files
        if beginning != "wagtailadmin/"
        and not any(name.startswith(beginning) for name in templates | modules)
    ]

    assert gone == []


def _places_of_file(entry, path):
    entry.occurrences = [(path, "")]
    return places_of(entry)


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
