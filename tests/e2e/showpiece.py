"""An article with everything an article can show, and its neighbours, for pages to be looked at."""

import datetime

from diptych.articles.models import PrintIssueEntry, PrintIssueIndexPage, PrintIssuePage
from tests import factories
from tests.articles.recordings.sounds import let_hear, make_document


def make_showpiece(journal, topic):
    """Publish it in both languages, with two articles that are live in one language only."""
    people = [factories.make_author(journal, f"Personne {number}") for number in range(1, 12)]
    let_hear(journal, licence="CC BY 4.0", errors_email="desk@journal.example")
    make_article_with_everything(journal, topic, people)
    only_french = factories.make_article(
        journal, "Seulement en français", "Only in English later", live_in=("fr",), topics=[topic]
    )
    make_print_issue(journal, only_french)
    factories.make_article(
        journal, "Plus tard en français", "Only in English", live_in=("en",), topics=[topic]
    )
    factories.make_plain_page(journal, body_fr=_text("fr"), body_en=_text("en"))


def make_print_issue(journal, article):
    """An issue with ``article`` and with what is only in print, below a list of issues."""
    issues = factories.make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")
    factories.make_page(
        PrintIssuePage,
        issues,
        "Le froid",
        "The cold",
        number="3",
        publication_date=datetime.date(2026, 3, 2),
        cover=factories.make_image("Couverture", width=600, height=800),
        entries=[
            PrintIssueEntry(
                article=article, page_number=4, section_fr="Dossier", section_en="In depth"
            ),
            PrintIssueEntry(title_fr="Jeux", title_en="Games", author="Ana Roth", page_number=30),
        ],
    )


def make_article_with_everything(journal, topic, people, **values):
    linked = factories.make_article(
        journal, "La débâcle", "The ice breaks", topics=[topic], **values
    )
    factories.make_article(
        journal,
        "Tout ce qu’un article peut montrer",
        "All that an article can show",
        topics=[topic],
        authors=people,
        hero_image=factories.make_image("Rive", width=1200, height=800),
        lead_fr="Chaque bloc une fois, et douze personnes qui ont écrit.",
        lead_en="Every block once, and twelve people who wrote.",
        body_fr=_body("fr", linked),
        body_en=_body("en", linked),
        corrections_fr=_corrections("Le lac était gelé, et non la rivière."),
        corrections_en=_corrections("It was the lake that had frozen, not the river."),
        recording_fr=make_document("la-glace.mp3"),
        recording_en=make_document("the-ice.mp3"),
        **values,
    )


def _text(language):
    words = {"fr": "La glace tient jusqu’en mars.", "en": "The ice holds until March."}[language]
    return factories.paragraphs(f"{words} " * 12)


def _corrections(text):
    dates = ("2026-03-02", "2026-03-09")
    notes = [{"date": each, "text": f"<p>{text}</p>"} for each in dates]
    return factories.blocks(*(("correction", note) for note in notes))


def _body(language, linked):
    words = {"fr": "La glace tient jusqu’en mars. ", "en": "The ice holds until March. "}[language]
    foreign = {"fr": ("en", "ice age"), "en": ("fr", "âge de glace")}[language]
    picture = factories.make_image("Rive", width=800, height=600).pk
    table = {
        "data": [["2024", "2025"], ["12", "13"]],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
    }
    note = "<footnote> Une <i>note</i> de 1852.</footnote>"
    passage = f'<span lang="{foreign[0]}">{foreign[1]}</span>'
    blocks = []
    for title in ("Un", "Deux", "Trois"):
        blocks.append(("heading", {"text": f"{title}. {words}", "level": "h2"}))
        blocks.append(("paragraph", f"<p>{words * 8}{note} {passage}.</p>"))
    blocks += [
        ("heading", {"text": {"fr": "Plus bas", "en": "Below"}[language], "level": "h3"}),
        ("image", {"image": picture, "caption": words}),
        ("gallery", {"pictures": [{"image": picture}, {"image": picture}], "caption": words}),
        ("quotation", {"text": words, "attribution": "Léa Rochat"}),
        ("pull_quote", {"text": words}),
        ("preformatted", {"text": f"{words}\n    {words}", "kind": "verse"}),
        ("preformatted", {"text": f"def f():\n    return {words!r}", "kind": "code"}),
        ("question", {"question": words, "answer": f"<p>{words}</p>"}),
        ("note", {"title": "Note", "text": f"<p>{words}</p>"}),
        ("table", {"caption": words, "table": table, "source": words}),
        ("embed", {"embed": "https://www.youtube.com/watch?v=M7lc1UVf-VE", "title": words}),
        ("article", {"article": linked.pk}),
    ]
    return factories.blocks(*blocks)
