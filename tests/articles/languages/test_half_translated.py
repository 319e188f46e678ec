"""Nothing that is translated in part goes live as translated, wherever the rest of it stands."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from wagtail.fields import RichTextField, StreamField
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from diptych.articles.blocks import BodyBlock
from diptych.articles.languages.admin.side_by_side.overview import Overview
from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.languages.models import Progress, Review, TranslationAssignment
from diptych.articles.languages.publication import reviewing
from diptych.articles.languages.publication.readiness.grading import NotPublishable, grade
from diptych.articles.models import (
    ArticlePage,
    AuthorPage,
    HomePage,
    PrintIssuePage,
    SeriesPage,
    StandardPage,
    TopicPage,
)
from tests.articles.languages import editor
from tests.articles.languages.dated import schedule
from tests.articles.languages.half_translated import (
    ENGLISH,
    FRENCH,
    Writer,
    half,
    phrases_in,
    places_of,
    rich_body,
)
from tests.factories import make_article, make_author, make_user, paragraphs, write_draft
from tests.forms import form_values

pytestmark = pytest.mark.django_db

BLOCKS = {name: block for name, block in BodyBlock().child_blocks.items() if phrases_in(block)}
PAGES = (ArticlePage, AuthorPage, HomePage, PrintIssuePage, SeriesPage, StandardPage, TopicPage)
FIELDS = [
    (model, name)
    for model in PAGES
    for name, columns in translated_fields(model).items()
    if name not in ("url_slug", "headline", "provenance")
    and getattr(model._meta.get_field(columns["fr"]), "get_internal_type", str)()
    in ("CharField", "TextField", "RichTextField", "JSONField", "StreamField")
]
ALL = frozenset(range(1000))


def excerpt(number):
    return f"{FRENCH[number % len(FRENCH)]} {number}"[:80]


# Every block and field


@pytest.mark.parametrize("kind", BLOCKS)
def test_each_passage_of_a_block_is_open_by_itself(kind):
    block, total = BLOCKS[kind], phrases_in(BLOCKS[kind])
    page = ArticlePage(source_language="fr", body_fr=_body(kind, block, ALL))
    for left in range(total):
        page.body_en = _body(kind, block, {left})
        assert places_of(page) == {("body.x", excerpt(left))}, left
    page.body_en = _body(kind, block, ())
    assert places_of(page) == set()


def _body(kind, block, left):
    return json.dumps([{"type": kind, "value": Writer(left).value(block), "id": "x"}])


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_each_passage_of_a_field_is_open_by_itself(model, name):
    total = _written(model, name, ())[1]
    for left in range(total):
        page = model(source_language="fr")
        for language, which in (("fr", ALL), ("en", {left})):
            setattr(page, f"{name}_{language}", _written(model, name, which)[0])
        (place,) = grade(page, "en").places
        assert excerpt(left) in place.excerpt
    setattr(page, f"{name}_en", _written(model, name, ())[0])
    assert places_of(page) == set()


def _written(model, name, left):
    """A value of a field, and how many phrases are in it."""
    field, writer = model._meta.get_field(f"{name}_fr"), Writer(left)
    if isinstance(field, StreamField):
        value = json.dumps(writer.value(field.stream_block))
    else:
        value = writer.html() if isinstance(field, RichTextField) else writer.phrase()
    return value, next(writer.numbers)


def test_the_field_of_a_row_is_open(journal, in_english):
    page = make_article(journal, authors=[make_author(journal)], live_in=["fr"])
    draft = editor.draft_of(page)
    row = draft.authors.first()
    row.role_fr = row.role_en = "Recherche, texte et photographies du reportage"
    draft.authors = [row]
    (place,) = grade(draft, "en").places
    assert (place.label, place.excerpt) == ("Role: Léa Rochat", row.role_fr)
    row.role_fr = row.role_en = "Photos"
    draft.authors = [row]
    assert grade(draft, "en").places == []


# What may be the same, and what stands elsewhere


def english(*texts, **more):
    """A draft in English with these paragraphs, and in French with others."""
    french = ["Le lac gèle en janvier.", *more.pop("french", ())]
    return ArticlePage(
        source_language="fr",
        body_fr=rich_body(*french),
        body_en=rich_body("The lake freezes in January.", *texts),
        **more,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Marie Curie",
        "Genève 1911",
        "https://example.org/une/page",
        "Total",
        "12 345 m³",
        "Charles de Gaulle, Ursula von der Leyen",
        "import pandas as pd; pd.read_csv(x)",
        "Braudel, Fernand, <i>La Méditerranée et le monde méditerranéen</i>, Paris, 1949.",
        "Braudel, Fernand, La Méditerranée à l’époque de Philippe II, Paris, Colin, 1949, p. 12.",
        '<span lang="de">Wir haben den ganzen Winter auf das Eis gewartet</span>',
        "<code>for each in items: print(each)</code>",
        "« La vie est un long fleuve tranquille »",
    ],
)
def test_names_references_code_and_marked_passages_may_be_the_same(text):
    assert places_of(english(text, french=[text])) == set()


@pytest.mark.parametrize(
    "text",
    [
        "בשנת 1949, הקרח כיסה את האגם, והילדים הלכו עליו, עד האביב.",
        "في سنة 1949 (في الشتاء) غطى الجليد البحيرة (كلها) ومشى عليها الأطفال.",
    ],
)
def test_a_sentence_in_letters_without_case_is_no_list_of_names(text):
    assert [excerpt for _key, excerpt in places_of(english(text, french=[text]))] == [text]


def test_a_paragraph_that_moved_to_another_block_is_found():
    page = english("Un paragraphe du reportage.")
    page.body_fr = json.dumps(
        [
            *json.loads(rich_body("Le lac gèle en janvier.")),
            {"type": "paragraph", "value": "<p>Un paragraphe du reportage.</p>", "id": "y"},
        ]
    )
    assert ("body.x", "Un paragraphe du reportage.") in places_of(page)


def test_a_copied_table_with_another_title_is_open():
    table = {"data": [["Année", "Litres"], ["2024", "12"]]}
    values = {"source": "", "table": table}
    page = ArticlePage(source_language="fr")
    for name, title in (("body_fr", "Débit"), ("body_en", "Flow")):
        value = {"type": "table", "value": {"caption": title, **values}, "id": "x"}
        setattr(page, name, json.dumps([value]))
    assert places_of(page) == {("body.x", "Année"), ("body.x", "Litres")}


# Another language than its column

RETYPED = (
    "Les archives de la ville ne conservent plus que les procès-verbaux des séances que le"
    " conseil a tenues pendant les années qui ont suivi la guerre."
)
IN_ENGLISH = (
    "The archives of the city have kept no more than the minutes of the meetings that the council"
    " held in the years which followed the war."
)


def test_a_passage_that_reads_as_another_language_is_open():
    page = english(RETYPED)
    assert [(place.kind, place.language) for place in grade(page, "en").places] == [
        ("other language", "fr")
    ]
    page = english(f"It is cold.<footnote> {RETYPED}</footnote>")
    assert [place.kind for place in grade(page, "en").places] == ["other language"]


def test_so_it_is_in_the_source():
    page = english("It is cold.", french=[IN_ENGLISH])
    (place,) = grade(page, "fr").places
    assert (place.kind, place.language, place.key) == ("other language", "en", "body.x")
    assert (
        grade(page, "fr").question
        == "Publier en français avec 1 passage dans une autre langue\u202f?"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"<blockquote>{RETYPED}</blockquote>",
        f'<span lang="fr">{RETYPED}</span>',
        f"He says: « {RETYPED} »",
        f"As she put it, “{RETYPED}”",
    ],
)
def test_quotations_marked_as_such_are_left_out(text):
    assert places_of(english(text)) == set()


def test_a_quotation_block_may_be_in_any_language():
    value = {"text": RETYPED, "attribution": "The archivist", "source": ""}
    page = english()
    block = {"type": "quotation", "value": value, "id": "q"}
    page.body_en = json.dumps([*json.loads(rich_body("The lake freezes in January.")), block])
    assert places_of(page) == set()


# Every way in


def by_code(page, user):
    page.publish_languages(["en"], user)


def by_a_revision(page, user):
    draft = page.get_latest_revision_as_object()
    draft.request_publication(["en"])
    draft.save_revision().publish(user=user)


def by_saving(page, user):
    draft = page.get_latest_revision_as_object()
    draft.live = draft.is_public_en = True
    draft.save()


def by_a_date(page, user):
    schedule(page, "en", "publish", user)


def by_a_review(page, user):
    reviewing.submit(page, "en", user)
    said = reviewing.text_fingerprint(page.get_latest_revision_as_object(), "en")
    reviewing.approve(page, "en", user, said)


def by_a_copy(page, user):
    draft = page.get_latest_revision_as_object()
    draft.live = draft.is_public_en = True
    draft.copy(update_attrs={"slug": "copie"}, keep_live=True)
    raise NotPublishable([])


@pytest.mark.parametrize(
    "way", [by_code, by_a_revision, by_saving, by_a_date, by_a_review, by_a_copy]
)
@pytest.mark.parametrize("text", ["Un autre suit encore.", RETYPED])
def test_no_way_leads_to_readers_without_a_question(journal, way, text):
    page = half(journal, body_en=rich_body("A paragraph of the report.", text))
    with pytest.raises(NotPublishable):
        way(ArticlePage.objects.get(pk=page.pk), make_user("admin"))
    assert all("en" not in each.live_languages for each in ArticlePage.objects.all())


def test_the_form_asks(journal, admin):
    page = make_article(journal, "Le lac", "The lake", live_in=["fr"])
    texts = {"fr": "<p>Il gèle encore ici.</p><p>Il neige aussi.</p>"}
    texts["en"] = "<p>It freezes.</p><p>Il neige aussi.</p>"
    bodies = {
        f"body_{code}": streamfield([("paragraph", rich_text(text))])
        for code, text in texts.items()
    }
    form = editor.article_form("Le lac", "The lake", editor.PUBLISH_BOTH, **bodies)
    form |= {"body_fr-0-id": "x", "body_en-0-id": "x"}
    editor.edit(admin, page, form)
    assert editor.live_in(page) == ["fr"]
    asked = admin.get(f"{reverse('diptych_publish', args=(page.pk,))}?language=en")
    assert "Publish English with 1 place still in French?" in asked.content.decode()
    assert "Il neige aussi." in asked.content.decode()


def half_again(journal):
    """Live in both languages, with a draft in which one of two paragraphs is translated."""
    page = make_article(journal, "Le lac", "The lake")
    values = {"body_fr": rich_body("Il gèle encore ici.", "Il neige aussi.")}
    write_draft(page, **values, body_en=rich_body("It freezes.", "Il neige aussi."))
    return page


def by_a_bulk_action(page, admin):
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    admin.post(f"{address}?next=/admin/&id={page.pk}")


def by_a_workflow(page, admin):
    workflow = page.get_workflow()
    workflow.start(page, make_user("editor"))
    task = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", task.pk))
    admin.post(address, {"comment": ""})


def side_by_side(page, admin):
    form = form_values(
        admin.get(reverse("diptych_translate", args=(page.pk, "en"))).content.decode()
    )
    parts = json.loads(rich_body("It freezes.", "Il neige aussi."))
    form |= nested_form_data(
        {"body_en": streamfield([("paragraph", rich_text(parts[0]["value"]))])}
    )
    form |= {"body_en-0-id": "x", editor.PUBLISH_ENGLISH: "1"}
    admin.post(reverse("diptych_translate", args=(page.pk, "en")), form)


@pytest.mark.parametrize("way", [by_a_bulk_action, by_a_workflow, side_by_side])
def test_what_readers_see_stays_until_somebody_answers(journal, admin, way):
    page = half_again(journal)
    way(page, admin)
    assert "Il neige" not in str(ArticlePage.objects.get(pk=page.pk).body_en)
    assert "Il neige" in str(editor.draft_of(page).body_en)


#: Two sentences of more than a dozen words each, in both languages.
SENTENCES = {
    "fr": [
        "Le bac attend encore ses passagers sur la rive, et personne ne sait quand il partira.",
        "La glace a pris les amarres pendant la nuit, si bien que rien ne bouge dans le port.",
    ],
    "en": [
        "The ferry is still waiting for its passengers, and nobody knows when it will leave.",
        "The ice has taken the moorings during the night, so that nothing moves in the harbour.",
    ],
}


@pytest.mark.parametrize(("first", "second"), [("fr", "en"), ("en", "fr")])
def test_sentences_of_a_paragraph_that_were_left_are_asked_about(journal, admin, first, second):
    page = make_article(journal, "Le lac", "The lake", live_in=["fr"])
    mixed = f"{SENTENCES[first][0]} {SENTENCES[second][1]}"
    write_draft(page, body_fr=rich_body(" ".join(SENTENCES["fr"])), body_en=rich_body(mixed))
    left = SENTENCES["fr"][first == "en"]
    asked = admin.get(f"{reverse('diptych_publish', args=(page.pk,))}?language=en")
    assert "Publish English with 1 place still in French?" in asked.content.decode()
    assert left[:70] in asked.content.decode()
    beside = admin.get(reverse("diptych_translate", args=(page.pk, "en"))).content.decode()
    assert left in beside.split("In another language here:")[1]


def test_quoted_sentences_within_a_paragraph_are_not_asked_about():
    quoted = f"{SENTENCES['en'][0]} He said: “{' '.join(SENTENCES['fr'])}” Then he left again."
    page = ArticlePage(source_language="fr", body_fr=rich_body("Tout autre chose, dit-il."))
    page.body_en = rich_body(quoted)
    assert grade(page, "en").places == []


# Screens


def test_screens_count_passages_and_quote_them(journal, admin):
    french = ["Un paragraphe du reportage.", "Un autre suit encore.", "Le dernier se tait."]
    page = half(journal, body_fr=rich_body(*french), body_en=rich_body("A paragraph.", *french[1:]))
    html = admin.get(reverse("diptych_translate", args=(page.pk, "en"))).content.decode()
    assert "Everything is translated" not in html
    assert "Still in French here:" in html
    assert "Un autre suit encore. · Le dernier se tait." in html
    overview = Overview(editor.draft_of(page), "en")
    assert (overview.untranslated, overview.words) == (2, 8)
    row = page.languages.get(language="en")
    assert (row.progress, row.words_missing) == (Progress.IN_PROGRESS, 8)
    admin.post(reverse("diptych_review", args=(page.pk, "en")), {"submit": "1", "comment": ""})
    assert TranslationAssignment.objects.get(page_id=page.pk).review == Review.SUBMITTED
    shown = admin.get(reverse("diptych_review", args=(page.pk, "en"))).content.decode()
    assert "2 places are still in French" in shown
    assert "Le dernier se tait." in shown


# No question without a reason


def test_equal_phrases_are_the_only_ones_asked_about():
    body_fr, body_en = paragraphs(*FRENCH), paragraphs(*ENGLISH)
    page = ArticlePage(source_language="fr", body_fr=body_fr, body_en=body_en)
    assert places_of(page) == set()


PAIRS = json.loads((Path(__file__).parent / "passages" / "pairs.json").read_text())


@pytest.mark.parametrize(("source", "target"), [("fr", "en"), ("en", "fr")])
def test_professional_translations_are_not_asked_about(source, target):
    page = ArticlePage(source_language=source)
    for code in (source, target):
        lessons = {}
        for each in PAIRS:
            lessons.setdefault(each["lesson"], []).append(f"<li>{each[code]}</li>")
        parts = [
            {"type": "paragraph", "value": f"<ul>{''.join(items)}</ul>", "id": lesson}
            for lesson, items in lessons.items()
        ]
        page.set_text("body", code, json.dumps(parts))
    found = {
        code: [place.excerpt for place in grade(page, code).places] for code in (source, target)
    }
    assert len(PAIRS) > 200
    assert found == {source: [], target: []}
