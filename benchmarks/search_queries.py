"""What readers type: a mixture of queries for the articles of ``search_texts``."""

import math
import random

from diptych.articles.models import AuthorPage, TopicPage
from diptych.articles.search.models import SearchText

#: Of a hundred queries, how many are of each kind.
MIXTURE = {
    "common word": 14,
    "rare word": 14,
    "two words": 18,
    "three words": 8,
    "shortened word": 6,
    "phrase": 6,
    "phrase of common words": 4,
    "common words only": 4,
    "beginning of a word": 8,
    "misspelt word": 5,
    "nothing": 3,
    "with a filter": 6,
    "fifth page": 4,
}
#: The ranks of telling words that are looked for, from common to rare.
MOST_COMMON, COMMON, RARE, ANY = (0, 20), (0, 300), (3_000, 60_000), (0, 60_000)


def make_queries(language, count, seed=7):
    """``count`` queries in one language, each with its kind and the parameters of its address."""
    chance = random.Random(f"{seed}{language.code}")
    kinds = [*MIXTURE, *chance.choices([*MIXTURE], weights=MIXTURE.values(), k=count)]
    texts = SearchText.objects.filter(entry__language=language.code, entry__kind="article")
    keys = list(texts.order_by("pk").values_list("pk", flat=True))
    filters = {
        "topic": list(TopicPage.objects.values_list("pk", flat=True)),
        "author": list(AuthorPage.objects.values_list("pk", flat=True)),
        "year": list(range(2005, 2025)),
    }
    for kind in kinds[:count]:
        original = SearchText.objects.get(pk=chance.choice(keys)).original
        line = chance.choice(original["body"] or [original["lead"]]).split()
        yield kind, _parameters(kind, chance, language, line, filters)


def _parameters(kind, chance, language, line, filters):
    telling = [word for word in line if word not in language.common] or line
    place = chance.randrange(max(len(line) - 2, 1))
    common = chance.sample([*language.common][:8], k=2)
    common_word = language.word_of_rank(_rank(chance, COMMON))
    word = language.word_of_rank(_rank(chance, ANY))
    queries = {
        "common word": common_word,
        "rare word": language.word_of_rank(_rank(chance, RARE)),
        "two words": " ".join(chance.sample(telling, k=min(2, len(telling)))),
        "three words": f"{chance.choice(telling)} {common[0]} {chance.choice(telling)}",
        "shortened word": f"l’{word}" if language.code == "fr" else f"{word}’s",
        "phrase": f'"{" ".join(line[place : place + 2])}"',
        "phrase of common words": f'"{" ".join(common)}"',
        "common words only": " ".join(common),
        "beginning of a word": word[: max(4, len(word) // 2)],
        "misspelt word": _misspelt(word, chance),
        "nothing": "".join(chance.choices("xqzwk", k=9)),
        "with a filter": common_word,
        "fifth page": language.word_of_rank(_rank(chance, MOST_COMMON)),
    }
    parameters = {"q": queries[kind]}
    if kind == "with a filter":
        name = chance.choice([*filters])
        parameters[name] = chance.choice(filters[name])
    if kind == "fifth page":
        parameters["page"] = 5
    return parameters


def _rank(chance, ranks):
    low, high = (math.log(10 + rank) for rank in ranks)
    return round(math.exp(chance.uniform(low, high))) - 10


def _misspelt(word, chance):
    at = chance.randrange(1, max(len(word) - 1, 2))
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
