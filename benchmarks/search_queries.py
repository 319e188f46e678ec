"""What readers type: a mixture of queries for the articles of ``search_texts``."""

import math
import random

from articles.models import SearchText, TopicPage
from benchmarks.search_texts import COMMON

#: Of a hundred queries, how many are of each kind.
MIXTURE = {
    "one word": 32,
    "two words": 24,
    "three words": 10,
    "phrase": 8,
    "beginning of a word": 8,
    "misspelt word": 6,
    "common words only": 4,
    "with a filter": 8,
}
#: The ranks of words that are looked for, from common to rare.
RANKS = (20, 20_000)


def make_queries(language, code, count, seed=7):
    """``count`` queries in one language, each with its kind and the parameters of its address."""
    chance = random.Random(f"{seed}{code}")
    kinds = chance.choices(list(MIXTURE), weights=list(MIXTURE.values()), k=count)
    texts = SearchText.objects.filter(entry__language=code, entry__kind="article").order_by("pk")
    number = texts.count()
    topics = list(TopicPage.objects.values_list("pk", flat=True))
    for kind in kinds:
        original = texts[chance.randrange(number)].original
        line = chance.choice(original["body"] or [original["lead"]]).split()
        word = language.word_of_rank(_rank(chance))
        yield kind, _parameters(kind, chance, word, line, code, topics)


def _rank(chance):
    low, high = map(math.log, RANKS)
    return round(math.exp(chance.uniform(low, high)))


def _parameters(kind, chance, word, line, code, topics):
    telling = [each for each in line if each not in COMMON[code]] or line
    place = chance.randrange(max(len(line) - 2, 1))
    queries = {
        "one word": word,
        "two words": " ".join(chance.sample(telling, k=min(2, len(telling)))),
        "three words": f"{chance.choice(telling)} {COMMON[code][0]} {chance.choice(telling)}",
        "phrase": f'"{" ".join(line[place : place + 2])}"',
        "beginning of a word": word[: max(4, len(word) // 2)],
        "misspelt word": _misspelt(word, chance),
        "common words only": " ".join(COMMON[code][:2]),
        "with a filter": word,
    }
    parameters = {"q": queries[kind]}
    if kind == "with a filter":
        parameters |= chance.choice([{"topic": chance.choice(topics)}, {"year": 2015}])
    return parameters


def _misspelt(word, chance):
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
