"""Whatever editors do, lists hold what readers may see, and are those a rebuild would make."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage, ExcludedArticle, PickedArticle
from diptych.articles.related import indexing, loading, neighbours, updating
from diptych.articles.related.models import CandidateTerm, Neighbour, PendingUpdate, TermVector
from diptych.articles.related.updating import work_off
from tests.articles.related.reading import LANGUAGES, made_from_nothing, shown, stored
from tests.factories import make_article, make_topic, paragraphs, publish_confirmed, publish_draft

TEXTS = [
    "Ice covers the frozen harbour while skaters cross the northern lake. " * 6,
    "The frozen lake and its skaters wait for the minister of the northern harbour. " * 6,
    "The budget raises the tax on income and the minister defends the deficit. " * 6,
    "Short.",
]
SIZE = 5


@pytest.fixture
def journal(journal):
    climate, money = make_topic(journal), make_topic(journal, "Argent", "Money")
    for number in range(SIZE):
        languages = LANGUAGES if number else ("fr",)
        text = paragraphs(TEXTS[number % len(TEXTS)])
        make_article(
            journal,
            f"Titre {number}",
            f"Title {number}",
            languages,
            body_fr=text,
            body_en=text,
            topics=[climate, money] if number % 2 else [climate],
        )
    run_waiting_tasks()
    return journal


def run_waiting_tasks():
    """Work the queue off, and what this queues: pages whose lists have become short."""
    for _time in range(2):
        _done, failed = work_off(PendingUpdate.objects.all())
        assert not failed
    assert not PendingUpdate.objects.exists()


class Editor:
    """Does something to an article as the admin does it, or harm to the lists of all."""

    def edit(self, article, other, text, language):
        publish_draft(article, **{f"body_{language}": paragraphs(TEXTS[text])})

    def publish(self, article, other, text, language):
        publish_confirmed(article, [language])

    def unpublish(self, article, other, text, language):
        article.unpublish()

    def unpublish_language(self, article, other, text, language):
        article.unpublish_languages([language])

    def delete(self, article, other, text, language):
        article.delete()

    def pick(self, article, other, text, language):
        PickedArticle.objects.create(article=article, suggestion=other, sort_order=text)

    def exclude(self, article, other, text, language):
        ExcludedArticle.objects.create(article=article, excluded=other)

    def work(self, article, other, text, language):
        run_waiting_tasks()

    def damage(self, article, other, text, language):
        rows = PageLanguage.objects.filter(page_id=article.pk)
        Neighbour.objects.filter(source__in=rows).update(score=text)
        TermVector.objects.filter(row__in=rows.filter(language=language)).delete()
        CandidateTerm.objects.filter(
            pk__in=CandidateTerm.objects.values("pk")[: 10 * text]
        ).delete()
        PendingUpdate.objects.mark([article.pk])


STEPS = [name for name in vars(Editor) if not name.startswith("_")]
PLACES = st.integers(0, SIZE - 1)
step = st.tuples(
    st.sampled_from(STEPS),
    PLACES,
    PLACES,
    st.integers(0, len(TEXTS) - 1),
    st.sampled_from(LANGUAGES),
)


@pytest.mark.scale
@pytest.mark.parametrize("written_whole", [True, False], ids=["small", "large"])
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, min_size=1, max_size=7))
def test_lists_hold_what_may_be_seen_and_what_a_rebuild_would_find(
    journal, monkeypatch, steps, written_whole
):
    """In a large journal, scores follow the weights of terms with the next rebuild."""
    if not written_whole:
        monkeypatch.setattr(neighbours, "WRITTEN_WHOLE", 0)
        for module in (loading, indexing, updating):
            monkeypatch.setattr(module, "COMPARED_WHOLE", SIZE - 1)
    with transaction.atomic():
        take(steps)
        for article in ArticlePage.objects.live():
            for language in LANGUAGES:
                shown(article, language)
        run_waiting_tasks()
        for article in ArticlePage.objects.live():
            for language in article.live_languages:
                others = PageLanguage.objects.visible_in(language).filter(
                    page__in=ArticlePage.objects.exclude(pk=article.pk)
                )
                unwanted = article.exclusions.values("excluded_id")
                expected = others.exclude(page_id__in=unwanted).count()
                assert len(shown(article, language)) == expected
        before, anew = stored(), made_from_nothing()
        assert before == anew if written_whole else before[2] == anew[2]
        transaction.set_rollback(True)


def take(steps):
    articles = list(ArticlePage.objects.order_by("pk"))
    for name, place, another, text, language in steps:
        keys = [articles[place].pk, articles[another].pk]
        found = ArticlePage.objects.in_bulk(keys)
        if len(found) == len(set(keys)):
            getattr(Editor(), name)(*map(found.get, keys), text, language)
