"""Nothing that a machine wrote is published before somebody has confirmed it, by any way in."""

import pytest

from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.provenance import record_of, write_record
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import draft_of
from tests.articles.languages.test_gate import QUICK, WAYS, member
from tests.articles.side_by_side.screen import form_of, save
from tests.articles.translation_tools.machine.drafts import ask
from tests.factories import make_article, write_draft

#: The ways that `make test` tries.
OFTEN = {"code"} | {way for way, graded in QUICK if graded == "unconfirmed"}


@pytest.mark.parametrize(
    "way",
    [pytest.param(way, marks=() if way in OFTEN else (pytest.mark.matrix,)) for way in WAYS],
)
def test_a_passage_of_a_machine_is_refused(journal, machine, translator, way):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, lead_fr="Un tout autre chapeau.")
    assert ask(translator, page).state == "done"
    assert machine.asked == ["Un tout autre chapeau."]
    page.refresh_from_db()
    WAYS[way][0](member("chiefs"), page, True)
    public = ArticlePage.objects.get(pk=page.pk)
    assert public.lead_en != "UN TOUT AUTRE CHAPEAU."


def place_of(page, key):
    return next(each for each in compare(draft_of(page), "en") if each.key == key)


@pytest.mark.parametrize("confirmed", ["lead", "all"])
@pytest.mark.parametrize("by_itself", [True, False])
def test_who_saw_an_older_text_confirms_no_passage_of_a_machine(
    journal, machine, translator, confirmed, by_itself
):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, lead_fr="Un tout autre chapeau.")
    form = form_of(translator, page)
    assert ask(translator, page).state == "done"
    save(translator, page, {**form, "diptych-confirm": confirmed}, by_itself=by_itself)
    assert draft_of(page).lead_en == "UN TOUT AUTRE CHAPEAU."
    assert place_of(page, "lead").is_unconfirmed


#: A translation, and the same words as a machine writes them.
SAME_WORDS = [
    ("The lake’s water", "The lake's water"),
    ("At 8 o’clock, the\xa0ice", "At 8 o'clock, the ice"),
]


@pytest.mark.parametrize("is_settled", [False, True])
@pytest.mark.parametrize(("known", "answer"), SAME_WORDS)
def test_the_same_words_written_otherwise_are_open_as_before(
    journal, machine, translator, known, answer, is_settled
):
    page = make_article(journal, "Éléphant", "Elephant", lead_en=known)
    if is_settled:
        draft = draft_of(page)
        marks = [each.fingerprint for each in place_of(page, "lead").target.passages]
        write_record(draft, "en", {**record_of(draft, "en"), "same": {"lead": marks}})
        draft.save_revision().publish()
    write_draft(page, lead_fr="Un tout autre chapeau.")
    assert place_of(page, "lead").status == "outdated"
    machine.translate = lambda text: answer
    ask(translator, page)
    place = place_of(page, "lead")
    assert place.needs_work and (place.status == "outdated" or place.is_unconfirmed)
