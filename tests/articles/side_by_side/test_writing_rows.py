"""Who translates the rows below a page, and how they say that a translation stands."""

import pytest
from django.urls import reverse

from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.rows import WHOLE, byline, in_editor, key_at, roles
from tests.articles.side_by_side.screen import (
    address,
    form_of,
    look,
    make_member,
    mark,
    row_of,
    save,
    translated,
)
from tests.factories import write_draft

pytestmark = pytest.mark.rare


def test_still_valid_for_the_draft_and_in_the_history(article, translator):
    in_editor(article, {"authors-0-role_fr": "Textes"})
    key = key_at(look(translator, article), "authors-0-role_en")
    mark(translator, article, "diptych-confirm", key)
    assert look(translator, article).summary == WHOLE
    history = translator.get(f"/admin/pages/{article.pk}/history/").content.decode()
    assert "“Texte” became “Textes”" in history
    in_editor(article, {"authors-0-role_fr": "Récit"})
    assert roles(look(translator, article))["authors-0-role_en"] == "outdated"


def test_left_empty_on_purpose(article, translator):
    in_editor(article, {"authors-0-role_en": ""})
    mark(
        translator,
        article,
        "diptych-confirm",
        key_at(look(translator, article), "authors-0-role_en"),
    )
    assert look(translator, article).summary == WHOLE
    in_editor(article, {"authors-0-ORDER": "2", "authors-1-ORDER": "1"})
    assert look(translator, article).summary == WHOLE


def test_a_role_emptied_in_the_source_can_be_kept(article, translator):
    in_editor(article, {"authors-1-role_fr": ""})
    screen = look(translator, article)
    assert roles(screen)["authors-1-role_en"] == "gone"
    assert screen.buttons(key_at(screen, "authors-1-role_en")) == ["Keep it"]
    mark(translator, article, "diptych-keep", key_at(screen, "authors-1-role_en"))
    assert roles(look(translator, article))["authors-1-role_en"] == "own"
    assert row_of(article).progress == "up_to_date"


def test_a_minor_edit_is_called_so_by_the_name_of_the_author(article, translator):
    in_editor(article, {"authors-0-role_fr": "Textes"})
    changes = reverse("diptych_changes", args=(article.pk,))
    assert "Role: Léa Rochat" in translator.get(changes).content.decode()
    key = key_at(look(translator, article), "authors-0-role_en")
    translator.post(changes, {"unit": [key]})
    assert look(translator, article).summary == WHOLE


def test_who_may_write_nothing_but_the_translation(journal, article, client):
    in_editor(article, {"authors-0-role_fr": "Texte et photos"})
    client.force_login(make_member(journal, "edit_en"))
    screen = look(client, article)
    number = draft_of(article).authors.all()[0].pk
    field = f"authors-{number}-role_en"
    assert roles(screen)[field] == "outdated"
    assert len(screen.soup.select(f'[name="{field}"]')) == 1
    form = form_of(client, article, **{field: "Text and pictures"})
    assert save(client, article, form).status_code == 302
    assert set(roles(look(client, article)).values()) == {"translated"}


def test_a_new_row_can_be_translated_by_who_may_do_nothing_else(journal, people, client):
    article = translated(journal)
    write_draft(article, authors=byline(people, ("Texte", ""), ("Photos", "")))
    client.force_login(make_member(journal, "edit_en"))
    fields = list(roles(look(client, article)))
    form = form_of(client, article, **dict(zip(fields, ("Text", "Pictures"), strict=True)))
    assert save(client, article, form).status_code == 302
    said = [(row.role_fr, row.role_en) for row in draft_of(article).authors.all()]
    assert said == [("Texte", "Text"), ("Photos", "Pictures")]
    assert set(roles(look(client, article)).values()) == {"translated"}


def test_the_text_of_a_role_is_copied_into_its_field(article, translator):
    key = key_at(look(translator, article), "authors-0-role_en")
    copy = address(article, act="copy")
    assert translator.get(copy, {"key": key}).json() == {"value": "Texte"}
    for wrong in ("authors", "authors.x", "authors.x.role", f"{key}.x", key.replace("role", "id")):
        assert translator.get(copy, {"key": wrong}, follow=True).status_code == 404
