"""What is open when an edit screen opens."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.articles.admin.html import soup
from tests.articles.languages.editor import (
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    article_form,
    create,
    edit,
    errors,
)
from tests.factories import make_article, make_image, make_topic, sign_in
from tests.tiers import one_of, one_row_of


def tab_opened(response):
    """The name of the tab the form comes with, ``None`` when that is left to the browser."""
    page = soup(response)
    opened = page.select_one("form .w-tabs").get("data-w-tabs-active-panel-id-value")
    return page.select_one(f'[role=tab][href="#{opened}"]').contents[0].strip() if opened else None


def edit_screen(client, page):
    return client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))


def test_a_screen_without_errors_opens_where_the_browser_wants(journal, admin):
    assert tab_opened(edit_screen(admin, make_article(journal))) is None


@pytest.mark.parametrize(
    ("faults", "press", "tab"),
    [
        pytest.param({"lead_fr": ""}, PUBLISH_BOTH, "Français", marks=pytest.mark.rare),
        ({"lead_en": ""}, PUBLISH_BOTH, "English"),
        (
            {"body_en": streamfield([("heading", {"text": "x" * 300, "level": "h2"})])},
            None,
            "English",
        ),
        (
            {"authors": [{"author": "", "role_fr": "Texte", "role_en": "", "ORDER": "1"}]},
            None,
            "All",
        ),
        pytest.param({"publication_date": "never"}, None, "All languages", marks=pytest.mark.rare),
        pytest.param({"go_live_at": "never"}, None, "Settings", marks=pytest.mark.rare),
    ],
)
def test_a_refused_form_opens_at_its_first_error(journal, admin, faults, press, tab):
    form = article_form("Titre", "Title", press, **faults)
    response = create(admin, journal.articles, form)
    assert errors(response) or response.context["form"].formsets
    assert tab_opened(response).startswith(tab)


def test_the_settings_of_the_journal_open_at_an_error_too(journal, admin):
    address = reverse("wagtailsettings:edit", args=("diptych", "journalsettings", journal.site.pk))
    links = streamfield([("link", {"label": "Ailleurs", "url": "no address"})])
    form = {"social_links": links, "menu_topics": streamfield([])}
    response = admin.post(address, nested_form_data(form))
    assert tab_opened(response) == "All languages"


TEXTS_OF_PICTURE = [f"hero_{text}_{code}" for code in ("fr", "en") for text in ("alt", "caption")]


def panel_of_picture(response):
    """The innermost section that holds the picture and its texts."""
    holding = "section:has([name=hero_image]):has([name=hero_alt_en])"
    return soup(response).select(holding)[-1]


def test_the_main_picture_stands_above_its_texts_in_every_language(journal, admin):
    page = make_article(journal, live_in=[], hero_image=make_image())
    panel = panel_of_picture(edit_screen(admin, page))
    fields = [each["name"] for each in panel.select("[name^=hero_]")]
    assert fields == ["hero_image", *TEXTS_OF_PICTURE]
    labels = [each.text.strip() for each in panel.select("label[for*=hero_alt]")]
    assert labels == ["Alternative text (Français)", "Alternative text (English)"]
    assert panel.select_one("#id_hero_alt_en")["lang"] == "en"


@pytest.mark.rare
def test_a_publication_without_alternative_text_opens_at_the_picture(journal, admin):
    image = make_image(alt_en="")
    page = make_article(journal, live_in=[])
    form = article_form("Titre", "Title", PUBLISH_ENGLISH, hero_image=image.pk)
    response = edit(admin, page, form)
    assert "hero_alt_en" in errors(response)
    assert panel_of_picture(response).select_one("#id_hero_alt_en")
    assert tab_opened(response) == "All languages"


@pytest.mark.parametrize("interface", one_of(["fr", "en"], "rare"))
@pytest.mark.parametrize(
    "names",
    one_of(
        [
            [("fr", "Français"), ("en", "English")],
            [("fr", gettext_lazy("French")), ("en", gettext_lazy("English"))],
        ],
        "rare",
    ),
    ids=["plain", "translated"],
)
def test_the_list_leads_to_the_tab_of_a_language(journal, client, settings, interface, names):
    settings.LANGUAGES = names
    sign_in(client, language=interface)
    page = make_article(journal, "Titre", "Title", live_in=["fr"])
    response = client.get(reverse("diptych_articles:index"))
    link = soup(response).select_one(f".diptych-state a[href^='/admin/pages/{page.pk}/']")
    address, anchor = link["href"].split("#")
    panel = soup(client.get(address)).find(id=anchor)
    assert panel["role"] == "tabpanel"
    assert panel.find(id="id_headline_en")


@pytest.mark.parametrize(
    ("field", "longest"),
    one_row_of([("headline_fr", 255), ("hero_alt_fr", 255), ("hero_caption_fr", 500)], "rare"),
)
def test_a_text_that_is_too_long_is_said_to_be_and_kept(journal, admin, field, longest):
    article = make_article(journal, "Titre")
    shown = soup(edit_screen(admin, article)).select_one(f"[name={field}]")
    assert not shown.has_attr("maxlength")

    long = "x" * 3000
    answer = edit(admin, article, article_form("Titre", **{field: long}))
    (error,) = errors(answer)[field]
    assert str(longest) in error
    assert "3000" in error
    assert soup(answer).select_one(f"[name={field}]").text.strip() == long
    article.refresh_from_db()
    assert article.latest_revision is None or long not in str(article.latest_revision.content)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Insert a row above"), ("fr", "Supprimer la colonne")],
)
def test_the_menu_of_a_table_speaks_as_the_editor_does(journal, client, language, words):
    """What stands for Handsontable's own language is the one it has."""
    sign_in(client, language=language)
    html = unescape(client.get(f"/admin/pages/{make_article(journal).pk}/edit/").content.decode())
    assert words in html
    assert set(re.findall(r'"language": "([^"]*)"', html)) == {"en-US"}


def test_a_long_body_is_built_by_our_own_script(journal, admin):
    html = unescape(admin.get(f"/admin/pages/{make_article(journal).pk}/edit/").content.decode())

    assert '"_type": "diptych.LongStream"' in html
    assert "diptych_languages/wagtail/long_stream.js" in html


def test_choosers_speak_the_language_of_whoever_reads_them(journal, client):
    page = make_article(journal, topics=[make_topic(journal)])
    others = {"en": "Choisissez une page", "fr": "Choose a page"}
    for language in ("en", "fr", "en"):
        sign_in(client, language=language)
        assert others[language] not in unescape(edit_screen(client, page).content.decode())


def test_the_permission_to_import_is_named_in_french(journal, client):
    sign_in(client, language="fr")
    screen = soup(client.get(reverse("wagtailusers_groups:add")))
    named = [each.get_text(" ", strip=True) for each in screen.select("label")]
    assert "Peut importer des archives" in named
