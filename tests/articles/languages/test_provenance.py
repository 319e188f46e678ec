"""Exactly the pieces whose source has changed are out of date, and each says what changed."""

import pytest

from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.copying import (
    copy_block,
    pair_by_order,
    start_translation,
)
from diptych.articles.languages.translations.marking import confirm, mark_minor
from diptych.articles.languages.translations.progress import words_in
from tests.factories import blocks, make_article, publish_draft, write_draft

FRENCH = {"un": "Le lac gèle.", "deux": "On patine.", "trois": "Il neige encore."}
ENGLISH = {"un": "The lake freezes.", "deux": "People skate.", "trois": "More snow."}


def stream(texts):
    """Paragraphs with the given ids."""
    return [{"type": "paragraph", "value": f"<p>{text}</p>", "id": key} for key, text in texts]


@pytest.fixture
def article(journal):
    """French with three paragraphs, translated in the same draft, live in both."""
    return make_article(journal, body_fr=stream(FRENCH.items()), body_en=stream(ENGLISH.items()))


def draft_of(article):
    article.refresh_from_db()
    return article.get_latest_revision().as_object()


def statuses(page, language="en"):
    """What is not simply translated, by key."""
    places = compare(page, language)
    return {place.key: place.status for place in places if place.status != "translated"}


def row(article, language="en"):
    return PageLanguage.objects.get(page=article, language=language)


def test_a_complete_translation_is_up_to_date(article):
    assert statuses(draft_of(article)) == {}
    assert row(article).progress == "up_to_date"
    assert row(article, "fr").progress == "original"
    assert (row(article).words_missing, row(article).words_changed) == (0, 0)


def test_one_changed_block_makes_that_block_out_of_date(article):
    publish_draft(article, body_fr=stream({**FRENCH, "deux": "On patine la nuit."}.items()))
    (place,) = [place for place in compare(draft_of(article), "en") if place.needs_work]
    assert (place.key, place.status) == ("body.deux", "outdated")
    assert (place.before, place.source.text) == ("On patine.", "On patine la nuit.")
    assert words_in(place) == 3
    assert row(article).progress == "outdated"
    assert row(article).words_changed == 3


def test_a_changed_field_makes_that_field_out_of_date(article):
    write_draft(article, lead_fr="Un nouveau chapeau.")
    assert statuses(draft_of(article)) == {"lead": "outdated"}


def test_translating_it_again_brings_it_up_to_date(article):
    write_draft(article, lead_fr="Un nouveau chapeau.")
    write_draft(article, lead_en="A new lead.")
    assert statuses(draft_of(article)) == {}


def test_the_translator_need_not_save_for_the_source_to_be_remembered(article):
    for text in ("Un.", "Deux.", "Trois."):
        write_draft(article, lead_fr=text)
    (place,) = [place for place in compare(draft_of(article), "en") if place.needs_work]
    assert place.before == "Chapeau de Le lac gèle."


def test_a_source_that_goes_back_is_translated_again(article):
    write_draft(article, lead_fr="Un nouveau chapeau.")
    write_draft(article, lead_fr="Chapeau de Le lac gèle.")
    assert statuses(draft_of(article)) == {}


def test_marks_of_the_editor_are_no_change(article):
    marked = stream(FRENCH.items())
    marked[0]["value"] = '<p data-block-key="abc12">Le lac gèle.</p>'
    write_draft(article, body_fr=marked)
    assert statuses(draft_of(article)) == {}


def test_a_change_of_format_is_a_change(article):
    bold = stream(FRENCH.items())
    bold[0]["value"] = "<p>Le lac <b>gèle</b>.</p>"
    write_draft(article, body_fr=bold)
    assert statuses(draft_of(article)) == {"body.un": "outdated"}


def test_added_moved_and_deleted_blocks_appear_as_such(article):
    order = {"quatre": "Nouveau.", "trois": FRENCH["trois"], "un": FRENCH["un"]}
    write_draft(article, body_fr=stream(order.items()))
    draft = draft_of(article)
    assert statuses(draft) == {"body.quatre": "untranslated", "body.deux": "gone"}
    assert [place.key for place in compare(draft, "en") if place.is_moved] == ["body.un"]
    assert copy_block(draft, "en", "body.quatre", with_text=False)
    copied = {child["id"]: child for child in draft.body_en.raw_data}
    kept = [dict(copied[key]) for key in order]
    write_draft(article, body_en=kept)
    draft = draft_of(article)
    assert [child["id"] for child in draft.body_en.raw_data] == ["quatre", "trois", "un"]
    assert statuses(draft_of(article)) == {"body.quatre": "untranslated"}


def test_still_valid_clears_it_and_stays_cleared(article):
    write_draft(article, lead_fr="Un nouveau chapeau.")
    draft = draft_of(article)
    assert confirm(draft, "en", ["lead", "headline"]) == ["lead"]
    draft.save_revision()
    assert statuses(draft_of(article)) == {}
    write_draft(article, lead_fr="Encore un autre.")
    assert statuses(draft_of(article)) == {"lead": "outdated"}


def test_a_minor_edit_does_not_flag_and_what_follows_it_does(article):
    write_draft(article, lead_fr="Chapeau de Le lac gèle !")
    draft = draft_of(article)
    assert mark_minor(draft, ["lead"]) == ["lead"]
    assert draft.provenance_en == draft_of(article).provenance_en
    draft.save_revision()
    assert statuses(draft_of(article)) == {}
    write_draft(article, lead_fr="Tout autre chose.")
    (place,) = [place for place in compare(draft_of(article), "en") if place.needs_work]
    assert (place.key, place.before) == ("lead", "Chapeau de Le lac gèle.")


def test_a_copy_of_the_source_is_no_translation_until_someone_says_so(article):
    write_draft(article, lead_en="Chapeau de Le lac gèle.")
    draft = draft_of(article)
    assert statuses(draft) == {"lead": "untranslated"}
    confirm(draft, "en", ["lead"])
    draft.save_revision()
    assert statuses(draft_of(article)) == {}


def test_a_word_that_both_languages_share_is_translated(article):
    write_draft(article, headline_fr="Culture", headline_en="Culture")
    assert statuses(draft_of(article)) == {}
    write_draft(article, headline_fr="Cultures du monde")
    assert statuses(draft_of(article)) == {"headline": "outdated"}


def test_what_is_left_out_on_purpose_is_not_missing(article):
    write_draft(article, body_en=stream(list(ENGLISH.items())[:2]))
    draft = draft_of(article)
    assert statuses(draft) == {"body.trois": "untranslated"}
    confirm(draft, "en", ["body.trois"])
    draft.save_revision()
    assert statuses(draft_of(article)) == {}


def test_publishing_one_language_keeps_the_account_of_the_other(article):
    write_draft(article, lead_fr="Un nouveau chapeau.")
    article.publish_languages(["fr"])
    assert statuses(article) == {"lead": "outdated"}
    assert row(article).outdated_since == article.updated_at_fr
    write_draft(article, lead_en="A new lead.")
    assert row(article).outdated_since is not None
    article.publish_languages(["en"])
    assert statuses(article) == {}
    assert row(article).outdated_since is None


def test_either_language_can_be_the_source(journal):
    article = make_article(journal, source_language="en")
    assert statuses(draft_of(article), "fr") == {}
    write_draft(article, lead_en="Another lead.")
    assert statuses(draft_of(article), "fr") == {"lead": "outdated"}
    assert compare(draft_of(article), "en") == []
    assert row(article, "en").progress == "original"


@pytest.mark.parametrize("with_text", [True, False])
def test_a_translation_starts_with_the_blocks_of_its_source(journal, with_text):
    body = blocks(
        ("paragraph", "<p>Texte.</p>"),
        ("heading", {"text": "Titre", "level": "h3"}),
        ("gallery", {"pictures": [{"type": "item", "value": {"alt": "Un lac"}, "id": "a"}]}),
    )
    article = make_article(journal, en=None, live_in=(), body_fr=body)
    draft = draft_of(article)
    start_translation(draft, "en", with_text)
    source, target = list(draft.body_fr.raw_data), list(draft.body_en.raw_data)
    assert [child["id"] for child in target] == [child["id"] for child in source]
    assert target[1]["value"]["level"] == "h3"
    assert target[2]["value"]["pictures"][0]["id"] == "a"
    texts = [target[0]["value"], target[1]["value"]["text"]]
    assert texts == (["<p>Texte.</p>", "Titre"] if with_text else ["", ""])
    draft.save_revision()
    assert row(article).progress == "in_progress"


def test_blocks_that_were_never_connected_are_paired_by_their_order(article):
    apart = {f"own-{key}": text for key, text in ENGLISH.items()}
    write_draft(article, body_en=stream(apart.items()))
    draft = draft_of(article)
    assert list(statuses(draft).values()).count("own") == 3
    assert pair_by_order(draft, "en") == 3
    draft.save_revision()
    assert statuses(draft_of(article)) == {}


def test_a_kind_of_block_that_no_longer_exists_is_passed_over(article):
    odd = [*stream(FRENCH.items()), {"type": "hologram", "value": {"x": 1}, "id": "alt"}]
    write_draft(article, body_fr=odd)
    assert statuses(draft_of(article)) == {}
