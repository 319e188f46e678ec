"""Texts that go out for translators' programs and come in again."""

import pytest
from wagtail.models import PageLogEntry

from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.readiness.missing import unconfirmed_parts
from diptych.articles.languages.translations.provenance import record_of
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import article_form, draft_of, edit
from tests.articles.side_by_side.screen import (
    address,
    body,
    change_source,
    form_of,
    look,
    mark,
    save,
    three_paragraphs,
)
from tests.articles.translation_tools.files import export, imported, translate
from tests.factories import make_author, write_draft

KINDS = ("xliff", "xliff2", "po")
RICH = (
    '<p data-block-key="a">Un <b>lac <a href="https://lac.example/">gelé</a></b>.'
    "<footnote> Une <i>note</i> & plus.</footnote> Et<br/>après.</p>"
    "<ul><li>Un mot</li><li>2024</li></ul>"
)
TABLE = {
    "caption": "Le Rhône",
    "table": {"data": [["Année", "Débit"], ["2024", "31 %"]], "first_row_is_table_header": True},
}


def loud(markup):
    """A translation of each word, with the codes as they are."""
    return markup.replace("Un ", "A ").replace("lac", "lake").replace("Et", "And") + " EN"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_changed_comes_back_unchanged(journal, tmp_path, kind):
    article = three_paragraphs(
        journal,
        body_fr=body(("a", "paragraph", RICH), ("t", "table", TABLE)),
        lead_fr="Un « <lac> » & plus",
    )
    write_draft(
        article, body_en=body(("a", "paragraph", RICH.replace("Un", "A")), ("t", "table", TABLE))
    )
    before = draft_of(article)
    export(tmp_path, article, kind=kind)
    rows = imported(tmp_path)
    assert {status for status, _reason, _text in rows} == {"unchanged"}
    after = draft_of(article)
    assert after.latest_revision_id == before.latest_revision_id
    assert list(after.body_en.raw_data) == list(before.body_en.raw_data)


QUOTATION = {
    "text": "Le lac gèle.",
    "attribution": "Une <voisine>",
    "source": "https://gazette.example/",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_which_a_part_is_translated_takes_the_rest(journal, tmp_path, kind):
    article = three_paragraphs(journal, body_fr=body(("q", "quotation", QUOTATION)))
    begun = {**QUOTATION, "text": "The lake freezes.", "attribution": ""}
    write_draft(article, body_en=body(("q", "quotation", begun)))
    words = "A <neighbour>" if kind == "po" else "A &lt;neighbour&gt;"

    path = export(tmp_path, article, kind=kind)
    translate(path, kind, lambda markup: words if "voisine" in markup else None)
    rows = imported(tmp_path)

    assert [each for each in rows if each[0] != "unchanged"] == [("taken", "", "Une <voisine>")]
    (quotation,) = draft_of(article).body_en.raw_data
    assert quotation["value"] == {**begun, "attribution": "A <neighbour>"}
    assert {row[0] for row in imported(tmp_path)} == {"unchanged"}
    translate(export(tmp_path, article, kind=kind), kind, lambda markup: "Now all of it.")
    imported(tmp_path)
    (quotation,) = draft_of(article).body_en.raw_data
    words = dict.fromkeys(("text", "attribution"), "Now all of it.")
    assert quotation["value"] == {**begun, **words}


@pytest.mark.parametrize("kind", KINDS)
def test_translated_texts_are_taken_with_their_markup(journal, tmp_path, kind):
    article = three_paragraphs(
        journal, body_fr=body(("a", "paragraph", RICH), ("t", "table", TABLE))
    )
    translate(export(tmp_path, article, kind=kind), kind, loud)
    rows = imported(tmp_path)
    assert {status for status, _reason, _text in rows} == {"taken"}
    draft = draft_of(article)
    rich, table = (each["value"] for each in draft.body_en.raw_data)
    assert rich == (
        '<p data-block-key="a">A <b>lake <a href="https://lac.example/">gelé</a></b>.'
        "<footnote> Une <i>note</i> &amp; plus. EN</footnote> And<br/>après. EN</p>"
        "<ul><li>A mot EN</li><li>2024</li></ul>"
    )
    assert table["table"]["data"] == [["Année EN", "Débit EN"], ["2024", "31 %"]]
    assert table["caption"] == "Le Rhône EN"
    assert (draft.headline_en, draft.url_slug_en) == ("Le lake EN", None)
    (entry,) = PageLogEntry.objects.filter(page=article.pk, action="diptych.import_translation")
    assert entry.data["taken"] == len(rows)


@pytest.mark.parametrize("kind", KINDS)
def test_taken_twice_is_unchanged(journal, tmp_path, kind):
    article = three_paragraphs(journal)
    translate(export(tmp_path, article, kind=kind), kind, loud)
    assert {status for status, *_ in imported(tmp_path, dry_run=True)} == {"taken"}
    assert not draft_of(article).headline_en
    imported(tmp_path)
    revision = draft_of(article).latest_revision_id
    assert {status for status, *_ in imported(tmp_path)} == {"unchanged"}
    assert draft_of(article).latest_revision_id == revision


def test_nothing_is_published_before_somebody_has_confirmed_it(journal, tmp_path, translator):
    article = three_paragraphs(journal)
    path = export(tmp_path, article)
    translate(path, "xliff", loud)
    imported(tmp_path)
    with pytest.raises(NotPublishable) as refusal:
        ArticlePage.objects.get(pk=article.pk).publish_languages(["en"])
    assert not refusal.value.can_be_confirmed
    screen = look(translator, article)
    assert "To be confirmed" in screen.place("body.a").get_text()
    assert screen.buttons("body.a") == ["Copy this block", "Confirm"]
    translator.post(address(article, act="make-source"))
    assert draft_of(article).source_language == "fr"
    article.refresh_from_db()
    mark(translator, article, "diptych-confirm", *screen.places)
    assert "unconfirmed" not in record_of(draft_of(article), "en")
    ArticlePage.objects.get(pk=article.pk).publish_languages(["en"])
    assert "en" in ArticlePage.objects.get(pk=article.pk).live_languages


def test_an_edit_confirms_its_passage_and_moving_a_block_none(journal, tmp_path):
    article = three_paragraphs(journal)
    translate(export(tmp_path, article), "xliff", loud)
    imported(tmp_path)
    count = len(record_of(draft_of(article), "en")["unconfirmed"])
    draft = draft_of(article)
    stored = [{**each, "id": f"new-{each['id']}"} for each in draft.body_en.raw_data]
    stored[0]["value"] = "<p>Somebody’s own words.</p>"
    draft.body_en = draft.body_en.stream_block.to_python(stored)
    draft.save_revision()
    assert len(record_of(draft_of(article), "en")["unconfirmed"]) == count - 1


@pytest.mark.parametrize("kind", ["xliff", "xliff2"])
def test_what_a_program_calls_approved_needs_no_confirmation(journal, tmp_path, kind):
    article = three_paragraphs(journal)
    path = export(tmp_path, article, kind=kind)
    translate(path, kind, loud)
    text = path.read_text()
    approved = {"xliff": ("<target", '<target state="final"'), "xliff2": ('"initial"', '"final"')}
    path.write_text(text.replace(*approved[kind]))
    imported(tmp_path)
    assert "unconfirmed" not in record_of(draft_of(article), "en")
    ArticlePage.objects.get(pk=article.pk).publish_languages(["en"])


def test_a_word_that_is_the_same_as_in_the_source_is_to_be_confirmed(journal, tmp_path):
    """Programs write the source where nothing was translated."""
    article = three_paragraphs(journal, authors=[make_author(journal)])
    draft = draft_of(article)
    draft.headline_fr = draft.authors.get_object_list()[0].role_fr = "Horlogerie"
    draft.save_revision()
    translate(export(tmp_path, article), "xliff", lambda markup: markup)
    imported(tmp_path)
    problems = unconfirmed_parts(draft_of(article), "en")
    assert {each.field for each in problems} == {"headline_en", ""}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_program_fills_with_the_source_is_not_translated(journal, tmp_path, kind):
    text = "<p>Un <b>lac</b> qui gèle <i>toujours</i> en hiver.</p>"
    article = three_paragraphs(journal, body_fr=body(("a", "paragraph", text)))
    write_draft(article, body_en=[])
    before = draft_of(article)
    path = export(tmp_path, article, kind=kind)
    translate(path, kind, lambda markup: markup if "toujours" in markup else None)
    assert {status for status, _reason, _text in imported(tmp_path)} == {"unchanged"}
    assert draft_of(article).latest_revision_id == before.latest_revision_id


def test_a_part_of_the_source_is_to_be_confirmed_like_any_text(journal, tmp_path, translator):
    article = three_paragraphs(journal)
    write_draft(article, headline_fr="Table ronde", headline_en="Round table")
    write_draft(article, headline_fr="Table ronde en ligne")
    article.refresh_from_db()
    mark(translator, article, "diptych-confirm", "headline")
    translate(export(tmp_path, article), "xliff", lambda text: "ronde" if "ronde" in text else None)
    imported(tmp_path)
    (problem,) = unconfirmed_parts(draft_of(article), "en")
    assert "ronde" in problem.message


def test_a_block_that_only_the_translation_has_can_be_confirmed(journal, tmp_path, translator):
    article = three_paragraphs(journal)
    translate(export(tmp_path, article), "xliff", loud)
    imported(tmp_path)
    draft = draft_of(article)
    stored = [*draft.body_en.raw_data, {**draft.body_en.raw_data[0], "id": "doubled"}]
    draft.body_en = draft.body_en.stream_block.to_python(stored)
    draft.save_revision()
    article.refresh_from_db()
    screen = look(translator, article)
    assert screen.buttons("body.doubled") == ["Confirm"]
    mark(translator, article, "diptych-confirm", *screen.places)
    assert not unconfirmed_parts(draft_of(article), "en")
    assert look(translator, article).places["body.doubled"] == "own"


def test_the_editor_makes_no_unconfirmed_language_the_source(journal, tmp_path, translator):
    article = three_paragraphs(journal)
    translate(export(tmp_path, article), "xliff", loud)
    imported(tmp_path)
    article.refresh_from_db()
    form = article_form("Le lac", "The lake", source_language="en")
    answer = edit(translator, article, form)
    assert "Confirm its passages first" in answer.content.decode()
    assert draft_of(article).source_language == "fr"
    edit(translator, article, article_form("Le lac", "The lake", source_language=""))
    assert draft_of(article).source_language == "fr"


def test_saving_the_editor_confirms_nothing(journal, tmp_path, translator):
    """Marks of direction, which the editor removes, are not taken."""
    article = three_paragraphs(journal)
    translate(export(tmp_path, article), "xliff", lambda _markup: "A \u202alake\u202c\u200b\u00a0!")
    imported(tmp_path)
    before = record_of(draft_of(article), "en")["unconfirmed"]
    article.refresh_from_db()
    save(translator, article, form_of(translator, article))
    assert record_of(draft_of(article), "en")["unconfirmed"] == before
    assert draft_of(article).headline_en == "A lake\u200b\u00a0!"


def replaced(old, new):
    return lambda markup: markup.replace(old, new)


#: What a program did to the text of RICH, and why it is refused.
REFUSALS = {
    "lost": (
        replaced('<x id="3" ctype="x-html-footnote"/>', ""),
        "A code of the source is missing",
    ),
    "doubled": (replaced('<x id="4" ctype="lb"/>', '<x id="4"/><x id="4"/>'), "stands in it twice"),
    "invented": (replaced('<x id="4" ctype="lb"/>', '<x id="4"/><x id="9"/>'), "not in the source"),
    "no number": (replaced('id="4"', 'id="four"'), "not in the source"),
    "crossed": (
        lambda _markup: '<bx id="1"/>a<bx id="2"/>b<ex id="1"/>c<ex id="2"/><x id="3"/><x id="4"/>',
        "cross each other",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_passage_without_its_markup_is_refused(journal, tmp_path, name):
    make, reason = REFUSALS[name]
    article = three_paragraphs(journal, body_fr=body(("a", "paragraph", RICH)))
    path = export(tmp_path, article)
    translate(path, "xliff", lambda markup: make(markup) if 'id="4"' in markup else None)
    rows = imported(tmp_path)
    assert [each[0] for each in rows].count("refused") == 1
    (said,) = [why for status, why, _text in rows if status == "refused"]
    assert reason in said
    assert not draft_of(article).body_en


TWO_SENTENCES = "Un lac gelé. Deux rives."
#: How a program cuts them, and what it has translated, by format.
CUTS = {
    "xliff": (
        f"<source>{TWO_SENTENCES}</source>",
        f"<source>{TWO_SENTENCES}</source><seg-source>"
        '<mrk mtype="seg" mid="0">Un lac gelé.</mrk> <mrk mtype="seg" mid="1">Deux rives.</mrk>'
        '</seg-source><target><mrk mtype="seg" mid="0">A frozen lake.</mrk> '
        '<mrk mtype="seg" mid="1">SECOND</mrk></target>',
    ),
    "xliff2": (
        f'<segment state="initial"><source xml:space="preserve">{TWO_SENTENCES}</source></segment>',
        "<segment><source>Un lac gelé.</source><target>A frozen lake.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment><source>Deux rives.</source><target>SECOND</target></segment>",
    ),
}


@pytest.mark.parametrize("kind", CUTS)
@pytest.mark.parametrize("second", ["Two banks.", ""])
def test_sentences_of_a_paragraph_are_taken_together_or_not_at_all(journal, tmp_path, kind, second):
    article = three_paragraphs(journal, body_fr=body(("a", TWO_SENTENCES)))
    path = export(tmp_path, article, kind=kind)
    whole, cut = CUTS[kind]
    text = path.read_text()
    assert whole in text
    path.write_text(text.replace(whole, cut.replace("SECOND", second)))
    imported(tmp_path)
    taken = [each["value"] for each in draft_of(article).body_en.raw_data]
    assert taken == (["<p>A frozen lake. Two banks.</p>"] if second else [])


def test_marks_of_terms_are_no_codes(journal, tmp_path):
    article = three_paragraphs(journal)
    path = export(tmp_path, article, kind="xliff2")
    marked = 'The <sm id="m1" type="term"/>lake<em startRef="m1"/>'
    translate(path, "xliff2", lambda markup: marked if markup == "Le lac" else None)
    imported(tmp_path)
    assert draft_of(article).headline_en == "The lake"


def test_the_spaces_of_a_program_are_kept(journal, tmp_path):
    program = {"text": "  let   a = 1\n    let b = 2", "kind": "code"}
    article = three_paragraphs(journal, body_fr=body(("a", "preformatted", program)))
    path = export(tmp_path, article)
    translate(path, "xliff", lambda markup: markup.replace("let", "set"))
    imported(tmp_path)
    (block,) = draft_of(article).body_en.raw_data
    assert block["value"]["text"] == "  set   a = 1\n    set b = 2"


def test_what_has_changed_since_is_not_overwritten(journal, tmp_path):
    article = three_paragraphs(journal)
    path = export(tmp_path, article)
    translate(path, "xliff", loud)
    change_source(article, ("n", "Neuf."), ("a", "Un lac."), ("b", "Deux autres rives."))
    write_draft(article, lead_en="Written here.")
    reasons = {text: reason for status, reason, text in imported(tmp_path) if status == "refused"}
    assert reasons == {
        "Deux rives.": "The source has changed since the file was made.",
        "Trois ponts.": "This text is not in the page any more.",
        article.lead_fr: "It was translated here since the file was made.",
    }
    draft = draft_of(article)
    assert draft.lead_en == "Written here."
    assert [each["id"] for each in draft.body_en.raw_data] == ["a"]


def test_a_text_too_long_for_its_field_is_refused(journal, tmp_path):
    article = three_paragraphs(journal)
    path = export(tmp_path, article)
    translate(path, "xliff", lambda markup: "long " * 100 if markup == "Le lac" else None)
    (reason,) = [why for status, why, _text in imported(tmp_path) if status == "refused"]
    assert "characters" in reason


@pytest.mark.parametrize("answer", ["…", "2024 !"])
def test_a_text_without_words_is_refused_as_nobody_could_confirm_it(journal, tmp_path, answer):
    article = three_paragraphs(journal, body_fr=body(("a", "Un lac gelé")))
    path = export(tmp_path, article)
    translate(path, "xliff", lambda markup: answer if "gel" in markup else None)
    assert ("refused", "It has no words.", "Un lac gelé") in imported(tmp_path)
    assert not draft_of(article).body_en


def test_a_paragraph_added_to_the_source_leaves_the_others_translated(journal, tmp_path):
    two, three = (
        "<p>Un lac.</p><p>Deux rives.</p>",
        "<p>Un lac.</p><p>Neuf ici.</p><p>Deux rives.</p>",
    )
    article = three_paragraphs(journal, body_fr=body(("a", "paragraph", two)))
    english = two.replace("Un lac", "A lake").replace("Deux rives", "Two banks")
    write_draft(article, body_en=body(("a", "paragraph", english)))
    write_draft(article, body_fr=body(("a", "paragraph", three)))
    path = export(tmp_path, article)
    assert "<target" in path.read_text()
    translate(path, "xliff", lambda markup: "New here." if markup == "Neuf ici." else None)
    imported(tmp_path)
    (block,) = draft_of(article).body_en.raw_data
    assert block["value"] == "<p>A lake.</p><p>New here.</p><p>Two banks.</p>"


def test_a_translation_in_other_paragraphs_is_left_alone(journal, tmp_path):
    article = three_paragraphs(
        journal, body_fr=body(("a", "paragraph", "<p>Un.</p><p>Deux ici.</p>"))
    )
    write_draft(article, body_en=body(("a", "paragraph", "<p>One, and two here.</p>")))
    path = export(tmp_path, article)
    translate(path, "xliff", lambda markup: "Two here." if markup == "Deux ici." else None)
    (reason,) = [why for status, why, _text in imported(tmp_path) if status == "refused"]
    assert "other paragraphs" in reason


def test_what_is_half_translated_is_seen_to_be(journal, tmp_path):
    text = "<p>Un lac gelé en hiver.</p><p>Deux rives sous la neige.</p>"
    article = three_paragraphs(journal, body_fr=body(("a", "paragraph", text)))
    path = export(tmp_path, article)
    translate(path, "xliff", lambda markup: "A frozen lake." if "lac" in markup else None)
    imported(tmp_path)
    assert article.languages.get(language="en").words_missing > 0
    (block,) = draft_of(article).body_en.raw_data
    assert block["value"] == "<p>A frozen lake.</p><p>Deux rives sous la neige.</p>"


def test_roles_of_authors_are_texts_too(journal, tmp_path):
    author = make_author(journal)
    article = three_paragraphs(journal, authors=[author])
    draft = draft_of(article)
    draft.authors.get_object_list()[0].role_fr = "Texte"
    draft.save_revision()
    path = export(tmp_path, article)
    translate(path, "xliff", lambda markup: "Words" if markup == "Texte" else None)
    assert ("taken", "", "Texte") in imported(tmp_path)
    assert [each.role_en for each in draft_of(article).authors.all()] == ["Words"]


def test_a_locked_page_is_left_alone(journal, tmp_path):
    article = three_paragraphs(journal)
    translate(export(tmp_path, article), "xliff", loud)
    ArticlePage.objects.filter(pk=article.pk).update(locked=True)
    assert {why for _status, why, _text in imported(tmp_path)} == {"The page is locked."}
