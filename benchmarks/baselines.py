"""What else could be shown: the newest on the same topic, or what a full-text search finds."""

import sqlite3

from diptych.articles.linguistics.tokenizer import folded_words

LENGTH = 10


def newest_on_the_topic(entries):
    """Others that share a topic, those on the main one first, the newest before the others."""
    newest = sorted(entries, key=lambda entry: str(entry["date"] or ""), reverse=True)
    ranks = {}
    for entry in entries:
        topics = entry["topics"]
        others = [
            (min(topics.index(topic) for topic in shared), place, other["key"])
            for place, other in enumerate(newest)
            if other is not entry and (shared := [t for t in topics if t in other["topics"]])
        ]
        ranks[entry["key"]] = [key for _topic, _place, key in sorted(others)[:LENGTH]]
    return ranks


def full_text_search(entries):
    """What SQLite's FTS5 finds, by BM25, for any of the words of headline and lead."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(title, lead, body)")
    connection.executemany(
        "INSERT INTO texts (rowid, title, lead, body) VALUES (?, ?, ?, ?)",
        ((n, each["title"], each["lead"], each["body"]) for n, each in enumerate(entries, 1)),
    )
    ranks = {}
    for number, entry in enumerate(entries, start=1):
        words = dict.fromkeys(folded_words(f"{entry['title']} {entry['lead']}"))
        query = " OR ".join(f'"{word}"' for word in words)
        found = connection.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? AND rowid != ? ORDER BY rank LIMIT ?",
            (query or '""', number, LENGTH),
        )
        ranks[entry["key"]] = [entries[row - 1]["key"] for (row,) in found]
    return ranks
