"""Articles for the benchmark of search: made-up words, as common and rare as those of a journal.

Half of a text are the function words of its language, as often as they really are; the other half
are made up, few of them common and most of them rare. Every article is about something: some of
its words come again and again. French words lose vowels before others, as in « l’économie ».
"""

import random
import re
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.models import ArticlePage, AuthorPage
from tests.factories import blocks

#: How many different words each language has, and how their frequency falls from one to the next.
WORDS, EXPONENT, FIRST = 80_000, 1.0, 60
#: Words of the parts of an article.
HEADLINE, LEAD, HEADING, PARAGRAPH = 9, 28, 4, 70
PARAGRAPHS = (3, 9)
#: What an article is about: so many words, and which part of its telling words they are.
SUBJECTS, SHARE_OF_SUBJECTS = 12, 0.25

CONSONANTS = (*"bcdfghjlmnprstv", "gl", "pr", "st", "tr")
VOWELS = (*"aeioué", "ou", "an")
ENDINGS = {
    "fr": ("", "s", "er", "e", "es", "tion", "tions", "ment", "eux", "ique", "é", "ée"),
    "en": ("", "s", "ed", "ing", "ness", "er", "ers", "ly", "ation"),
}
#: Of a thousand words of running text, how many are these.
FUNCTION_WORDS = {
    "fr": {
        **{"de": 58, "la": 36, "le": 28, "et": 26, "les": 25, "des": 22, "en": 18, "un": 15},
        **{"du": 14, "une": 13, "à": 22, "que": 13, "qui": 11, "dans": 11, "est": 11, "pour": 10},
        **{"au": 8, "par": 8, "sur": 8, "plus": 7, "pas": 7, "il": 10, "ne": 7, "se": 6, "ce": 6},
        **{"avec": 5, "son": 4, "ont": 3, "mais": 4, "on": 4, "aux": 4, "sont": 4, "cette": 3},
        **{"ou": 3, "leur": 2, "comme": 2, "elle": 4, "nous": 3, "être": 2, "sans": 2, "où": 2},
    },
    "en": {
        **{"the": 64, "of": 31, "and": 28, "to": 27, "a": 23, "in": 21, "is": 11, "that": 11},
        **{"for": 9, "it": 9, "was": 8, "on": 7, "with": 7, "as": 7, "be": 6, "by": 6, "at": 5},
        **{"are": 5, "from": 4, "this": 5, "have": 4, "he": 5, "not": 5, "they": 4, "but": 4},
        **{"his": 3, "which": 3, "or": 3, "an": 3, "has": 3, "their": 3, "were": 3, "had": 3},
        **{"its": 2, "will": 2, "who": 2, "one": 2, "more": 2, "can": 2, "what": 1, "been": 2},
    },
}
#: What is written as one word with the next if that begins with a vowel.
SHORTENED = {"fr": re.compile(r"\b(l|d|qu|n|s|c)(?:e|a) (?=[aeiouéh])", re.IGNORECASE)}


class Language:
    """The words of one language, and texts made of them."""

    def __init__(self, code, seed=1):
        self.code = code
        self.random = random.Random(f"{code}{seed}")
        self.common = FUNCTION_WORDS[code]
        made = {}
        while len(made) < WORDS:
            made[self._word()] = None
        made = [word for word in made if word not in self.common]
        tells = 1000 - sum(self.common.values())
        weights = [1 / (FIRST + rank) ** EXPONENT for rank in range(len(made))]
        scale = tells / sum(weights)
        self.telling = made
        self.telling_weights = list(accumulate(weight * scale for weight in weights))
        self.words = [*self.common, *made]
        every = [*self.common.values(), *(weight * scale for weight in weights)]
        self.weights = list(accumulate(every))

    def _word(self):
        syllables = [
            self.random.choice(CONSONANTS) + self.random.choice(VOWELS)
            for _ in range(self.random.randint(2, 4))
        ]
        start = self.random.choice(VOWELS) if self.random.random() < 0.2 else ""
        return start + "".join(syllables) + self.random.choice(ENDINGS[self.code])

    def subjects(self):
        """The words that an article is about."""
        return self.random.choices(self.telling, cum_weights=self.telling_weights, k=SUBJECTS)

    def text(self, length, subjects):
        words = self.random.choices(self.words, cum_weights=self.weights, k=length)
        text = " ".join(
            self.random.choice(subjects)
            if word not in self.common and self.random.random() < SHARE_OF_SUBJECTS
            else word
            for word in words
        )
        return SHORTENED[self.code].sub(r"\1’", text) if self.code in SHORTENED else text

    def word_of_rank(self, rank):
        """A telling word: the lower its rank, the more common it is."""
        return self.telling[min(rank, len(self.telling) - 1)]


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
        about = language.subjects()
        half = [
            ("paragraph", f"<p>{language.text(PARAGRAPH, about)}</p>") for _ in range(paragraphs)
        ]
        heading = ("heading", {"text": language.text(HEADING, about), "level": "h2"})
        values |= {
            f"headline_{code}": language.text(HEADLINE, about).capitalize(),
            f"url_slug_{code}": f"{code}-{number}",
            f"lead_{code}": language.text(LEAD, about).capitalize(),
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
