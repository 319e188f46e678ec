"""The concordance side by side: what is found, how it is shown, and who may ask."""

import pytest
from bs4 import BeautifulSoup

from diptych.articles.translation_tools.concordance.admin.strip import ConcordanceStrip
from diptych.articles.translation_tools.concordance.models import PendingPage
from diptych.articles.translation_tools.concordance.updating import work_off
from tests.articles.side_by_side.screen import address as side_by_side
from tests.articles.side_by_side.screen import body, make_member, three_paragraphs, translated
from tests.factories import publish_confirmed, write_draft

URL = "/admin/diptych/concordance/results/"


@pytest.fixture
def article(journal):
    page = translated(journal)
    work_off(PendingPage.objects.all())
    return page


NOTED = "{}<footnote> A note.</footnote>"


def ask(client, query="rives", **values):
    values = {"q": query, "language": "fr", "other": "en", "target": "en", **values}
    return client.post(URL, values)


def shown(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "lxml")


def text_of(element):
    return " ".join(element.get_text(" ").split())


def test_a_passage_with_its_translation_and_what_is_known_of_it(article, translator):
    (item,) = shown(ask(translator)).select("li")
    source, target, about = item.select("p")
    assert (source["lang"], text_of(source)) == ("fr", "Deux rives .")
    assert [text_of(each) for each in source.select("mark")] == ["rives"]
    assert (target["lang"], text_of(target)) == ("en", "Two banks.")
    assert text_of(about).startswith("These words Le lac Live")
    assert about.select_one("a")["href"] == side_by_side(article)
    assert about.select_one("time")


def test_only_whole_sentences_can_be_inserted(article, translator):
    assert not shown(ask(translator)).select("button")
    (button,) = shown(ask(translator, "deux RIVES")).select("button")
    assert button["data-term-insert"] == "Two banks."
    back = ask(translator, "two banks", language="en", other="fr", target="en")
    assert len(shown(back).select("li")) == 1 and not shown(back).select("button")


@pytest.mark.parametrize(
    ("french", "english", "is_said"),
    [
        ("Deux rives.", "Two <b>banks</b>.", True),
        ("Deux rives.", 'Two <a href="https://example.org/">banks</a>.', True),
        (NOTED.format("Deux rives."), NOTED.format("Two banks."), True),
        ("Deux <b>rives</b>.", "Two banks.", False),
        ("Deux rives.", "Two<br/>banks.", False),
    ],
)
def test_what_is_inserted_without_its_marks_is_said(journal, translator, french, english, is_said):
    first, last = ("a", "Un lac."), ("c", "Trois ponts.")
    bodies = (body(first, ("b", text), last) for text in (french, english))
    translated(journal, **dict(zip(("body_fr", "body_en"), bodies, strict=True)))
    work_off(PendingPage.objects.all())
    hint = "Inserted without formatting, links or notes"
    (item,) = shown(ask(translator, "deux rives")).select("li")
    assert item.select_one("button") and (hint in text_of(item)) == is_said
    (item,) = shown(ask(translator, "rives")).select("li")
    assert not item.select_one("button") and hint not in text_of(item)


def test_marks_that_come_or_go_are_noticed(article, translator):
    for english, is_said in (("Two <b>banks</b>.", True), ("Two banks.", False)):
        write_draft(
            article, body_en=body(("a", "A lake."), ("b", english), ("c", "Three bridges."))
        )
        publish_confirmed(article)
        work_off(PendingPage.objects.all())
        assert (b"Inserted without" in ask(translator, "deux rives").content) == is_said


def test_a_draft_and_what_is_out_of_date_are_said(article, translator):
    french = body(("a", "Un lac."), ("b", "Deux rives vertes."), ("c", "Trois ponts."))
    write_draft(article, body_fr=french)
    work_off(PendingPage.objects.all())
    labels = [
        text_of(each) for each in shown(ask(translator)).select(".diptych-concordance__about")
    ]
    assert "Live" in labels[1] and "Out of date" not in labels[1]
    assert "Draft Out of date" in labels[0]


def test_nothing_found_is_said(article, translator):
    found = shown(ask(translator, "xylophone"))
    assert text_of(found) == "Nothing found in the concordance."
    assert found.select_one("[data-summary]")["data-summary"] == text_of(found)
    assert not text_of(shown(ask(translator, "")))


def test_markup_in_passages_is_text(journal, translator):
    english = body(("a", "&lt;script&gt; of a lake."), ("b", "Two."), ("c", "Three."))
    translated(journal, body_en=english)
    work_off(PendingPage.objects.all())
    html = ask(translator, "un lac").content.decode()
    assert "&lt;script&gt; of a lake." in html and "<script" not in html


@pytest.mark.parametrize(
    "values", [{"language": "xx"}, {"other": "xx"}, {"other": ""}, {"language": "f\0"}]
)
def test_malformed_questions_are_refused(article, translator, values):
    assert ask(translator, **values).status_code == 400


def test_odd_words_are_answered(article, translator):
    for query in ("\0", '"', "a" * 5000, "rives\0"):
        assert ask(translator, query).status_code == 200


def test_only_posts_are_answered(db, translator):
    assert translator.get(URL).status_code == 405


@pytest.mark.parametrize(("codenames", "status"), [((), 302), (("edit_fr",), 200)])
def test_it_is_for_those_who_edit_some_language(article, journal, client, codenames, status):
    client.force_login(make_member(journal, *codenames))
    assert ask(client).status_code == status


def test_a_draft_of_another_language_is_not_shown(article, journal, client):
    write_draft(article, body_en=body(("a", "A lake."), ("b", "Two secret shores.")))
    work_off(PendingPage.objects.all())
    client.force_login(make_member(journal, "edit_fr"))
    assert "secret" not in ask(client).content.decode()
    assert not shown(ask(client)).select("a")
    assert "secret" not in ask(client, "secret", language="en", other="fr").content.decode()


def test_the_side_by_side_view_brings_it_without_a_query(
    journal, translator, django_assert_num_queries
):
    page = three_paragraphs(journal)
    translator.post(side_by_side(page, act="start-empty"))
    html = translator.get(side_by_side(page)).content.decode()
    assert URL in html and "Alt+K" in html
    with django_assert_num_queries(0):
        ConcordanceStrip(page, "en").render_html()
