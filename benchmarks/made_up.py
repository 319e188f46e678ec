"""Articles that are made up, as many as a measurement needs, in every language.

Words follow one another as in a language: a few often, most hardly ever. Each article has two
subjects with words and phrases of their own; some subjects are written about far more than
others, and there are more of them in a larger journal.
"""

import numpy as np

from benchmarks.bulk_pages import add_pages
from benchmarks.content import add_rows

#: Words of an article, and the part of them that its subjects bring.
LENGTH, TELLING = 450, 0.25
#: Words of a language, subjects of the smallest journal, and words of a subject.
WORDS, SUBJECTS, OF_A_SUBJECT = 60_000, 200, 40
#: In a larger journal there is one more subject for so many articles.
PER_SUBJECT = 50
PART = 1_000
LETTERS = "bcdfghjklmnprstv", "aeiou"


class Author:
    """Writes articles in one language, always the same ones for the same ``seed``."""

    def __init__(self, seed, articles):
        self.random = np.random.default_rng(seed)
        self.words = np.array([self._word(number) for number in range(WORDS)])
        self.subjects = SUBJECTS + articles // PER_SUBJECT
        # What subjects are about are not the most frequent words.
        shape = (self.subjects, OF_A_SUBJECT)
        self.telling = self.random.integers(WORDS // 50, WORDS, shape)
        self.often, self.popular = _shares(WORDS, 1.15), _shares(self.subjects, 0.6)

    def _word(self, number):
        """Syllables that spell the number, so that no two words are the same."""
        consonants, vowels = LETTERS
        word = ""
        while number or len(word) < 4:
            number, syllable = divmod(number, len(consonants) * len(vowels))
            word += consonants[syllable // len(vowels)] + vowels[syllable % len(vowels)]
        return word

    def text(self, subjects):
        """The words of an article on ``subjects``."""
        places = np.searchsorted(self.often, self.random.random(LENGTH))
        telling = int(LENGTH * TELLING)
        about = self.telling[self.random.choice(subjects, telling)]
        # Words at the front of a subject come more often than the others.
        chosen = (OF_A_SUBJECT * self.random.random(telling) ** 2).astype(int)
        at = self.random.choice(LENGTH, telling, replace=False)
        places[at] = about[np.arange(telling), chosen]
        return self.words[places]

    def subjects_of_one(self):
        return np.searchsorted(self.popular, self.random.random(2))


def _shares(number, power=1.0):
    """Up to where each of ``number`` things reaches if the first are the most frequent."""
    shares = 1 / np.arange(1, number + 1) ** power
    return np.cumsum(shares) / shares.sum()


def fill(articles):
    """Make a journal of so many ``articles`` in every language, with authors and topics."""
    from wagtail.models import Site

    from benchmarks.seeding import make_people_and_topics
    from diptych.articles.languages.config.language_config import available_languages
    from tests import factories

    Site.objects.all().delete()
    journal = factories.make_journal()
    make_people_and_topics(journal, [None])
    writers = {code: Author(n, articles) for n, code in enumerate(available_languages())}
    for start in range(0, articles, PART):
        pages = [_page(number, writers) for number in range(start, min(start + PART, articles))]
        add_pages(journal.articles, pages)
        add_rows(journal.articles, pages)
        _add_people_and_topics(pages)


def _page(number, writers):
    from datetime import timedelta

    from django.utils import timezone

    from diptych.articles.models import ArticlePage
    from tests.factories import blocks

    moment = timezone.now() - timedelta(hours=number)
    subjects = next(iter(writers.values())).subjects_of_one()
    values = {}
    for language, writer in writers.items():
        words = writer.text(subjects)
        parts = [" ".join(words[at : at + 60]) for at in range(30, LENGTH, 60)]
        values |= {
            f"headline_{language}": " ".join(words[:6]),
            f"url_slug_{language}": f"article-{number}",
            f"lead_{language}": " ".join(words[6:30]),
            f"body_{language}": blocks(*(("paragraph", f"<p>{part}</p>") for part in parts)),
            f"is_public_{language}": True,
            f"first_public_at_{language}": moment,
        }
    slug = f"article-{number}"
    return ArticlePage(title=slug, slug=slug, live=True, first_published_at=moment, **values)


def _add_people_and_topics(pages):
    from benchmarks.content import add_people_and_topics

    add_people_and_topics(pages)
