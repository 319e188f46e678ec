"""What would belong beside an article as it is being written, and why."""

from dataclasses import dataclass, field

import numpy as np
from django.utils import timezone

from articles.languages.aliases import original_id
from articles.languages.available import available_languages
from articles.languages.models.page_language import PageLanguage
from articles.related.lists import compare
from articles.related.models import RelatedText
from articles.related.nearness import Facts
from articles.related.reading import facts_of, passages, text_of, vocabulary_of
from articles.related.stored import StoredIndex
from articles.related.texts import Text
from articles.related.updating import vocabularies
from articles.related.words import spelt

#: No row has this number: that of an article that has none yet.
NO_ROW = 0


@dataclass
class Near:
    """A page near the one being written: its score, and what the two share.

    ``topics`` and ``authors`` are ids. ``terms`` are by language those of both as they are
    written, the heaviest first; of other languages than the one asked for only where one of the
    two has hardly any text in it.
    """

    page_id: int
    score: int
    terms: dict = field(default_factory=dict)
    topics: list = field(default_factory=list)
    authors: list = field(default_factory=list)
    same_series: bool = False


def near(page, language):
    """The :class:`Near` ones of a page as it is in a form, best first, whoever may see them.

    It need not be stored, nor live, in any language; there are none where it says nothing. An
    alias is near what its original is near.
    """
    original = original_id(page)
    known = vocabularies()
    words = {code: vocabulary_of(each) for code, each in known.items()}
    written = [code for code in available_languages() if page.text_in("headline", code)]
    compared = RelatedText.objects.filter(row__page_id=original).values_list(
        "row__language", flat=True
    )
    counted = set(compared) if original else set()
    source = {
        code: text_of(page, code, words[code], code in counted) for code in {language, *written}
    }
    if not any(len(text.terms) for text in source.values()):
        return []
    source = {language: source.pop(language), **source}
    rows = PageLanguage.objects.filter(page_id=original, language=language) if original else ()
    row_id = next((row.pk for row in rows), NO_ROW)
    facts = facts_in_form(page, language)
    index = StoredIndex({code: each.number for code, each in known.items()}, words)
    lists = compare(language, row_id, source, facts, index, known[language].newest_day)
    return _explained(page, language, lists.own, source, facts)


def facts_in_form(page, language):
    """The :class:`Facts` of a page that need not be stored."""
    moment = page.publication_date or page.text_in("first_public_at", language)
    return Facts(
        frozenset(entry.topic_id for entry in page.topics.all() if entry.topic_id),
        frozenset(entry.author_id for entry in page.authors.all() if entry.author_id),
        page.series_id,
        (moment or timezone.now()).toordinal(),
    )


def _explained(page, language, found, source, facts):
    scores = {row: score for score, row in found}
    texts = _texts(scores)
    pages = {row: page_id for row, (page_id, _texts) in texts.items()}
    others = facts_of(list(pages.values()), language)
    names = {code: _names(page, code) for code in source}
    result = []
    for row, score in scores.items():
        if pages.get(row) in others:
            other = others[pages[row]]
            result.append(
                Near(
                    pages[row],
                    score,
                    _shared(language, source, texts[row][1], names),
                    sorted(facts.topics & other.topics),
                    sorted(facts.authors & other.authors),
                    facts.series is not None and facts.series == other.series,
                )
            )
    return result


def _shared(language, source, target, names):
    """The terms that two articles are near by: by language, as ``names`` has them written."""
    is_pooled = any(texts[language].is_thin for texts in (source, target) if language in texts)
    shared = {
        code: shared_terms(text, target[code], names[code])
        for code, text in source.items()
        if code in target and (code == language or is_pooled)
    }
    return {code: terms for code, terms in shared.items() if terms}


def _texts(row_ids):
    """For each row its page, and that page's stored texts by language."""
    pages = dict(PageLanguage.objects.filter(pk__in=row_ids).values_list("pk", "page_id"))
    stored = RelatedText.objects.filter(row__page_id__in=pages.values()).select_related("row")
    texts = {}
    for each in stored:
        text = Text.unpacked(each.size, bytes(each.terms), each.is_thin)
        texts.setdefault(each.row.page_id, {})[each.row.language] = text
    return {row: (page, texts.get(page, {})) for row, page in pages.items()}


def _names(page, language):
    """How the terms of ``page`` are written, by their numbers."""
    headline = page.text_in("headline", language) or ""
    return spelt([text for text, _weight in passages(page, language)] + [headline])


def shared_terms(text, other, names):
    """What two texts share, the heaviest first; a term that nobody wrote has no name."""
    _shared, places, others = np.intersect1d(text.terms, other.terms, return_indices=True)
    weights = text.weights[places] * np.sqrt(other.counts[others]) * text.worth[places]
    heaviest = text.terms[places][np.argsort(-weights, kind="stable")].tolist()
    return [names[term] for term in heaviest if term in names]
