"""What stands below many articles at once is what stands below each of them."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diptych.articles.models import ArticlePage, ExcludedArticle
from diptych.articles.related.suggestions import related_below, related_ids
from tests.factories import blocks, make_article, make_author, publish_draft

WORDS = [
    "lake",
    "ice",
    "harbour",
    "skater",
    "budget",
    "tax",
    "minister",
    "deficit",
    "tram",
    "oak",
    "firn",
    "sea",
]


@pytest.fixture
def articles(journal):
    """Articles by two people that share some words, with every kind of choice among them."""
    people = [make_author(journal, "Léa"), make_author(journal, "Max")]
    made = []
    for number in range(9):
        text = " ".join(WORDS[number : number + 4] * 3)
        body = blocks(("paragraph", f"<p>{text}</p>"))
        texts = {"body_fr": body, "body_en": body, "authors": [people[number > 6]]}
        made.append(make_article(journal, f"Texte {number}", f"Text {number}", **texts))
    french = make_article(journal, "Français", None, live_in=("fr",))
    publish_draft(made[0], exclusions=[ExcludedArticle(excluded=made[1])])
    make_article(journal, "Choisi", "Picked", picks=[made[5], french, made[5], made[2]])
    linked = blocks(("article", {"article": made[3].pk}), ("paragraph", f"<p>{WORDS}</p>"))
    made.append(make_article(journal, "Relié", "Linked", body_fr=linked, body_en=linked))
    call_command("rebuild_related", verbosity=0)
    return list(ArticlePage.objects.all())


@pytest.mark.rare
def test_it_is_the_same_as_for_one(articles, subtests):
    for language in ("fr", "en"):
        with subtests.test(language):
            assert_same_as_for_one(articles, language)


def assert_same_as_for_one(articles, language):
    linked = {
        each.pk: set(each.body.stream_block.linked_ids(each.text_in("body", language)))
        for each in articles
    }
    expected = {}
    for each in articles:
        if each.is_visible_in(language):
            expected[each.pk], _linked = related_below(each, language, linked[each.pk], 3)
    assert len({tuple(each) for each in expected.values()}) > 5
    assert dict(related_ids(language, 3, linked)) == expected
    few = list(expected)[:4]
    with CaptureQueriesContext(connection) as queries:
        found = dict(related_ids(language, 3, linked, only=few))
    assert found == {pk: expected[pk] for pk in few}
    assert len(queries) == 3
