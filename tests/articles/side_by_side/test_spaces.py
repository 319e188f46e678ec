"""Space that nobody sees is no change of a text; what is on record from before stays true."""

import hashlib
import json

import pytest

from diptych.articles.languages.config.content import without_needless_space
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import body, change_source, look, translated
from tests.factories import write_draft
from tests.tiers import one_row_of

NO_BREAK, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("source", "translation"),
    one_row_of(
        [
            ("Un lac. ", "A lake. "),
            (f" Un  lac.{NO_BREAK}", " A  lake.&nbsp;"),
            (f"Un lac.{NARROW}", f"{NO_BREAK}A lake."),
        ],
        "rare",
    ),
)
def test_space_alone_is_no_change(journal, translator, source, translation):
    page = translated(journal)
    known = draft_of(page).provenance_en["basis"]["body.a"]
    change_source(page, ("a", source), ("b", "Deux rives."), ("c", "Trois ponts."))
    assert set(look(translator, page).places.values()) == {"translated"}
    change_source(page, ("a", "Le lac."), ("b", "Deux rives."), ("c", "Trois ponts."))
    english = body(("a", translation), ("b", "Two banks."), ("c", "Three bridges."))
    write_draft(page, body_en=english)
    assert look(translator, page).places["body.a"] == "outdated"
    assert draft_of(page).provenance_en["basis"]["body.a"] == known


def test_another_format_and_another_line_are_changes(journal, translator):
    page = translated(journal)
    change_source(page, ("a", "Un <b>lac</b>."), ("b", "Deux</p><p>rives."), ("c", "Trois ponts."))
    places = look(translator, page).places
    assert (places["body.a"], places["body.b"]) == ("outdated", "outdated")
    assert places["body.c"] == "translated"


def fingerprint_with_spaces(html):
    return hashlib.sha1(
        json.dumps(html, ensure_ascii=False).encode(), usedforsecurity=False
    ).hexdigest()


@pytest.fixture
def with_older_records(journal):
    """A translation whose record has the fingerprints of its texts with their spaces."""
    source, target = f"<p>Un lac{NO_BREAK}? </p>", f"<p>A{NO_BREAK}lake? </p>"
    french = body(("a", "paragraph", source))
    english = body(("a", "paragraph", target))
    page = translated(journal, body_fr=french, body_en=english)
    record = draft_of(page).provenance_en
    record["basis"]["body.a"] |= {
        "source": fingerprint_with_spaces(source),
        "target": fingerprint_with_spaces(target),
    }
    revision = page.get_latest_revision()
    revision.content["provenance_en"] = json.dumps(record)
    revision.save()
    return page


def test_older_records_hold_for_the_texts_they_were_made_of(with_older_records, translator):
    page = with_older_records
    assert look(translator, page).places["body.a"] == "translated"
    change_source(page, ("a", "Un étang ?"))
    assert look(translator, page).places["body.a"] == "outdated"


def test_older_records_forget_the_space_when_the_page_is_saved(with_older_records, translator):
    page = with_older_records
    write_draft(page, lead_en="Three bridges.")
    change_source(page, ("a", f"Un lac{NO_BREAK}?"))
    assert look(translator, page).places["body.a"] == "translated"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Un <b>lac </b></p>", "<p>Un <b>lac</b></p>"),
        ("<p><i> Un</i> lac</p> <p>gelé</p>", "<p><i>Un</i> lac</p><p>gelé</p>"),
        ("<p>Un <b>lac</b> gelé<br/> et</p>", "<p>Un <b>lac</b> gelé<br/>et</p>"),
        ("Une ligne \n et  une autre\n", "Une ligne\net une autre"),
        ("<p>Un <pre>lac</pre></p>", "<p>Un <pre>lac</pre></p>"),
    ],
)
def test_what_counts_as_needless(text, plain):
    assert without_needless_space(text) == plain
