"""Links to a page lead to the language spoken, or else to one it lives in."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from diptych.articles.languages.models import PageLanguage
from tests.articles.languages.editor import PUBLISH, article_form, edit, newest_page
from tests.factories import make_article, make_plain_page, publish_draft

FRENCH = "/fr/articles/elephant-gris/"
ENGLISH = "/en/stories/grey-elephant/"


@pytest.fixture
def page(journal):
    return make_article(journal, "Éléphant gris", "Grey elephant")


@pytest.fixture
def only_french(journal):
    return make_article(journal, "Seul", None, live_in=["fr"])


@pytest.mark.parametrize(("language", "address"), [("fr", FRENCH), ("en", ENGLISH)])
def test_a_link_in_running_text_speaks_the_language_of_the_text(page, language, address):
    with translation.override(language):
        html = expand_db_html(f'<a linktype="page" id="{page.pk}">x</a>')
    assert f'href="{address}"' in html


@pytest.mark.parametrize("number", ["", "x", "\u0663", "9" * 19])
def test_a_link_to_what_is_no_page_leads_nowhere(db, number):
    assert expand_db_html(f'<a linktype="page" id="{number}">x</a>') == "<a>x</a>"


@pytest.mark.parametrize(("language", "address"), [("fr", FRENCH), ("en", ENGLISH)])
def test_a_link_in_a_template_speaks_the_language_of_the_page(page, language, address):
    request = RequestFactory().get("/")
    template = Template("{% load wagtailcore_tags %}{% pageurl page %}")
    with translation.override(language):
        assert template.render(Context({"page": page, "request": request})) == address


def test_a_link_to_a_page_that_lives_elsewhere_leads_there(only_french):
    with translation.override("en"):
        assert only_french.url == "/fr/articles/seul/"


@pytest.mark.parametrize(("language", "address"), [("fr", FRENCH), ("en", ENGLISH)])
def test_a_link_by_somebody_who_knows_nothing_of_languages_arrives(page, reader, language, address):
    with translation.override(language):
        url = Page.objects.get(pk=page.pk).url
    response = reader.get(url, follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == address


def test_the_versions_of_a_page_name_each_other(page, only_french):
    assert page.alternates() == [
        {"lang_code": "fr", "location": f"http://testserver{FRENCH}"},
        {"lang_code": "en", "location": f"http://testserver{ENGLISH}"},
    ]
    assert [each["lang_code"] for each in only_french.alternates()] == ["fr"]
    assert page.default_alternate() == f"http://testserver{FRENCH}"


def test_readers_of_other_languages_are_sent_to_one_that_is_live(journal):
    page = make_article(journal, "Seul", "Alone", live_in=["en"])
    assert page.default_alternate() == "http://testserver/en/stories/alone/"
    draft = make_article(journal, "Brouillon", "Draft", live_in=[])
    assert draft.default_alternate() is None
    assert draft.alternates() == []


def switch(response):
    """What the language switch offers: the address it leads to, or what it says, by language."""
    items = BeautifulSoup(response.content, "lxml").select(".language-switch__item")
    return {item["lang"]: item.get("href") or " ".join(item.text.split()) for item in items}


def test_the_switch_keeps_the_page_where_it_can(page, only_french, reader):
    assert switch(reader.get(ENGLISH))["fr"] == f"/language/fr/?next={quote(FRENCH, safe='')}"
    missing = switch(reader.get(only_french.url_in("fr")))["en"]
    assert missing == only_french.url_in("fr").replace("/fr/", "/en/", 1)
    assert reader.get(missing).status_code == 404


def test_deleting_a_section_deletes_the_rows_of_all_that_is_below_it(journal):
    section = make_plain_page(journal, "Dossier", "File")
    make_plain_page(journal, "Un", "One", parent=section)
    section.refresh_from_db()
    section.delete()
    assert not PageLanguage.objects.filter(url_path__contains="/dossier/").exists()
    assert not PageLanguage.objects.filter(url_path__contains="/file/").exists()


def test_an_alias_that_becomes_a_page_of_its_own_keeps_its_addresses(journal, page, admin):
    alias = page.create_alias(update_slug="double")
    admin.post(f"/admin/pages/{alias.pk}/convert_alias/")
    own = newest_page()
    assert own.alias_of_id is None
    assert own.url_in("fr") == "/fr/articles/double/"
    publish_draft(page, headline_fr="Autre")
    own.refresh_from_db()
    assert own.headline_fr == "Éléphant gris"
    form = article_form("Deux", "Two", PUBLISH, url_slug_fr="double", url_slug_en="twice")
    assert edit(admin, own, form).status_code == 302
    assert newest_page().url_in("en") == "/en/stories/twice/"
