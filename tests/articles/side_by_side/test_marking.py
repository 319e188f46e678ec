"""Saying that a translation is still valid, or that a change of its source is a minor one."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from tests.articles.admin.html import text_of
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import (
    change_source,
    form_of,
    look,
    make_member,
    mark,
    parsed,
    row_of,
    save,
    translated,
)
from tests.factories import write_draft
from tests.tiers import one_of

CHANGED = (("a", "Un lac gelé."), ("b", "Deux rives."), ("c", "Trois vieux ponts."))


@pytest.fixture
def outdated(journal):
    """An article whose first and last block have changed, for readers too, since translated."""
    article = translated(journal)
    change_source(article, *CHANGED, live=True)
    assert row_of(article).progress == "outdated"
    assert row_of(article).outdated_since
    return article


def changes(page):
    return reverse("diptych_changes", args=(page.pk,))


def entries(page, action):
    return [each.data for each in PageLogEntry.objects.filter(page_id=page.pk, action=action)]


@pytest.mark.parametrize("by_itself", one_of([True, False], "rare"))
def test_still_valid_clears_that_place_alone(outdated, translator, by_itself):
    mark(translator, outdated, "diptych-confirm", "body.a", by_itself=by_itself)
    screen = look(translator, outdated)
    assert screen.places["body.a"] == "translated"
    assert screen.places["body.c"] == "outdated"
    assert row_of(outdated).outdated_since
    (entry,) = entries(outdated, "diptych.confirm_translation")
    assert entry == {
        "language": "en",
        "unit": "body.a",
        "before": "Un lac.",
        "after": "Un lac gelé.",
    }


def test_all_still_valid_clears_everything_without_publishing(outdated, translator):
    published = outdated.last_public_at_en
    mark(translator, outdated, "diptych-confirm", "all")
    assert look(translator, outdated).summary == "Everything is translated and up to date."
    row = row_of(outdated)
    assert (row.progress, row.outdated_since) == ("up_to_date", None)
    outdated.refresh_from_db()
    assert outdated.last_public_at_en == published
    assert len(entries(outdated, "diptych.confirm_translation")) == 2


def test_what_is_typed_is_saved_with_it(outdated, translator):
    form = form_of(translator, outdated, lead_en="Typed meanwhile.")
    save(translator, outdated, {**form, "diptych-confirm": "body.a"}, by_itself=True)
    assert draft_of(outdated).lead_en == "Typed meanwhile."
    assert look(translator, outdated).places["body.a"] == "translated"


def test_history_says_what_was_confirmed(outdated, translator):
    mark(translator, outdated, "diptych-confirm", "body.a")
    history = translator.get(f"/admin/pages/{outdated.pk}/history/").content.decode()
    assert "Translation into English still valid" in history
    assert "“Un lac.” became “Un lac gelé.”" in history


@pytest.mark.rare
def test_a_later_change_of_the_source_counts_again(outdated, translator):
    mark(translator, outdated, "diptych-confirm", "all")
    change_source(outdated, ("a", "Un lac dégelé."), *CHANGED[1:], live=True)
    screen = look(translator, outdated)
    assert screen.places["body.a"] == "outdated"
    assert screen.difference("body.a") == "Un lac [-gelé.-]{+dégelé.+}"
    assert row_of(outdated).outdated_since


@pytest.mark.rare
def test_readers_are_told_while_they_have_another_text(outdated, translator):
    """The draft of the source is newer than what readers see: confirming it says nothing there."""
    change_source(outdated, ("a", "Un lac dégelé."), *CHANGED[1:])
    mark(translator, outdated, "diptych-confirm", "all")
    assert look(translator, outdated).summary == "Everything is translated and up to date."
    assert row_of(outdated).outdated_since


def test_readers_are_told_while_their_translation_is_another(outdated, translator):
    write_draft(outdated, body_en=outdated.body_en.stream_block.to_python([]))
    draft = draft_of(outdated)
    assert not draft.body_en
    mark(translator, outdated, "diptych-confirm", "all")
    assert row_of(outdated).outdated_since


def test_a_live_page_with_a_draft_keeps_both(outdated, translator):
    write_draft(outdated, lead_fr="Un chapeau qui attend.")
    mark(translator, outdated, "diptych-confirm", "body.a", "body.c")
    outdated.refresh_from_db()
    assert outdated.lead_fr != "Un chapeau qui attend."
    assert draft_of(outdated).lead_fr == "Un chapeau qui attend."
    assert row_of(outdated).outdated_since is None


@pytest.mark.rare
def test_aliases_are_cleared_too(journal, translator):
    article = translated(journal)
    alias = article.create_alias(update_slug="alias")
    change_source(article, *CHANGED, live=True)
    assert row_of(alias).outdated_since
    mark(translator, article, "diptych-confirm", "all")
    assert row_of(alias).outdated_since is None


@pytest.mark.rare
def test_the_same_in_both_languages_and_left_out_on_purpose(journal, translator):
    article = translated(journal, "Le lac", is_complete=False)
    change_source(
        article, ("a", "Un lac."), ("n", "Du neuf."), ("b", "Deux rives."), ("c", "Trois ponts.")
    )
    screen = look(translator, article)
    assert screen.places["headline"] == screen.places["body.n"] == "untranslated"
    assert "Leave it out" in screen.buttons("body.n")
    mark(translator, article, "diptych-confirm", "headline", "body.n")
    assert look(translator, article).summary == "Everything is translated and up to date."


@pytest.mark.rare
def test_a_block_whose_source_was_deleted_can_be_kept(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac."), ("b", "Deux rives."), live=True)
    assert row_of(article).outdated_since
    mark(translator, article, "diptych-keep", "body.c")
    screen = look(translator, article)
    assert screen.places["body.c"] == "own"
    assert screen.summary == "Everything is translated and up to date."
    assert row_of(article).outdated_since is None
    (entry,) = entries(article, "diptych.keep_translation")
    assert entry["before"] == "Trois ponts."


@pytest.mark.odd
def test_nonsense_confirms_nothing(outdated, translator):
    before = row_of(outdated).outdated_since
    mark(translator, outdated, "diptych-confirm", "", "body.zzz", "headline", "../a")
    mark(translator, outdated, "diptych-keep", "body.a", "nothing")
    assert look(translator, outdated).places["body.a"] == "outdated"
    assert row_of(outdated).outdated_since == before
    assert not entries(outdated, "diptych.confirm_translation")


def test_the_writer_of_the_source_sees_what_translators_are_told(outdated, translator):
    edit = parsed(translator.get(f"/admin/pages/{outdated.pk}/edit/").content.decode())
    panel = text_of(edit.select_one("#language-state-fr"))
    assert "The translation into English is out of date in 2 places." in panel
    assert edit.select_one(f'#language-state-fr a[href="{changes(outdated)}"]')
    listed = parsed(translator.get(changes(outdated)).content.decode())
    items = [text_of(each) for each in listed.select(".diptych-changes__item")]
    assert len(items) == 2
    assert all("out of date in English" in each for each in items)


def test_a_minor_edit_is_not_flagged_and_stays_in_the_history(outdated, translator):
    answer = translator.post(changes(outdated), {"unit": ["body.a"]}, follow=True)
    assert "1 change counts as minor" in answer.content.decode()
    screen = look(translator, outdated)
    assert screen.places["body.a"] == "translated"
    assert screen.places["body.c"] == "outdated"
    assert row_of(outdated).outdated_since
    (entry,) = entries(outdated, "diptych.minor_edit")
    assert (entry["language"], entry["unit"]) == ("fr", "body.a")
    assert (entry["before"], entry["after"]) == ("Un lac.", "Un lac gelé.")
    translator.post(changes(outdated), {"unit": ["body.c"]})
    assert look(translator, outdated).summary == "Everything is translated and up to date."
    row = row_of(outdated)
    assert (row.progress, row.outdated_since) == ("up_to_date", None)


def test_a_minor_edit_in_a_draft_says_nothing_to_readers_yet(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac, gelé."), *CHANGED[1:])
    translator.post(changes(article), {"unit": ["body.a", "body.c"]})
    assert row_of(article).progress == "up_to_date"
    draft_of(article).latest_revision.publish()
    assert row_of(article).outdated_since is None


def test_nothing_ticked_changes_nothing(outdated, translator):
    before = outdated.revisions.count()
    answer = translator.post(changes(outdated), {}, follow=True)
    assert "Nothing is ticked." in answer.content.decode()
    translator.post(changes(outdated), {"unit": ["body.b", "zzz"]})
    assert outdated.revisions.count() == before


def test_only_who_writes_the_source_calls_an_edit_minor(journal, outdated, client):
    client.force_login(make_member(journal, "edit_en", username="translator"))
    assert client.get(changes(outdated)).status_code == 302
    client.post(changes(outdated), {"unit": ["body.a"]})
    assert look(client, outdated).places["body.a"] == "outdated"
    client.force_login(make_member(journal, "edit_fr", username="writer"))
    client.post(changes(outdated), {"unit": ["body.a", "body.c"]})
    assert row_of(outdated).progress == "up_to_date"


def test_a_translator_without_the_right_to_publish_clears_the_line_too(journal, outdated, client):
    client.force_login(make_member(journal, "edit_en"))
    mark(client, outdated, "diptych-confirm", "all")
    assert row_of(outdated).outdated_since is None
