"""Whatever editors do, lists hold what readers may see, and are those a rebuild would make."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.languages.models import PageLanguage
from articles.models import ArticlePage, ExcludedArticle, PickedArticle
from articles.related.models import RelatedPage, RelatedTerm, RelatedText, RelatedWaiting
from articles.related.tasks import recount_if_due
from articles.related.waiting import work_off
from tests.articles.related.reading import LANGUAGES, made_from_nothing, shown, stored
from tests.factories import make_article, make_journal, make_topic, paragraphs, publish_draft

pytestmark = pytest.mark.django_db

TEXTS = [
    "Ice covers the frozen harbour while skaters cross the northern lake. " * 6,
    "The frozen lake and its skaters wait for the minister of the northern harbour. " * 6,
    "The budget raises the tax on income and the minister defends the deficit. " * 6,
    "Short.",
]
SIZE = 5


@pytest.fixture
def journal():
    journal = make_journal()
    climate = make_topic(journal)
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
            topics=[climate] if number % 2 else [],
        )
    do_what_waits()
    return journal


def do_what_waits():
    _done, failed = work_off(RelatedWaiting.objects.all())
    assert not failed
    assert not RelatedWaiting.objects.exists()


class Editor:
    """Does something to an article as the admin does it, or harm to the lists of all."""

    def edit(self, article, other, text, language):
        publish_draft(article, **{f"body_{language}": paragraphs(TEXTS[text])})

    def publish(self, article, other, text, language):
        article.publish_languages([language])

    def unpublish(self, article, other, text, language):
        article.unpublish()

    def withdraw(self, article, other, text, language):
        article.unpublish_languages([language])

    def delete(self, article, other, text, language):
        article.delete()

    def pick(self, article, other, text, language):
        PickedArticle.objects.create(article=article, suggestion=other, sort_order=text)

    def exclude(self, article, other, text, language):
        ExcludedArticle.objects.create(article=article, excluded=other)

    def work(self, article, other, text, language):
        do_what_waits()

    def damage(self, article, other, text, language):
        rows = PageLanguage.objects.filter(page_id=article.pk)
        RelatedPage.objects.filter(source__in=rows).update(score=text)
        RelatedText.objects.filter(row__in=rows.filter(language=language)).delete()
        RelatedTerm.objects.filter(pk__in=RelatedTerm.objects.values("pk")[: 10 * text]).delete()
        RelatedWaiting.objects.mark([article.pk])


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
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, min_size=1, max_size=7))
def test_lists_hold_what_may_be_seen_and_what_a_rebuild_would_find(journal, steps):
    with transaction.atomic():
        take(steps)
        for article in ArticlePage.objects.live():
            for language in LANGUAGES:
                shown(article, language)
        do_what_waits()
        for article in ArticlePage.objects.live():
            for language in article.live_languages:
                others = PageLanguage.objects.visible_in(language).filter(
                    page__in=ArticlePage.objects.exclude(pk=article.pk)
                )
                unwanted = article.exclusions.values("excluded_id")
                expected = others.exclude(page_id__in=unwanted).count()
                assert len(shown(article, language)) == expected
        recount_if_due()
        assert stored() == made_from_nothing()
        transaction.set_rollback(True)


def take(steps):
    articles = list(ArticlePage.objects.order_by("pk"))
    for name, place, another, text, language in steps:
        keys = [articles[place].pk, articles[another].pk]
        found = ArticlePage.objects.in_bulk(keys)
        if len(found) == len(set(keys)):
            getattr(Editor(), name)(*map(found.get, keys), text, language)
