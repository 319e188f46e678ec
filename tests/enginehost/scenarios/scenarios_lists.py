"""The lists of the admin: what is to be translated, the explorer, reports, search, groups."""

import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

import diptych.articles.languages
from tests.enginehost.scenarios.editing import body, edit, fresh, words
from tests.enginehost.scenarios.people import member

TRANSLATIONS = reverse("diptych_translations:index")


def rows(response):
    """The rows of a list, each as its cells."""
    table = BeautifulSoup(response.content, "lxml").select_one("main table.listing")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in table.select("tbody tr")
    ]


def test_the_worklist_has_every_translation_with_its_state(admin, guide):
    edit(admin, guide, body("de", "Anders backen."))
    listed = [
        [cell for cell in row if cell] for row in rows(admin.get(TRANSLATIONS, {"q": "Brot"}))
    ]
    assert {(name, language): state for name, language, state, *_ in listed} == {
        ("Bread Guide page", "English"): "Out of date",
        ("Brot Guide page", "Brazilian Portuguese"): "Missing",
    }


def test_the_worklist_is_filtered_and_exported(admin, guide):
    assert admin.get(TRANSLATIONS, {"language": "pt-br"}).status_code == 200
    exported = admin.get(TRANSLATIONS, {"export": "csv"})
    text = b"".join(exported.streaming_content).decode()
    assert "Brot" in text


def test_a_translation_is_claimed_and_assigned(admin, guide):
    translator = member("translators-de-pt-br")
    claim = reverse("diptych_translations:claim", args=(guide.pk, "pt-br"))
    assert translator.post(claim).status_code == 302
    agreed = reverse("diptych_translations:assignment", args=(guide.pk, "pt-br"))
    assert translator.user.username in words(admin.get(agreed))
    assert "Brot" in words(translator.get(reverse("wagtailadmin_home")))


def test_several_are_asked_for_at_once(admin, guide):
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "ask_for_translation"))
    answer = admin.get(address, {"id": guide.pk})
    assert answer.status_code == 200
    assert "Brot" in words(answer)


def test_the_explorer_has_a_column_for_each_language(admin, home, guide):
    page = admin.get(reverse("wagtailadmin_explore", args=(home.pk,)))
    headings = BeautifulSoup(page.content, "lxml").select("main table thead th")
    shown = " ".join(" ".join(each.get_text(" ").split()) for each in headings)
    assert "German English Brazilian Portuguese" in shown
    (row,) = rows(page)
    assert any("Brot" in cell for cell in row)


@pytest.mark.parametrize(
    "report",
    [
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:page_types_usage",
    ],
)
def test_the_reports_of_wagtail_answer(admin, guide, report):
    edit(admin, guide, {"headline_en": "Loaf"}, "action-publish-only-en")
    assert admin.get(reverse(report)).status_code == 200


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailusers_groups:index", "wagtailredirects:index"]
)
def test_the_screens_around_answer(admin, guide, name):
    assert admin.get(reverse(name)).status_code == 200


def test_a_page_is_found_by_its_title_in_any_language(admin, guide):
    for word in ("Brot", "Bread"):
        found = admin.get(reverse("wagtailadmin_explore_root"), {"q": word, "p": 1})
        assert "Brot" in words(found)


def test_the_table_of_addresses_is_right(guide, capsys):
    call_command("rebuild_page_languages", verbosity=1)
    call_command("check", databases=["default"])
    assert fresh(guide).address_in("en").endswith("/bread/")


def test_pages_are_deleted_with_all_their_languages(admin, guide, reader):
    assert admin.post(reverse("wagtailadmin_pages:delete", args=(guide.pk,))).status_code == 302
    assert not Page.objects.filter(pk=guide.pk).exists()
    assert reader.get("/de/brot/").status_code == 404


def test_nothing_else_of_the_plugin_is_imported(db):
    for module in walk_packages(diptych.articles.languages.__path__, "diptych.articles.languages."):
        import_module(module.name)
    loaded = {name for name in sys.modules if name.split(".")[0] in ("diptych", "config")}
    own = {name for name in loaded if name.startswith("diptych.articles.languages")}
    assert loaded == {"diptych", "diptych.articles", *own}
