"""Translations of site texts by a machine or from a file, before and after they are confirmed."""

import pytest

from diptych.articles.interface_texts.models import UnconfirmedText
from diptych.articles.interface_texts.site_catalogues import catalogues_in
from diptych.articles.interface_texts.unconfirmed import propose
from tests.articles.admin.html import soup, text_of
from tests.articles.interface_texts.conftest import make_translator
from tests.articles.interface_texts.form import FRENCH, LIST, TextsForm, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_of(translator):
    """The key of the text with a source."""
    names = {source: open_form(translator).names(source)[0] for source in ("Share", "Read on")}
    return lambda source: names[source].removeprefix("m_")


@pytest.fixture
def waiting(key_of):
    """A text without words and one that readers see have a translation to be confirmed."""
    (catalogue,) = catalogues_in("fr")
    texts = {key_of("Share"): ["Partager"], key_of("Read on"): ["Continuer"]}
    propose(catalogue, texts, "machine · Babel")


def unconfirmed():
    return sorted(UnconfirmedText.objects.values_list("forms__0", flat=True))


def test_a_text_to_be_confirmed_says_where_it_came_from_and_what_readers_see(translator, waiting):
    form = open_form(translator, msg_filter="unconfirmed")

    assert form.texts("Share") == ["Partager"]
    assert "To be confirmed · machine · Babel. Readers see the source." in text_of(
        form.rows["Share"]
    )
    assert "Readers see: “Lire la suite”" in text_of(form.rows["Read on"])
    assert "Share" in open_form(translator, msg_filter="untranslated").rows
    assert open_form(translator, query="partager").sources == ["Share"]
    assert "To be confirmed 2" in text_of(soup(translator.get(LIST)))


def test_saving_confirms_nothing_that_was_not_ticked(translator, waiting, saved_text):
    form = open_form(translator).type("By %(name)s", "De %(name)s")

    assert form.post(translator).status_code == 302

    assert saved_text("By %(name)s") == "De %(name)s"
    assert (saved_text("Share"), saved_text("Read on")) == ("", "Lire la suite")
    assert unconfirmed() == ["Continuer", "Partager"]


def test_a_ticked_text_and_a_changed_one_are_saved(translator, waiting, saved_text):
    form = open_form(translator).tick("Share").type("Read on", "Poursuivre la lecture")

    assert form.post(translator).status_code == 302

    assert saved_text("Share") == "Partager"
    assert saved_text("Read on") == "Poursuivre la lecture"
    assert unconfirmed() == []


def test_the_text_that_readers_see_can_be_kept(translator, waiting, saved_text):
    open_form(translator).type("Read on", "Lire la suite").post(translator)

    assert saved_text("Read on") == "Lire la suite"
    assert unconfirmed() == ["Partager"]


def test_a_text_is_discarded_and_nothing_else_is_saved(translator, waiting, key_of, saved_text):
    form = open_form(translator).type("By %(name)s", "De %(name)s").tick("Share")

    again = TextsForm(form.post(translator, discard=key_of("Read on")))

    assert unconfirmed() == ["Partager"]
    assert again.texts("Read on") == ["Lire la suite"]
    assert again.texts("By %(name)s") == ["De %(name)s"]
    assert (saved_text("Share"), saved_text("By %(name)s")) == ("", "Par %(name)s")


def test_what_is_wrong_is_refused_when_it_is_confirmed(translator, key_of, saved_text):
    (catalogue,) = catalogues_in("fr")
    propose(catalogue, {key_of("Share"): ["Partager <b>"]}, "fr.po")

    again = TextsForm(open_form(translator).tick("Share").post(translator))

    assert again.reason("Share") == "<b> is not in the source; take it out."
    assert saved_text("Share") == ""
    assert unconfirmed() == ["Partager <b>"]


def test_what_does_not_fit_the_catalogue_any_more_is_not_shown(translator, key_of):
    (catalogue,) = catalogues_in("fr")
    stale = {key_of("Read on"): ["Lire la suite"], key_of("Share"): ["a", "b"], "gone": ["c"]}

    propose(catalogue, stale, "fr.po")

    assert open_form(translator, msg_filter="unconfirmed").sources == []


@pytest.mark.parametrize("key", ["", "x", "9" * 400])
def test_an_unknown_text_discards_nothing(translator, waiting, key):
    assert open_form(translator).post(translator, discard=key).status_code == 302
    assert len(unconfirmed()) == 2


def test_whoever_may_not_edit_the_language_confirms_nothing(client, translator, waiting):
    form = open_form(translator).tick("Share")
    client.force_login(make_translator("en"))

    assert form.post(client, FRENCH).status_code == 403
    assert len(unconfirmed()) == 2
