"""Count the terms of articles that are new, a few at a time, between one rebuild and the next."""

import numpy as np
from django.apps import apps
from django.db.models import F
from django.utils import timezone

from articles.languages.models.page_language import PageLanguage
from articles.related.models import RelatedText, RelatedUncounted, RelatedVocabulary
from articles.related.reading import read, vocabulary_of

#: New articles are counted once they are such a part of all: in a small journal, each at once.
PART = 0.01


def count(stored, row_id, terms):
    """Have the article of a row counted, with all its ``terms``, if it has not been.

    ``stored`` is the row of its vocabulary, which is written and read under its lock.
    """
    is_waiting = RelatedUncounted.objects.filter(row_id=row_id).exists()
    if not is_waiting and RelatedText.objects.filter(row_id=row_id).exists():
        return
    RelatedUncounted.objects.update_or_create(row_id=row_id, defaults={"terms": _packed(terms)})
    waiting = RelatedUncounted.objects.filter(row__language=stored.language)
    if waiting.count() > PART * stored.articles:
        _count_all(stored, waiting)


def leave_uncounted(language, row_ids):
    """Have the articles of rows, live in ``language``, counted when the next new one comes."""
    rows = PageLanguage.objects.filter(pk__in=row_ids, live=True)
    pages = dict(rows.values_list("page_id", "pk"))
    articles = apps.get_model("diptych", "ArticlePage").objects.in_bulk(pages)
    RelatedUncounted.objects.bulk_create(
        [
            RelatedUncounted(row_id=pages[pk], terms=_packed(read(article, language)[0]))
            for pk, article in articles.items()
        ],
        ignore_conflicts=True,
    )


def _packed(terms):
    return terms.astype("<u4").tobytes()


def _count_all(stored, waiting):
    articles = [np.frombuffer(terms, "<u4") for terms in waiting.values_list("terms", flat=True)]
    vocabulary = vocabulary_of(stored).with_more(articles)
    stored.articles = vocabulary.articles
    stored.terms = vocabulary.packed()
    stored.counted_at = timezone.now()
    stored.save(update_fields=["articles", "terms", "counted_at"])
    waiting.delete()


def uncounted(row_ids):
    """Those of rows that their vocabulary does not know of yet."""
    waiting = RelatedUncounted.objects.filter(row_id__in=row_ids)
    return set(waiting.values_list("row_id", flat=True))


def note_change(languages):
    """Remember that an article has changed in some ``languages``."""
    rows = RelatedVocabulary.objects.filter(language__in=languages)
    rows.update(changes=F("changes") + 1)
