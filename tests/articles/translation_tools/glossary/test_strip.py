"""The terms of a passage: what the strip shows, to whom, and hints that are hidden in one place."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.timezone import now
from wagtail.users.models import UserProfile

from diptych.articles.languages.models import Review, TranslationAssignment
from diptych.articles.translation_tools.glossary.models import MutedHint
from tests.articles.side_by_side.screen import address as side_by_side
from tests.articles.side_by_side.screen import body, make_member, three_paragraphs, translated
from tests.articles.side_by_side.test_parts import table
from tests.articles.translation_tools.glossary.entries import make_concept

PLACE = "body.a"


@pytest.fixture
def article(journal):
    return three_paragraphs(journal)


def member(client, journal, *codenames):
    """Sign in somebody with those permissions, whose admin is in English."""
    user = make_member(journal, *codenames)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return user


def url(page, act="terms", language="en"):
    return reverse(f"diptych_glossary:{act}", args=(page.pk, language))


def ask(client, page, source="Un lac.", target="", language="en", **values):
    values = {
        "source": source,
        "target": target,
        "place": PLACE,
        "source_language": "fr",
        "may_write": "true",
        **values,
    }
    return client.post(url(page, language=language), values)


def strip(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "lxml").select_one(".diptych-terms")


def text_of(element):
    return " ".join(element.get_text(" ").split())


def test_the_terms_of_a_passage_with_keys(article, translator):
    make_concept(note="Not a sea.", fr="lac", en="lake", en_allowed="pond", en_forbidden="puddle")
    make_concept(fr="pont", en="bridge")
    found = strip(ask(translator, article, "🏔️ Un lac, des lacs.", "Some puddles"))
    assert text_of(found).startswith(
        "lac 1 lake also: pond Not a sea. “puddles” is not to be used. Hide here"
    )
    assert "pont" not in text_of(found)
    assert found.select_one("button")["aria-keyshortcuts"] == "Control+1 Alt+1"
    # An emoji of two characters in a browser, and its variation.
    assert json.loads(found["data-spans"]) == [[7, 10], [16, 20]]


def test_terms_in_several_lines_stand_where_the_browser_counts_them(article, translator):
    make_concept(fr="lac", en="lake")
    found = strip(ask(translator, article, "Un titre\r\nUn lac\r\n\r\nDeux lacs", ""))
    assert json.loads(found["data-spans"]) == [[12, 15], [22, 26]]
    assert found["data-summary"] == "1 glossary term. 1 lac: lake."


def test_a_passage_without_terms(article, translator):
    found = strip(ask(translator, article))
    assert text_of(found) == ("No term of the glossary here. Add what is selected to the glossary")


def test_nine_terms_have_a_key(article, translator):
    for number in range(12):
        make_concept(fr=f"mot{number}x", en=f"word{number}")
    source = " ".join(f"mot{number}x" for number in range(12))
    found = strip(ask(translator, article, source))
    assert len(found.select("[data-term-insert]")) == 12
    assert len(found.select("[aria-keyshortcuts]")) == 9


def test_markup_in_terms_is_text(article, translator):
    make_concept(fr="lac", en="<b>lake</b>", note="<script>")
    html = ask(translator, article, target="<i>x</i>").content.decode()
    assert "<b>lake" not in html and "<script>" not in html


def mute(client, page, entry, muted="true", **values):
    values = {"concept": entry.pk, "place": PLACE, "muted": muted, **values}
    return client.post(url(page, "mute"), values).status_code


def test_a_hint_is_hidden_in_one_place_and_shown_again(article, translator):
    concept = make_concept(fr="lac", en="lake")
    assert "“lake” is missing." in text_of(strip(ask(translator, article, target="A sea")))
    assert [mute(translator, article, concept) for _twice in range(2)] == [204, 204]
    assert MutedHint.objects.count() == 1
    found = strip(ask(translator, article, target="A sea"))
    assert "missing" not in text_of(found) and "A hint is hidden here." in text_of(found)
    other = strip(ask(translator, article, target="A sea", place="body.b"))
    assert "“lake” is missing." in text_of(other)
    assert mute(translator, article, concept, "false") == 204
    assert "“lake” is missing." in text_of(strip(ask(translator, article, target="A sea")))


@pytest.mark.parametrize(
    "values",
    [{"concept": "x"}, {"concept": "9" * 30}, {"place": ""}, {"place": "a" * 201}, {"place": "\0"}],
)
def test_malformed_requests_to_hide_are_refused(article, translator, values):
    concept = make_concept(fr="lac", en="lake")
    assert mute(translator, article, concept, **values) == 400
    assert not MutedHint.objects.exists()


def test_a_hint_of_no_entry_is_not_there(article, translator):
    assert translator.post(url(article, "mute"), {"concept": 0, "place": PLACE}).status_code == 404


@pytest.mark.parametrize(
    "values", [{"source_language": "xx"}, {"place": "a" * 201}, {"place": "a\0"}]
)
def test_malformed_questions_are_refused(article, translator, values):
    assert ask(translator, article, **values).status_code == 400


def test_only_posts_are_answered(article, translator):
    assert translator.get(url(article)).status_code == 405
    assert translator.get(url(article, "mute")).status_code == 405


def test_no_other_page_and_no_other_language(article, journal, translator):
    assert ask(translator, article, language="xx").status_code == 404
    missing = reverse("diptych_glossary:terms", args=(99999, "en"))
    assert translator.post(missing, {"source_language": "fr"}).status_code == 404


@pytest.mark.parametrize(
    ("codenames", "status"), [((), 302), (("edit_fr",), 302), (("edit_en",), 200)]
)
def test_the_strip_is_for_those_who_edit_the_language(journal, article, client, codenames, status):
    concept = make_concept(fr="lac", en="lake")
    member(client, journal, *codenames)
    assert ask(client, article).status_code == status
    assert mute(client, article, concept) == (204 if status == 200 else 302)
    assert MutedHint.objects.exists() == (status == 200)


def test_who_reviews_without_editing_has_no_button(journal, article, client):
    concept = make_concept(fr="lac", en="lake")
    TranslationAssignment.objects.create(
        page=article, language="en", review=Review.SUBMITTED, submitted_at=now()
    )
    member(client, journal, "publish_en")
    found = strip(ask(client, article, target="A sea"))
    assert "“lake” is missing." in text_of(found)
    assert not found.select("button, a")
    review = BeautifulSoup(client.get(f"/admin/diptych/review/{article.pk}/en/").content, "lxml")
    assert not review.select("[data-term-mute]")
    assert mute(client, article, concept) == 302
    assert not MutedHint.objects.exists()


def test_a_locked_text_has_no_button(article, translator):
    make_concept(fr="lac", en="lake")
    found = strip(ask(translator, article, target="A sea", may_write="false"))
    assert not found.select("button")


def test_the_side_by_side_view_brings_the_strip(article, translator):
    html = translator.get(side_by_side(article)).content.decode()
    assert url(article) not in html  # nothing is begun yet
    translator.post(side_by_side(article, act="start-empty"))
    html = translator.get(side_by_side(article)).content.decode()
    assert url(article) in html and url(article, "mute") in html


def test_a_passage_costs_few_queries(article, translator, django_assert_max_num_queries):
    for number in range(50):
        make_concept(fr=f"mot{number}x", en=f"word{number}")
    ask(translator, article, "mot1x et mot2x")
    with django_assert_max_num_queries(14):
        ask(translator, article, "mot1x et mot2x")


def hints_of_review(client, page):
    """The sentences of the glossary in the review of the English."""
    response = client.get(reverse("diptych_review", args=(page.pk, "en")))
    soup = BeautifulSoup(response.content, "lxml")
    return [text_of(each) for each in soup.select(".diptych-review__hints li")]


def test_a_review_has_the_hints_that_are_not_hidden(journal, translator):
    article = translated(journal)
    make_concept(fr="lac", en="pool", en_forbidden="lake")
    concept = make_concept(fr="pont", en="viaduct")
    make_concept(fr="rive", en="bank")
    not_to_be_used = ["“lake” is not to be used for “lac”."] * 3  # headline, lead and body
    assert hints_of_review(translator, article) == [
        *not_to_be_used,
        "The preferred term “viaduct” for “pont” is missing.",
    ]
    assert mute(translator, article, concept, place="body.c") == 204
    assert hints_of_review(translator, article) == not_to_be_used


def test_a_review_finds_terms_in_cells_of_a_table(journal, translator):
    make_concept(fr="lac", en="lake")
    french = body(("t", "table", table(["Un", "lac"], ["fonds", "rive"])))
    english = body(("t", "table", table(["A", "pond"], ["holdings", "bank"])))
    article = translated(journal, body_fr=french, body_en=english)
    (hint,) = hints_of_review(translator, article)
    assert hint == "The preferred term “lake” for “lac” is missing."
