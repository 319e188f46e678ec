"""Dated corrections of an article: each language has its own, where it is live."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from diptych.articles.languages.publication.service import unpublish_languages
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import PUBLISH_BOTH, article_form, create, edit, opened_on
from tests.articles.side_by_side.screen import Screen, address
from tests.factories import blocks, make_article, publish_confirmed, publish_draft, write_draft
from tests.reading import page_at
from tests.themes.structured import graph_of

ENGLISH, FRENCH = "/en/stories/the-lake-freezes/", "/fr/articles/le-lac-gele/"
FEATURES = ["bold", "italic", "link"]


def corrections(*notes):
    """Stored corrections, each ``(date, text)``."""
    notes = [{"date": day, "text": f"<p>{text}</p>"} for day, text in notes]
    return blocks(*(("correction", note) for note in notes))


def corrected_article(journal, **values):
    return make_article(
        journal,
        corrections_fr=corrections(("2026-03-02", "Le lac était gelé.")),
        corrections_en=corrections(("2026-03-01", "It was <b>two</b> lakes."), ("2026-03-09", "B")),
        **values,
    )


def notes_in(page):
    return [
        " ".join(note.get_text(" ").split())
        for note in page.select("#corrections .corrections__note")
    ]


def test_readers_see_the_date_at_the_head_and_the_notes_at_the_foot(client, journal):
    corrected_article(journal)

    page = page_at(client, ENGLISH)
    assert notes_in(page) == ["9 March 2026 B", "1 March 2026 It was two lakes."]
    link = page.select_one(".byline a[href='#corrections']")
    assert " ".join(link.get_text().split()) == "Corrected on 9 March 2026"
    assert link.time["datetime"] == "2026-03-09"
    assert page.select_one("#corrections-title").text == "Corrections"
    french = page_at(client, FRENCH)
    assert notes_in(french) == ["2 mars 2026 Le lac était gelé."]
    assert french.select_one("#corrections-title").text == "Rectificatif"


def test_without_corrections_nothing_is_said(client, journal):
    make_article(journal)
    page = page_at(client, ENGLISH)
    assert not page.select(".corrections, a[href='#corrections']")
    assert "correction" not in graph_of(str(page))["NewsArticle"]


def test_a_correction_without_a_date_or_a_text_is_not_shown(client, journal):
    unfinished = corrections((None, "No date."), ("2026-03-01", ""), ("2026-03-02", "Whole."))
    article = make_article(journal, live_in=())
    publish_confirmed(article, corrections_en=unfinished)
    assert notes_in(page_at(client, ENGLISH)) == ["2 March 2026 Whole."]


def test_a_draft_is_not_shown(client, journal):
    article = corrected_article(journal)
    write_draft(article, corrections_en=corrections(("2026-03-10", "Secret.")))
    write_draft(article, corrections_fr=corrections(("2026-03-10", "Secret.")))

    for url in (ENGLISH, FRENCH, f"{ENGLISH}en-fr/", f"/en/api/articles/{article.pk}/"):
        response = client.get(url)
        assert response.status_code == 200 and b"Secret" not in response.content


def test_one_language_is_published_alone(client, journal):
    """What waits in the other one is seen by nobody before that is published."""
    article = make_article(journal)
    note = corrections(("2026-03-10", "Rewritten."))
    write_draft(article, corrections_en=note, corrections_fr=note)
    ArticlePage.objects.get(pk=article.pk).publish_languages(["fr"])

    assert notes_in(page_at(client, FRENCH)) == ["10 mars 2026 Rewritten."]
    assert notes_in(page_at(client, ENGLISH)) == []
    waiting = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert "Rewritten" in str(waiting.corrections_en)


def test_a_language_that_is_offline_shows_none(client, journal):
    article = corrected_article(journal)
    unpublish_languages(article, ["en"])
    assert b"two</b> lakes" not in client.get(ENGLISH, follow=True).content
    assert b"lakes" not in client.get(FRENCH).content
    assert client.get(f"/en/api/articles/{article.pk}/").status_code == 404


def test_a_correction_is_an_update(client, journal):
    article = make_article(journal)
    publish_draft(article, corrections_en=corrections(("2026-03-10", "It was two lakes.")))

    article.refresh_from_db()
    assert article.updated_at_en and not article.updated_at_fr
    data = graph_of(client.get(ENGLISH).content.decode())["NewsArticle"]
    assert data["dateModified"] == timezone.localtime(article.updated_at_en).isoformat(
        timespec="seconds"
    )


def test_machines_are_told_with_the_typography_of_the_language(client, journal):
    make_article(journal, corrections_fr=corrections(("2026-03-02", 'Le lac "Noir" : un étang.')))
    (correction,) = graph_of(client.get(FRENCH).content.decode())["NewsArticle"]["correction"]
    assert correction["text"] == "Le lac «\u202fNoir\u202f»\xa0: un étang."


def test_machines_are_told(client, journal):
    article = corrected_article(journal)

    data = graph_of(client.get(FRENCH).content.decode())["NewsArticle"]
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "datePublished": "2026-03-02",
            "text": "Le lac était gelé.",
            "inLanguage": "fr",
        }
    ]
    detail = client.get(f"/en/api/articles/{article.pk}/").json()
    assert detail["corrections"] == [
        {"date": "2026-03-09", "text": "<p>B</p>"},
        {"date": "2026-03-01", "text": "<p>It was <b>two</b> lakes.</p>"},
    ]
    assert "two</b> lakes" in detail["content"]
    pages = client.get(f"/en/api/pages/{article.pk}/").json()
    assert [each["value"]["date"] for each in pages["corrections"]] == ["2026-03-09", "2026-03-01"]


def test_feeds_and_side_by_side_have_them(client, journal):
    corrected_article(journal)
    assert "It was &lt;b&gt;two" in client.get("/en/feed/rss/").content.decode()
    page = page_at(client, f"{ENGLISH}en-fr/")
    assert notes_in(page) == ["9 March 2026 B", "1 March 2026 It was two lakes."]
    beside = page.select_one("#fr-corrections")
    assert "2 mars 2026" in " ".join(beside.text.split()) and beside.find_parent(lang="fr")


# Editors


def posted(*notes):
    """The blocks of a posted form, each ``(date, text)``."""
    rows = [
        ("correction", {"date": day, "text": rich_text(f"<p>{text}</p>", features=FEATURES)})
        for day, text in notes
    ]
    return streamfield(rows)


def test_an_editor_adds_a_correction(admin, journal):
    article = make_article(journal)
    values = {"corrections_en": posted(("03/05/2026", "It was two lakes."))}
    form = article_form("Le lac gèle", "The lake freezes", PUBLISH_BOTH, **values)
    assert edit(admin, article, {**opened_on(article), **form}).status_code == 302

    article.refresh_from_db()
    [stored] = article.corrections_en.get_prep_value()
    assert stored["value"]["date"] == "2026-05-03"
    assert not article.corrections_fr


def test_a_new_correction_is_of_today(journal, monkeypatch):
    monkeypatch.setattr("diptych.articles.blocks.corrections.localdate", lambda: date(2026, 3, 1))
    field = ArticlePage._meta.get_field("corrections_en")
    described = BeautifulSoup(field.formfield().widget.render("corrections", None), "html.parser")
    assert "2026" in described.select_one("[data-block]")["data-w-block-data-value"]
    stream = field.stream_block
    assert stream.child_blocks["correction"].get_default()["date"] == date(2026, 3, 1)
    # One that was stored without a date has none.
    stored = stream.to_python([{"type": "correction", "value": {"text": "<p>A</p>"}, "id": "a"}])
    assert stored[0].value["date"] is None


def test_a_new_correction_that_says_nothing_waits_in_the_draft(admin, journal):
    values = {"corrections_fr": posted((timezone.localdate().isoformat(), ""))}
    draft = article_form("Le lac", "The lake", **values)
    assert create(admin, journal.articles, draft).status_code == 302
    form = article_form("Le froid", "The cold", PUBLISH_BOTH, **values)
    response = create(admin, journal.articles, form)
    assert "Not filled in: Correction (What was corrected)." in response.content.decode()
    assert not ArticlePage.objects.filter(live=True).exists()


@pytest.mark.parametrize("press", [None, PUBLISH_BOTH])
def test_a_date_in_the_future_is_refused(admin, journal, press):
    later = timezone.localdate() + timedelta(days=1)
    values = {"corrections_en": posted((later.isoformat(), "Not yet."))}
    form = article_form("Le lac", "The lake", press, **values)
    response = create(admin, journal.articles, form)
    assert response.status_code == 200
    assert "The date of a correction cannot be in the future." in response.content.decode()


def test_a_text_needs_a_date_to_be_published(admin, journal):
    values = {"corrections_fr": posted(("", "Sans date."))}
    form = article_form("Le lac", "The lake", PUBLISH_BOTH, **values)
    response = create(admin, journal.articles, form)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"corrections_fr"}
    assert "Not filled in: Correction (Date)." in response.content.decode()
    assert not ArticlePage.objects.filter(live=True).exists()
    draft = article_form("Le lac", "The lake", **values)
    assert create(admin, journal.articles, draft).status_code == 302
    assert not ArticlePage.objects.filter(live=True).exists()


def test_translators_see_a_correction_of_the_source(admin, journal):
    article = make_article(journal)
    publish_draft(article, corrections_fr=corrections(("2026-03-10", "Deux lacs.")))
    screen = Screen(admin.get(address(article)))
    assert "Deux lacs." in screen.soup.text
    assert screen.soup.select_one("[data-block]#corrections_en")


# Files


def test_folder_of_markdown_keeps_them(journal, tmp_path, client):
    article = corrected_article(journal)
    first, again = tmp_path / "first", tmp_path / "again"
    call_command("export_markdown", str(first), stdout=StringIO())
    [path] = first.rglob("le-lac-gele*.en.md")
    assert "date: 2026-03-01\n" in path.read_text()

    article.delete()
    call_command("import_markdown", str(first), stdout=StringIO())
    assert notes_in(page_at(client, ENGLISH)) == [
        "9 March 2026 B",
        "1 March 2026 It was two lakes.",
    ]
    call_command("export_markdown", str(again), stdout=StringIO())
    assert (again / path.relative_to(first)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("day", ["2999-01-01", "someday"])
def test_dates_of_files_that_are_none_are_reported(journal, tmp_path, client, day):
    article = corrected_article(journal)
    call_command("export_markdown", str(tmp_path), stdout=StringIO())
    [path] = tmp_path.rglob("le-lac-gele*.en.md")
    path.write_text(path.read_text().replace("2026-03-09", day))
    article.delete()

    report = tmp_path / "report.json"
    call_command("import_markdown", str(tmp_path), report=str(report), stdout=StringIO())
    assert "corrections_en: " in report.read_text()
    assert notes_in(page_at(client, ENGLISH)) == []


def test_dates_are_stored_as_text(journal):
    article = corrected_article(journal)
    block = article.corrections_en.stream_block
    value = block.to_python(json.loads(corrections(("2026-03-01", "A"))))
    assert value[0].value["date"] == date(2026, 3, 1)
    assert block.get_prep_value(value)[0]["value"]["date"] == "2026-03-01"
