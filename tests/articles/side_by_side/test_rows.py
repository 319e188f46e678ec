"""What is translated in the rows below a page, such as what each author did for an article."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.articles.admin.html import table
from tests.articles.languages.editor import draft_of
from tests.articles.languages.windows import Window
from tests.articles.side_by_side.rows import WHOLE, byline, in_editor, key_at, make, roles
from tests.articles.side_by_side.screen import (
    Screen,
    address,
    form_of,
    look,
    row_of,
    save,
    translated,
)
from tests.factories import write_draft

pytestmark = pytest.mark.rare


def test_a_role_stands_beside_the_field_of_its_row(article, translator):
    screen = look(translator, article)
    assert roles(screen) == {"authors-0-role_en": "translated", "authors-1-role_en": "translated"}
    assert screen.source(key_at(screen, "authors-1-role_en")) == "Photos"
    assert screen.summary == WHOLE
    assert {"authors-0-role_en", "authors-1-role_en"} <= screen.fields
    assert not {"authors-0-role_fr", "authors-1-role_fr"} & screen.fields


def test_a_changed_role_is_out_of_date_there_alone(article, translator):
    in_editor(article, {"authors-0-role_fr": "Texte et photos"})
    screen = look(translator, article)
    assert roles(screen) == {"authors-0-role_en": "outdated", "authors-1-role_en": "translated"}
    assert screen.difference(key_at(screen, "authors-0-role_en")) == "Texte {+et photos+}"
    assert screen.summary == "1 out of date 2 words"
    row = row_of(article)
    assert (row.progress, row.words_changed, row.words_missing) == ("outdated", 2, 0)


def test_a_role_without_a_translation_is_to_translate(article, translator):
    in_editor(article, {"authors-1-role_en": ""})
    screen = look(translator, article)
    assert roles(screen)["authors-1-role_en"] == "untranslated"
    assert "Leave it empty" in screen.buttons(key_at(screen, "authors-1-role_en"))
    assert row_of(article).words_missing == 1
    form = form_of(translator, article, **{"authors-1-role_en": "Photographs"})
    assert save(translator, article, form).status_code == 302
    assert look(translator, article).summary == WHOLE
    said = [(row.role_fr, row.role_en) for row in draft_of(article).authors.all()]
    assert said == [("Texte", "Text"), ("Photos", "Photographs")]


def test_no_role_is_nothing_to_translate_and_the_same_one_is_translated(
    journal, people, translator
):
    same = "Texte et photos"
    article = make(journal, people, ("", ""), (same, same), (None, "Text"))
    screen = look(translator, article)
    assert roles(screen) == {"authors-1-role_en": "translated", "authors-2-role_en": "own"}
    assert screen.summary == WHOLE
    assert row_of(article).progress == "up_to_date"


def test_the_worklist_counts_the_words_of_roles(article, translator):
    in_editor(article, {"authors-0-role_fr": "Texte long", "authors-1-role_en": ""})
    shown = table(translator.get(reverse("diptych_translations:index")))["The lake"]
    assert shown["Translation"] == "Out of date"
    assert shown["Words"] == "1 to translate 1 changed"


def test_removing_and_reordering_rows_flags_no_other(journal, people, translator):
    article = make(journal, people, ("Texte", "Text"), ("Photos", "Pictures"), ("Voix", "Voice"))
    in_editor(article, {"authors-2-role_fr": "Voix et son"})
    in_editor(article, {"authors-0-ORDER": "3", "authors-1-ORDER": "2", "authors-2-ORDER": "1"})
    expected = {"authors-0-role_en": "outdated", "authors-1-role_en": "translated"}
    assert roles(look(translator, article)) == {**expected, "authors-2-role_en": "translated"}
    in_editor(article, {"authors-1-DELETE": "1"})
    assert roles(look(translator, article)) == expected


def test_another_author_in_a_row_changes_nothing_of_its_role(article, people, translator):
    in_editor(article, {"authors-0-role_fr": "Texte et photos"})
    in_editor(article, {"authors-0-author": str(people[2].pk)})
    screen = look(translator, article)
    assert roles(screen) == {"authors-0-role_en": "outdated", "authors-1-role_en": "translated"}


def test_one_author_twice(journal, people, translator):
    twice = [people[0], people[0]]
    article = make(journal, twice, ("Texte", "Text"), ("Photos", "Pictures"))
    in_editor(article, {"authors-1-role_fr": "Photos et voix"})
    said = [(row.role_fr, row.role_en) for row in draft_of(article).authors.all()]
    assert said == [("Texte", "Text"), ("Photos et voix", "Pictures")]
    expected = {"authors-0-role_en": "translated", "authors-1-role_en": "outdated"}
    assert roles(look(translator, article)) == expected
    in_editor(article, {"authors-1-DELETE": "1"})
    assert roles(look(translator, article)) == {"authors-0-role_en": "translated"}


def test_a_row_of_a_draft_is_the_same_once_it_is_live(journal, people, translator):
    article = translated(journal)
    write_draft(article, authors=byline(people, ("Texte", "Text"), ("Photos", "Pictures")))
    assert {row.pk for row in draft_of(article).authors.all()} == {None}
    in_editor(article, {"authors-0-role_fr": "Texte long"})
    before = look(translator, article)
    assert roles(before)["authors-0-role_en"] == "outdated"
    draft_of(article).latest_revision.publish()
    write_draft(article, authors=list(type(article).objects.get(pk=article.pk).authors.all()))
    assert None not in {row.pk for row in draft_of(article).authors.all()}
    after = look(translator, article)
    assert roles(after)["authors-0-role_en"] == "outdated"
    assert key_at(after, "authors-0-role_en") == key_at(before, "authors-0-role_en")


def test_the_fields_are_found_after_each_automatic_save(article, people, translator):
    """The browser goes on with its own numbers of rows, whatever the draft is left with."""
    window = Window(article, client=translator, address=address(article))
    window.write(**{"authors-0-DELETE": "1"})
    window.add_row("authors", author=str(people[2].pk), role_en="")
    assert window.autosave()["success"]
    assert 'data-field="authors-1-role_en"' in window.html
    assert 'data-field="authors-0-role_en"' not in window.html
    in_editor(article, {"authors-1-role_fr": "Voix"})
    assert window.autosave()["success"]
    assert 'data-field="authors-2-role_en"' in window.html


def test_readers_are_told_of_no_role(article, translator):
    in_editor(article, {"authors-0-role_fr": "Texte et photos"})
    draft_of(article).latest_revision.publish()
    row = row_of(article)
    assert (row.progress, row.outdated_since) == ("outdated", None)


def test_a_role_alone_begins_no_translation(journal, people, translator):
    article = translated(journal, None, body_en="[]", lead_en="", live_in=("fr",))
    write_draft(article, authors=byline(people, ("Texte", "Text")))
    assert row_of(article).progress == "missing"
    response = translator.get(address(article))
    assert "Start with empty blocks" in response.content.decode()


def test_roles_from_before_the_records_count_as_up_to_date(article, translator):
    draft = article.get_latest_revision()
    draft.content["provenance_en"] = None
    draft.save()
    call_command("rebuild_page_languages", verbosity=0)
    assert look(translator, article).summary == WHOLE
    assert row_of(article).progress == "up_to_date"
    in_editor(article, {"lead_en": "Another lead."})
    in_editor(article, {"authors-0-role_fr": "Texte et photos"})
    assert roles(look(translator, article))["authors-0-role_en"] == "outdated"


def test_a_copy_remembers_what_its_original_does(journal, article, translator):
    in_editor(article, {"authors-0-role_fr": "Texte et photos"})
    names = {"new_title": "Copie", "new_slug": "copie"}
    for language in ("fr", "en"):
        names |= {f"new_headline_{language}": "Copie", f"new_slug_{language}": "copie"}
    form = {"new_parent_page": str(journal.articles.pk), **names}
    copies = reverse("wagtailadmin_pages:copy", args=(article.pk,))
    assert translator.post(copies, form).status_code == 302
    copy = type(article).objects.latest("pk")
    assert copy.pk != article.pk
    assert roles(look(translator, copy)) == roles(look(translator, article))


def test_a_row_in_which_nobody_is_chosen_does_no_harm(article, translator):
    window = Window(article)
    window.add_row("authors", author="", role_fr="Voix", role_en="")
    window.autosave()
    assert Screen(translator.get(address(article)))
    assert translator.get(reverse("diptych_changes", args=(article.pk,))).status_code == 200
