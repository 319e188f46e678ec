"""Articles for the benchmark of search: texts of made-up words, as common and rare as real ones."""

import random
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from articles.languages.available import available_languages
from articles.models import ArticlePage, AuthorPage
from tests.factories import blocks

#: How many different words each language has, and how their frequency falls from one to the next.
WORDS, EXPONENT, FIRST = 50_000, 1.05, 8
#: Words of the parts of an article.
HEADLINE, LEAD, HEADING, PARAGRAPH = 8, 26, 4, 70
PARAGRAPHS = (3, 9)

SYLLABLES = [
    consonant + vowel
    for consonant in ("b", "c", "d", "f", "gl", "j", "l", "m", "n", "p", "r", "s", "t", "tr", "v")
    for vowel in ("a", "e", "i", "o", "u", "ou", "an")
]
ENDINGS = {"fr": ("", "s", "er", "tion", "ment", "eux"), "en": ("", "s", "ed", "ing", "ness")}
#: The most common words of a text say nothing.
COMMON = {
    "fr": ["le", "de", "la", "et", "les", "des", "un", "une", "que", "dans", "pour", "pas"],
    "en": ["the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on"],
}


class Language:
    """The words of one language, and texts made of them."""

    def __init__(self, code, seed=1):
        self.random = random.Random(f"{code}{seed}")
        made = dict.fromkeys(COMMON[code])
        while len(made) < WORDS:
            syllables = self.random.choices(SYLLABLES, k=self.random.randint(2, 4))
            made["".join(syllables) + self.random.choice(ENDINGS[code])] = None
        self.words = list(made)
        self.weights = list(accumulate(1 / (FIRST + rank) ** EXPONENT for rank in range(WORDS)))

    def text(self, length):
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=length))

    def word_of_rank(self, rank):
        return self.words[min(rank, WORDS - 1)]


def languages():
    return {code: Language(code) for code in available_languages()}


def make_articles(known, first, count):
    """``count`` unsaved articles in every language, numbered from ``first``."""
    chance = random.Random(first)
    start = datetime(2005, 1, 1, tzinfo=UTC)
    for number in range(first, first + count):
        moment = start + timedelta(hours=chance.randrange(20 * 365 * 24))
        yield _article(known, number, moment, chance.randint(*PARAGRAPHS))


def _article(known, number, moment, paragraphs):
    values = {}
    for code, language in known.items():
        half = [("paragraph", f"<p>{language.text(PARAGRAPH)}</p>") for _ in range(paragraphs)]
        heading = ("heading", {"text": language.text(HEADING), "level": "h2"})
        values |= {
            f"headline_{code}": language.text(HEADLINE).capitalize(),
            f"url_slug_{code}": f"{code}-{number}",
            f"lead_{code}": language.text(LEAD).capitalize(),
            f"body_{code}": blocks(*half[:2], heading, *half[2:]),
            f"is_public_{code}": True,
            f"first_public_at_{code}": moment,
        }
    return ArticlePage(
        title=f"Article {number}",
        slug=f"article-{number}",
        live=True,
        publication_date=moment,
        first_published_at=moment,
        last_published_at=moment,
        **values,
    )


def make_author(number):
    """An unsaved author, known by the same name in every language."""
    name, slug = f"Personne {number}", f"personne-{number}"
    values = {}
    for code in available_languages():
        values |= {f"headline_{code}": name, f"url_slug_{code}": slug, f"is_public_{code}": True}
    return AuthorPage(title=name, slug=slug, live=True, **values)
