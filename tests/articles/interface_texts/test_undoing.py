"""Undoing saved changes of site texts."""

import pytest

from diptych.articles.interface_texts.models import TextChange
from tests.articles.admin.html import soup, text_of
from tests.articles.interface_texts.conftest import make_translator
from tests.articles.interface_texts.form import FRENCH, TextsForm, open_form

pytestmark = pytest.mark.django_db


def change(client, source, *texts):
    return open_form(client).type(source, *texts).post(client)


def restore(client, form, source, label="Undo"):
    buttons = form.rows[source].select("button[name=restore]")
    pk = next(button["value"] for button in buttons if text_of(button) == label)
    return form.post(client, restore=pk)


def test_a_saved_change_is_undone(translator, saved_text):
    response = change(translator, "Read on", "Continuer")
    message = soup(translator.get(response.url)).select_one(".messages a")
    assert text_of(message) == "See and undo"
    form = TextsForm(translator.get(message["href"]))
    assert form.sources == ["Read on"]
    assert "by reader" in text_of(form.rows["Read on"])
    assert "Before: “Lire la suite”" in text_of(form.rows["Read on"])

    response = restore(translator, form, "Read on")

    assert response.status_code == 302
    assert saved_text("Read on") == "Lire la suite"


def test_an_undone_change_can_be_made_again(translator, saved_text):
    change(translator, "Read on", "Continuer")
    restore(translator, open_form(translator), "Read on")

    restore(translator, open_form(translator), "Read on")

    assert saved_text("Read on") == "Continuer"


def test_older_texts_are_kept(translator, saved_text):
    change(translator, "Read on", "Continuer")
    change(translator, "Read on", "Poursuivre")
    form = open_form(translator)
    assert "1 former text" in text_of(form.rows["Read on"])

    restore(translator, form, "Read on", "Restore")

    assert saved_text("Read on") == "Lire la suite"


@pytest.mark.parametrize(
    ("source", "typed", "before"),
    [
        ("Share", ["Partager"], ""),
        (
            "%(count)s page",
            ["une page", "%(count)s pages en tout"],
            {0: "%(count)s page", 1: "%(count)s pages"},
        ),
    ],
)
def test_a_text_is_restored_as_it_was(translator, saved_text, source, typed, before):
    change(translator, source, *typed)

    restore(translator, open_form(translator), source)

    assert saved_text(source) == before


def test_a_confirmed_text_is_to_be_checked_again(translator):
    source = "Read <b>now</b>"
    open_form(translator).tick(source).post(translator)
    assert open_form(translator, msg_filter="fuzzy").sources == []

    restore(translator, open_form(translator), source)

    assert open_form(translator, msg_filter="fuzzy").sources == [source]


def test_what_somebody_else_has_written_meanwhile_is_shown_first(translator, saved_text):
    change(translator, "Read on", "Continuer")
    form = open_form(translator)
    change(translator, "Read on", "Poursuivre")

    again = TextsForm(restore(translator, form, "Read on"))

    assert saved_text("Read on") == "Poursuivre"
    assert "to “Poursuivre”" in again.reason("Read on")
    assert again.texts("Read on") == ["Lire la suite"]
    again.post(translator)
    assert saved_text("Read on") == "Lire la suite"


def test_what_else_was_typed_is_kept_and_not_saved(translator, saved_text):
    change(translator, "Read on", "Continuer")
    form = open_form(translator).type("By %(name)s", "De %(name)s")

    again = TextsForm(restore(translator, form, "Read on"))

    assert saved_text("Read on") == "Lire la suite"
    assert saved_text("By %(name)s") == "Par %(name)s"
    assert again.texts("Read on") == ["Lire la suite"]
    assert again.texts("By %(name)s") == ["De %(name)s"]
    again.post(translator)
    assert saved_text("By %(name)s") == "De %(name)s"


def test_a_text_changed_by_a_new_version_is_not_offered_to_undo(translator, locale):
    change(translator, "Read on", "Continuer")
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    text = path.read_text(encoding="utf-8").replace("Continuer", "Poursuivre")
    path.write_text(text, encoding="utf-8")

    row = open_form(translator).rows["Read on"]

    assert [text_of(each) for each in row.select("button")] == ["Restore"]


def test_a_change_of_another_language_is_not_restored(client, locale, saved_text):
    client.force_login(make_translator("fr", "en"))
    change(client, "Read on", "Continuer")
    other = TextChange.objects.create(
        language="en", catalogue=0, key=TextChange.objects.get().key, before=["Stolen"], after=[""]
    )

    for pk in (other.pk, "x", "9" * 40, ""):
        open_form(client).post(client, restore=pk)

    assert saved_text("Read on") == "Continuer"


def test_whoever_may_not_edit_the_language_restores_nothing(client, locale, saved_text):
    client.force_login(make_translator("fr"))
    change(client, "Read on", "Continuer")
    form = open_form(client)
    client.force_login(make_translator("en"))

    response = restore(client, form, "Read on")

    assert response.status_code == 403
    assert saved_text("Read on") == "Continuer"


def test_a_text_that_could_not_be_written_is_no_change(translator, locale, monkeypatch):
    def fail(*arguments):
        raise PermissionError(13, "no")

    monkeypatch.setattr("diptych.articles.interface_texts.saving.write_catalogue", fail)

    change(translator, "Read on", "Continuer")

    assert not TextChange.objects.exists()
    assert open_form(translator, FRENCH, msg_filter="changed").sources == []
