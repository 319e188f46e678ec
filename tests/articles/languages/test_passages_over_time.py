"""Passages of a translation while both languages are edited: left, changed, lost, confirmed."""

import pytest
from django.urls import reverse

from diptych.articles.languages.models import PageLanguage, Progress
from diptych.articles.languages.publication.readiness.grading import Grade, grade
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.marking import confirm
from diptych.articles.languages.translations.units import units_in
from tests.articles.languages import editor
from tests.articles.languages.half_translated import half, places_of, rich_body
from tests.factories import publish_confirmed, write_draft

FIVE = {
    "fr": [
        "Les bateaux restent au port depuis le mois de novembre.",
        "Le fleuve monte.",
        "Une batelière raconte son hiver à quai et les lettres qu’elle y écrit.",
        "La glace porte enfin les enfants du village voisin.",
        "On attend le printemps.",
    ],
    "en": [
        "The boats have been in port since the month of November.",
        "The river rises.",
        "A boatwoman tells of her winter on the quay and of the letters she writes there.",
        "The ice bears the children of the next village at last.",
        "Spring is expected.",
    ],
}


def status_of(page):
    (place,) = [each for each in compare(editor.draft_of(page), "en") if each.key == "body.x"]
    return place.status


def five(journal):
    """An article whose body has five paragraphs in each language, all translated."""
    return half(journal, body_fr=rich_body(*FIVE["fr"]), body_en=rich_body(*FIVE["en"]))


def lost_after(page, *english, **french):
    """What is open once the English body has these paragraphs."""
    write_draft(page, body_en=rich_body(*english), **french)
    return [place.excerpt for place in grade(editor.draft_of(page), "en").new_places]


def row_of(page):
    return PageLanguage.objects.get(page_id=page.pk, language="en")


def test_what_was_left_is_known_when_its_source_changes(journal):
    page = half(journal)
    write_draft(page, body_fr=rich_body("Un paragraphe du reportage.", "Un tout autre texte."))
    assert ("body.x", "Un autre suit encore.") in places_of(editor.draft_of(page))


def test_a_block_that_counted_as_translated_is_looked_at_again(journal):
    page = half(journal)
    draft = editor.draft_of(page)
    units = {code: units_in(draft, code)["body.x"] for code in ("fr", "en")}
    entry = {
        "text": units["fr"].text,
        "source": units["fr"].fingerprint,
        "target": units["en"].fingerprint,
        "at": "2024-01-01T00:00:00+00:00",
        "by": None,
        "how": "translated",
    }
    draft.provenance_en = {"basis": {"body.x": entry}, "paired": []}
    assert places_of(draft) == {("body.x", "Un autre suit encore.")}
    draft.provenance_en = {"basis": {"body.x": {**entry, "how": "confirmed"}}, "paired": []}
    assert places_of(draft) == set()
    draft.body_en = rich_body("A paragraph of our report.", "Un autre suit encore.")
    draft.save_revision()
    assert places_of(editor.draft_of(page)) == set()


def test_a_changed_passage_stays_out_of_date_while_another_is_corrected(journal):
    french = ["Un paragraphe du reportage.", "Un autre suit encore.", "Le dernier se tait."]
    written = ["A paragraph of the report.", "Another one follows.", "The last one is silent."]
    page = half(journal, body_fr=rich_body(*french), body_en=rich_body(*written))
    changed = ["Un paragraphe de l’enquête.", "Un tout autre suit encore.", french[2]]
    write_draft(page, body_fr=rich_body(*changed))
    write_draft(page, body_en=rich_body("A paragraph of the inquiry.", *written[1:]))
    assert status_of(page) == "outdated"
    write_draft(
        page, body_en=rich_body("A paragraph of the inquiry.", "Quite another.", written[2])
    )
    assert status_of(page) == "translated"


@pytest.mark.parametrize("number", range(5))
def test_a_paragraph_that_the_translation_loses_is_open(journal, number):
    page, written = five(journal), FIVE["en"]
    without = written[:number] + written[number + 1 :]
    assert lost_after(page, *without) == [FIVE["fr"][number]]
    assert (status_of(page), row_of(page).progress) == ("untranslated", Progress.IN_PROGRESS)
    # What is written meanwhile is no reason to forget it, and writing it again is an answer.
    without[0] += " Indeed."
    assert lost_after(page, *without) == [FIVE["fr"][number]]
    assert lost_after(page, *written) == []
    assert status_of(page) == "translated"


def test_a_paragraph_that_is_lost_while_its_neighbour_is_rewritten_is_open(journal):
    written = FIVE["en"]
    kept = [*written[:2], "The ice at last bears children from the next village.", written[4]]
    assert lost_after(five(journal), *kept) == [FIVE["fr"][2]]


def test_paragraphs_that_are_merged_split_or_moved_are_not_lost(journal):
    page, (first, second, third, fourth, fifth) = five(journal), FIVE["en"]
    assert lost_after(page, first, f"{second} {third}", fourth, fifth) == []
    assert lost_after(page, first, second, third, fourth, fifth) == []
    assert lost_after(page, first, second, third[:40], third[40:], fourth, fifth) == []
    assert lost_after(page, fifth, first, second, third[:40], third[40:], fourth) == []


def test_what_is_left_out_on_purpose_is_not_open_again(journal):
    page, written = five(journal), FIVE["en"]
    assert lost_after(page, *written[:4]) == [FIVE["fr"][4]]
    draft = editor.draft_of(page)
    assert confirm(draft, "en", ["body.x"]) == ["body.x"]
    draft.save_revision()
    assert lost_after(page, "The boats are in port.", *written[1:4]) == []
    assert lost_after(page, *written[1:4]) == [FIVE["fr"][0]]


def test_a_lost_paragraph_that_was_published_so_is_not_asked_about_again(journal):
    page, written = five(journal), FIVE["en"]
    lost_after(page, *written[:4])
    publish_confirmed(page, ["en"])
    first = "The boats have been in port since November."
    assert lost_after(page, first, *written[1:4]) == []
    assert lost_after(page, first, *written[2:4]) == [FIVE["fr"][1]]


def test_a_new_paragraph_of_the_source_stays_open_while_another_is_corrected(journal):
    page, written = five(journal), FIVE["en"]
    more = [*FIVE["fr"][:2], "Un paragraphe tout neuf.", *FIVE["fr"][2:]]
    write_draft(page, body_fr=rich_body(*more))
    assert status_of(page) == "outdated"
    assert lost_after(page, "The boats are in port.", *written[1:]) == [more[2]]
    new = "A brand-new paragraph."
    assert lost_after(page, "The boats are in port.", written[1], new, *written[2:]) == []


def test_a_paragraph_that_both_languages_drop_is_not_lost(journal):
    page = five(journal)
    assert lost_after(page, *FIVE["en"][:4], body_fr=rich_body(*FIVE["fr"][:4])) == []
    assert status_of(page) == "translated"


def test_the_list_and_the_two_columns_show_what_is_lost(journal, admin):
    page = five(journal)
    lost_after(page, *FIVE["en"][:4])
    shown = admin.get(reverse("diptych_translate", args=(page.pk, "en"))).content.decode()
    assert "Traduit en partie" in shown or "Translated in part" in shown
    assert row_of(page).words_missing == 4


def test_what_was_confirmed_stays_so_when_the_rest_changes(journal):
    page = half(journal)
    draft = editor.draft_of(page)
    confirm(draft, "en", ["body.x"])
    draft.body_en = rich_body("A paragraph of our report.", "Un autre suit encore.")
    draft.save_revision()
    assert places_of(editor.draft_of(page)) == set()


def test_a_new_passage_in_a_confirmed_block_is_asked_about(journal):
    page = publish_confirmed(half(journal), ["en"])
    write_draft(page, headline_en="The lakes")
    assert grade(editor.draft_of(page), "en").grade == Grade.COMPLETE
    texts = ("Un autre suit encore.", "Un paragraphe du reportage.")
    write_draft(page, body_en=rich_body("A paragraph.", *texts))
    grading = grade(editor.draft_of(page), "en")
    assert [place.excerpt for place in grading.new_places] == [texts[1]]
