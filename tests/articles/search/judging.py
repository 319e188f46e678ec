"""The judged articles and queries, and how good an answer is."""

import math
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command

from tests.factories import blocks, make_article, make_author, make_journal, make_topic

HERE = Path(__file__).parent
LOOKED_AT = 5
LANGUAGES = ("fr", "en")
#: How good an article by the author, or about the topic, is whose name is looked for.
NAMED = 3
TOPICS = {
    "culture": ("Culture", "Culture"),
    "economy": ("Économie", "Economy"),
    "nature": ("Climat", "Climate"),
    "society": ("Société", "Society"),
    "world": ("Monde", "World"),
}
AUTHORS = ("Léa Rochat", "Yves Œuvray", "Zoé d’Épinay")
FIRST_YEAR, YEARS = 2021, 5


def make_corpus():
    """A journal of the judged articles; returns their names by page."""
    journal = make_journal()
    authors = [make_author(journal, name) for name in AUTHORS]
    names = {}
    for topic, articles in _files().items():
        page = make_topic(journal, *TOPICS[topic])
        for name, texts in articles.items():
            number = len(names)
            article = make_article(
                journal,
                *(texts[code]["headline"] for code in LANGUAGES),
                topics=[page],
                authors=[authors[_author(number)]],
                publication_date=datetime(FIRST_YEAR + number % YEARS, 3, 1, 12, tzinfo=UTC),
                **_values(texts),
            )
            names[article.pk] = name
    call_command("rebuild_search_index", verbosity=0)
    return names


def _files():
    """The texts of the articles, by topic, name and language."""
    files = sorted((HERE / "judged").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def _author(number):
    """Which of the authors wrote the article of this number."""
    return number % len(AUTHORS)


def _values(texts):
    values = {}
    for code, text in texts.items():
        heading = ("heading", {"text": text["heading"], "level": "h2"})
        values[f"lead_{code}"] = text["lead"]
        values[f"body_{code}"] = blocks(heading, ("paragraph", f"<p>{text['body']}</p>"))
    return values


def queries():
    """``(language, text, {name: grade}, names in the order found)`` of each query."""
    judged = tomllib.loads((HERE / "judged_queries.toml").read_text(encoding="utf-8"))
    return [
        (code, each["text"], _wanted(each), each["found"])
        for code in judged
        for each in judged[code]
    ]


def _wanted(query):
    """``{name: grade}`` of a query; of a name, all articles by that author or about that topic."""
    if "wanted" in query:
        return query["wanted"]
    files = _files()
    if "about" in query:
        return dict.fromkeys(files[query["about"]], NAMED)
    names = [name for articles in files.values() for name in articles]
    return {
        name: NAMED for number, name in enumerate(names) if AUTHORS[_author(number)] == query["by"]
    }


def ndcg(found, wanted):
    """Normalised discounted cumulative gain of the first five: 1 if no order were better."""
    best = sorted(wanted.values(), reverse=True)
    return _gain([wanted.get(name, 0) for name in found]) / _gain(best)


def _gain(grades):
    return sum(
        (2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:LOOKED_AT])
    )
