"""The articles similar to one that is being edited, and their shared terms."""

from dataclasses import dataclass, field
from functools import cached_property

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.models import PageLanguage
from diptych.articles.linguistics.folding import fold
from diptych.articles.related.content import facts_in_form, read_terms, texts_of
from diptych.articles.related.index import index_of
from diptych.articles.related.loading import Frequencies
from diptych.articles.related.neighbours import LONGEST
from diptych.articles.related.similarity import Article
from diptych.articles.related.terms import BIGRAM, spellings
from diptych.articles.related.vectors import Vector

#: A placeholder for the row of an article that has none yet.
NO_ROW = 0
#: A word is rare in at most this part of the articles, and a few.
RARE, FEW = 0.1, 3
#: In a text of more words, one that occurs once is not frequent.
SHORT = 150


@dataclass
class SimilarArticle:
    """A page similar to the one being written, and what the two share.

    ``terms`` are the distinctive words and bigrams of both by language, as written, highest weight
    first; ``topics`` and ``authors`` are ids.
    """

    page_id: int
    score: int
    terms: dict = field(default_factory=dict)
    topics: list = field(default_factory=list)
    authors: list = field(default_factory=list)
    same_series: bool = False


def similar_articles(page, language):
    """The :class:`SimilarArticle` list for a page as it is in a form, best first.

    It need not be stored, nor live in any language; without any text there are none. An alias has
    those of its original. Whether readers may see them is not asked.
    """
    frequencies = Frequencies()
    texts = {code: FormText(page, code, frequencies[code]) for code in _languages(page, language)}
    if not any(len(text.vector.terms) for text in texts.values()):
        return []
    original = original_id(page)
    rows = PageLanguage.objects.filter(page_id=original, language=language) if original else ()
    row = next((each.pk for each in rows), NO_ROW)
    vectors = {code: text.vector for code, text in texts.items()}
    source = Article(row, original, facts_in_form(page, language), vectors)
    targets = index_of(language, vectors[language].is_thin).targets(source)
    articles = {each.row: each for each in targets.articles}
    return [
        _explained(articles[row], score, source, texts, language)
        for row, score in targets.nearest(source, LONGEST).items()
    ]


def _languages(page, language):
    """``language`` first, then the others that the page is written in."""
    written = [code for code in available_languages() if page.text_in("headline", code)]
    return dict.fromkeys([language, *written])


def _explained(target, score, source, texts, language):
    pair = (source, target)
    pooled = any(each.vectors[language].is_thin for each in pair)
    facts, others = source.facts, target.facts
    terms = {
        code: texts[code].telling_terms(target.vectors[code])
        for code in texts
        if code in target.vectors and (code == language or pooled)
    }
    return SimilarArticle(
        target.page,
        score,
        {code: found for code, found in terms.items() if found},
        sorted(facts.topics & others.topics),
        sorted(facts.authors & others.authors),
        facts.series is not None and facts.series == others.series,
    )


class FormText:
    """The text of a page in a language, as it is in a form."""

    def __init__(self, page, language, frequencies):
        self.texts = list(texts_of(page, language).values())
        terms, counts, is_thin = read_terms(page, language)
        self.counts = dict(zip(terms.tolist(), counts.tolist(), strict=True))
        self.frequencies = frequencies
        self.vector = Vector.weighted(terms, counts, frequencies, is_thin)

    @cached_property
    def names(self):
        """How each term is written."""
        return spellings(self.texts)

    @cached_property
    def telling_words(self):
        """The folded words that are rare in the journal and frequent here."""
        words = self.vector.terms[self.vector.terms < BIGRAM]
        length = sum(self.counts[word] for word in words.tolist())
        often = 1 if length < SHORT else 2
        most = RARE * self.frequencies.articles + FEW
        known = self.frequencies.counts_of(words)
        return {
            fold(self.names[word])
            for word, number in zip(words.tolist(), known.tolist(), strict=True)
            if number <= most and self.counts[word] >= often and word in self.names
        }

    def telling_terms(self, other):
        """The words and bigrams shared with another vector, of nothing but telling words."""
        shared = (
            self.names[term] for term in self.vector.shared(other).tolist() if term in self.names
        )
        return [name for name in shared if self.telling_words.issuperset(map(fold, name.split()))]
