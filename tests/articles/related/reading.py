"""What the lists of a journal say, and what they would say if they were made from nothing."""

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.models.settings import MAX_RELATED
from diptych.articles.related.models import CandidateTerm, Neighbour, TermVector
from diptych.articles.related.rebuilding import rebuild
from diptych.articles.related.suggestions import related_below

LANGUAGES = ("fr", "en")
#: The neighbours, the picks, the exclusions, what can be read, and by whom it is.
FEW_QUERIES = 5
TABLES = (Neighbour, TermVector, CandidateTerm)


def stored():
    """All neighbours with their scores, the candidate terms and the vectors."""
    vectors = TermVector.objects.values_list("row_id", "is_thin", "terms")
    return (
        sorted(Neighbour.objects.values_list("source_id", "target_id", "score")),
        sorted(CandidateTerm.objects.values_list("language", "term", "row_id")),
        {row: (is_thin, bytes(terms)) for row, is_thin, terms in vectors},
    )


def made_from_nothing():
    """What is ``stored`` once every table has been emptied."""
    for table in TABLES:
        table.objects.all().delete()
    rebuild()
    return stored()


def shown(article, language, limit=MAX_RELATED):
    """The headlines below ``article``, after looking for what must never stand there."""
    article = ArticlePage.objects.get(pk=article.pk)
    keys, _linked = related_below(article, language, limit=limit)
    visible = PageLanguage.objects.visible_in(language).values_list("page_id", flat=True)
    assert len(keys) == len(set(keys))
    assert article.pk not in keys
    assert set(keys) <= set(visible)
    assert not set(keys) & set(article.exclusions.values_list("excluded_id", flat=True))
    suggestions = ArticlePage.objects.in_bulk(keys)
    return [suggestions[pk].text_in("headline", language) for pk in keys]
