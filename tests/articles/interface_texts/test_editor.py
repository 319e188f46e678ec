"""Searching and editing site texts in the admin."""

import logging

import pytest
from django.db import OperationalError
from django.utils import translation

from diptych.articles.interface_texts.admin.editor import CatalogueEditView
from diptych.articles.interface_texts.catalogues import compile_catalogues
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.interface_texts.conftest import make_translator
from tests.articles.interface_texts.form import ENGLISH, FRENCH, LIST, TextsForm, open_form

pytestmark = pytest.mark.django_db


def test_the_menu_leads_to_the_list(client, locale):
    client.force_login(make_translator("fr"))

    page = client.get("/admin/").content.decode()

    assert f'"url": "{LIST}"' in page
    assert "Site texts" in page


def test_the_list_says_how_far_each_catalogue_is(translator):
    row = soup(translator.get(LIST)).select_one("table tbody tr")

    language, progress = [text_of(cell) for cell in row.select("td")]
    assert language.startswith("French")
    assert language.endswith("locale/fr/LC_MESSAGES/django.po")
    assert progress.startswith("4 of 6 (66%)")
    parts = [text_of(part) for part in row.select(".diptych-interface-texts-states > li")]
    assert parts == [
        "What readers see Without words 1 To be checked 1",
        "Administration Without words 0 To be checked 0",
    ]
    assert row.a["href"] == FRENCH


def test_an_unreadable_catalogue_is_named_and_hides_no_other(translator, locale):
    (locale / "fr" / "LC_MESSAGES" / "django.po").write_text("no catalogue", encoding="utf-8")

    assert "The file cannot be read." in translator.get(LIST).content.decode()
    response = translator.get(FRENCH)
    assert response.status_code == 409
    assert "The catalogue cannot be read" in response.content.decode()


def test_source_and_the_other_language_stand_beside_the_words(translator):
    form = open_form(translator)

    row = form.rows["Read on"]
    assert [text_of(each) for each in row.select(".diptych-interface-texts-text")] == [
        "Read on",
        "Go on reading",
    ]
    assert row.select_one("[lang=en]")
    assert row.textarea["lang"] == "fr"
    assert form.texts("Read on") == ["Lire la suite"]


FILTERS = [
    ({"msg_filter": "untranslated"}, ["Share"]),
    ({"msg_filter": "fuzzy"}, ["Read <b>now</b>"]),
    ({"query": "LIRE"}, ["Read on", "Read <b>now</b>"]),
    ({"query": "go on reading"}, ["Read on"]),
    ({"query": "nothing of the kind"}, []),
]


def test_filters_and_search(translator, subtests):
    for parameters, sources in FILTERS:
        with subtests.test(**parameters):
            assert open_form(translator, **parameters).sources == sources


def test_page_by_page(translator, monkeypatch):
    monkeypatch.setattr(CatalogueEditView, "paginate_by", 2)

    first = open_form(translator)
    second = open_form(translator, p=2)

    assert len(first.sources) == 2
    assert not set(first.sources) & set(second.sources)
    response = first.post(translator, next_page="1")
    assert response.url == f"{FRENCH}?p=2"


def test_what_is_saved_is_read_at_once(translator, saved_text):
    response = open_form(translator).type("Read on", "Continuer").post(translator)

    assert response.status_code == 302
    assert messages(translator.get(response.url)) == ["1 text saved; readers see it now."]
    assert saved_text("Read on") == "Continuer"
    with translation.override("fr"):
        assert translation.gettext("Read on") == "Continuer"


def test_both_plural_forms_are_saved(translator, saved_text):
    texts = ["une seule page", "%(count)s pages en tout"]

    open_form(translator).type("%(count)s page", *texts).post(translator)

    assert saved_text("%(count)s page") == dict(enumerate(texts))


def test_french_is_set_as_it_is_printed(translator, saved_text):
    open_form(translator).type("Read on", "C'est l'heure : lisez « tout » !").post(translator)

    assert saved_text("Read on") == ("C’est l’heure\u00a0: lisez «\u202ftout\u202f»\u202f!")


def test_line_breaks_at_both_ends_are_those_of_the_source(translator, saved_text):
    source = "\nA letter\nto the editors\n"
    form = open_form(translator)

    assert form.texts(source.strip()) == ["\nUne lettre\nà la rédaction\n"]
    form.type(source.strip(), "Un mot\naux éditeurs").post(translator)

    assert saved_text(source) == "\nUn mot\naux éditeurs\n"


def test_old_line_breaks_are_read_as_line_breaks(translator, saved_text):
    source = "\nA letter\nto the editors\n"
    form = open_form(translator)

    again = TextsForm(form.type("Read on", "\r").post(translator))
    assert again.reason("Read on") == "There are no words here. A plural needs all its forms."

    form.type("Read on", "Continuer\r").type(source.strip(), "\rUn mot\raux éditeurs")
    form.post(translator)

    assert saved_text("Read on") == "Continuer"
    assert saved_text(source) == "\nUn mot\naux éditeurs\n"


@pytest.mark.parametrize(
    ("source", "typed", "reason"),
    [
        ("By %(name)s", ["Par %(nom)s"], "%(name)s is missing"),
        ("By %(name)s", ["Par %(nom)s"], "%(nom)s is not in the source"),
        ("By %(name)s", ["Par %(name)s (100 %)"], "Write “%” twice"),
        ("By %(name)s", [""], "There are no words here."),
        ("%(count)s page", ["%(count)s page", "des pages"], "%(count)s is missing"),
        ("%(count)s page", ["%(count)s page", ""], "A plural needs all its forms."),
        ("Read <b>now</b>", ["Lire <b>vite"], "</b> is missing"),
        ("Read on", ["<script>alert(1)</script>"], "<script> </script> is not in the source"),
        ("Read on", ['Lire" onfocus="alert(1)'], "Use typographic quotation marks"),
        ("Read on", ["Lire la suite!"], "“!” needs a space before it"),
        ("Read on", ["Lire\x00la suite"], "cannot be printed"),
    ],
)
def test_what_would_break_a_page_is_refused(translator, saved_text, source, typed, reason):
    before = saved_text(source)

    response = open_form(translator).type(source, *typed).post(translator)

    form = TextsForm(response)
    assert reason in form.reason(source)
    # In HTML, what cannot be printed is read as the sign for an unknown one.
    assert form.texts(source) == [
        text.replace("\x00", "\N{REPLACEMENT CHARACTER}") for text in typed
    ]
    assert saved_text(source) == before


def test_one_refused_text_costs_no_other(translator, saved_text):
    form = open_form(translator).type("Read on", "Continuer").type("By %(name)s", "De")

    response = form.post(translator)

    assert saved_text("Read on") == "Continuer"
    assert saved_text("By %(name)s") == "Par %(name)s"
    again = TextsForm(response)
    assert again.sources == form.sources
    assert again.texts("By %(name)s") == ["De"]
    assert messages(response) == [
        "1 text saved; readers see it now.",
        "1 text was not saved; the reason stands beside it.",
    ]
    again.type("By %(name)s", "De %(name)s").post(translator)
    assert saved_text("By %(name)s") == "De %(name)s"


def test_the_reason_is_in_the_language_of_the_interface(client, locale, translated_admin):
    client.force_login(make_translator("fr", interface="fr"))

    response = open_form(client).type("By %(name)s", "Par").post(client)

    assert "Il manque %(name)s" in TextsForm(response).reason("By %(name)s")


@pytest.fixture
def translated_admin(locale):
    """Let the admin find a French sentence, as the site's own catalogue holds it."""
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    entry = (
        '\nmsgid "%(missing)s is missing; copy it from the source as it is."\n'
        'msgstr "Il manque %(missing)s\u202f; reprenez la source telle quelle."\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    path.with_suffix(".mo").unlink()
    compile_catalogues(locale)


def test_doubtful_words_are_settled_by_typing_or_by_a_tick(translator, locale):
    source = "Read <b>now</b>"
    path = locale / "fr" / "LC_MESSAGES" / "django.po"

    open_form(translator).post(translator)
    assert "fuzzy" in path.read_text(encoding="utf-8")

    open_form(translator).tick(source).post(translator)
    assert "fuzzy" not in path.read_text(encoding="utf-8")
    translator.get(LIST)
    with translation.override("fr"):
        assert translation.gettext(source) == "Lire <b>tout de suite</b>"


def test_a_text_that_the_program_no_longer_has_is_shown(translator, locale):
    form = open_form(translator).type("Read on", "Continuer")
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgid "Read on"', 'msgid "Read more"'),
        encoding="utf-8",
    )

    response = form.post(translator)

    assert "the text that you translated as “Continuer”" in text_of(soup(response))
    assert messages(response) == ["1 text was not saved; the reason stands beside it."]


def test_a_form_made_up_by_hand_does_no_harm(translator, saved_text):
    key = next(name for name in open_form(translator).values if name.startswith("seen_"))[5:]

    for values in (
        {f"seen_{key}": "x"},
        {f"seen_{key}": "x", f"m_{key}_0": "a", f"m_{key}_1": "b"},
        {"seen_nothing": "x", "m_nothing": "a"},
        {},
    ):
        assert translator.post(FRENCH, values).status_code in (200, 302)
    assert saved_text("Read on") == "Lire la suite"


def test_who_changed_what_is_logged(translator, caplog):
    with caplog.at_level(logging.INFO, logger="diptych.articles.interface_texts"):
        open_form(translator).type("Read on", "Continuer").post(translator)

    (record,) = caplog.records
    said = record.getMessage()
    for part in ("reader-", "fr", "'Read on'", "Lire la suite", "Continuer"):
        assert part in said


def test_english_is_edited_too(client, locale, saved_text):
    client.force_login(make_translator("en"))

    open_form(client, ENGLISH).type("By %(name)s", "Written by %(name)s").post(client, ENGLISH)

    assert saved_text("By %(name)s", "en") == "Written by %(name)s"


def test_nothing_is_asked_of_another_site(translator):
    page = soup(translator.get(FRENCH))

    addresses = [each.get("src") or each.get("href") for each in page.select("script, link, img")]
    assert [each for each in addresses if each and each.startswith(("http", "//"))] == []


def test_a_language_of_three_plural_forms_has_three_fields(translator, locale, saved_text):
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "nplurals=2; plural=(n > 1);", "nplurals=3; plural=(n > 2 ? 2 : n > 1);"
        ),
        encoding="utf-8",
    )
    form = open_form(translator)
    labels = [text_of(each) for each in form.rows["%(count)s page"].select("label")]
    texts = ["%(count)s page", "%(count)s pages", "%(count)s tas de pages"]

    assert labels == ["French, form 1", "French, form 2", "French, form 3"]
    form.type("%(count)s page", *texts).post(translator)
    assert saved_text("%(count)s page") == dict(enumerate(texts))


def test_a_plural_posted_without_one_of_its_forms_is_refused(translator, saved_text):
    form = open_form(translator).type("%(count)s page", "%(count)s pages", "")
    form.values.pop(form.names("%(count)s page")[1])

    again = TextsForm(form.post(translator))

    assert again.reason("%(count)s page") == "A plural needs all its forms."
    assert saved_text("%(count)s page") == {0: "%(count)s page", 1: "%(count)s pages"}


@pytest.mark.parametrize(
    "step",
    [
        "diptych.articles.interface_texts.saving.invalidate_tags",
        "diptych.articles.interface_texts.saving.TextChange.objects.record",
    ],
)
def test_words_that_are_saved_are_answered_so_whatever_step_fails(
    translator, saved_text, monkeypatch, step
):
    def fail(*arguments):
        raise OperationalError("server closed the connection")

    form = open_form(translator)
    form.type("Read on", "Continuer")
    monkeypatch.setattr(step, fail)
    assert form.post(translator).status_code == 302
    assert saved_text("Read on") == "Continuer"
