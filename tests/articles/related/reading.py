"""What the lists of a journal say, and what they would say if they were made from nothing."""

from articles.languages.models import PageLanguage
from articles.models import ArticlePage
from articles.related.models import RelatedPage, RelatedTerm, RelatedText, RelatedVocabulary
from articles.related.rebuilding import rebuild
from articles.related.suggestions import MOST_RELATED, related_articles

LANGUAGES = ("fr", "en")
TABLES = (RelatedPage, RelatedText, RelatedTerm, RelatedVocabulary)


def stored():
    """All lists, with every score, the texts they come from and the terms that lead there."""
    return (
        sorted(RelatedPage.objects.values_list("source_id", "target_id", "score")),
        sorted(RelatedTerm.objects.values_list("key", flat=True)),
        {
            row: (size, is_thin, bytes(terms))
            for row, size, is_thin, terms in RelatedText.objects.values_list(
                "row_id", "size", "is_thin", "terms"
            )
        },
    )


def made_from_nothing():
    """What is ``stored`` once every table has been emptied but for the numbers of languages."""
    for table in TABLES[:-1]:
        table.objects.all().delete()
    RelatedVocabulary.objects.update(articles=0, terms=None)
    rebuild()
    return stored()


def shown(article, language, limit=MOST_RELATED):
    """The headlines below ``article``, after looking for what must never stand there."""
    article = ArticlePage.objects.get(pk=article.pk)
    suggestions, _linked = related_articles(article, language, limit=limit)
    keys = [each.pk for each in suggestions]
    visible = PageLanguage.objects.visible_in(language).values_list("page_id", flat=True)
    assert len(keys) == len(set(keys))
    assert article.pk not in keys
    assert set(keys) <= set(visible)
    assert not set(keys) & set(article.exclusions.values_list("excluded_id", flat=True))
    return [each.text_in("headline", language) for each in suggestions]
