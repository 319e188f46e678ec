"""Strategies that write as people do, and worse: texts and HTML out of awkward pieces."""

from hypothesis import strategies as st

from diptych.themes.typography import ENGLISH, FRANCE, SWITZERLAND

WORDS = (
    "page",
    "J.",
    "Louis",
    "CC BY",
    ":-)",
    ":'(",
    ";D",
    "lac",
    "l'eau",
    "dogs'",
    "'Tis",
    "Été",
    "it's",
    "d'",
    "O'Neill",
    "aujourd'hui",
    "A",
    "œ",
)
NUMBERS = (
    "1er",
    "XXe",
    "2e",
    "1 200e",
    "Ire",
    "1ère",
    "XXème",
    "46°31'10\"",
    "5'10\"",
    "20.-",
    "20h-22h",
    "IV",
    "12",
    "10 000",
    "10'000",
    "1914-1918",
    "3-0",
    '27"',
    "5'",
    "10:30",
)
MARKS = (*"\"'«»‹›“”‘’;:!?.,…-–—()[]%&/@°", "...", "--", "?!", "n° ", "p. ", " km", "&amp;")
SPACES = (" ", " ", " ", "\u00a0", "\u202f", "\n", "  ")
ADDRESSES = (
    "https://example.org/a?b=1;c=l'eau!",
    "www.example.org/l'eau?",
    "jean.d'arc-1914-1918@example.org",
    "/srv/l'eau/1914-1918.txt",
)

conventions = st.sampled_from([FRANCE, SWITZERLAND, ENGLISH])
pieces = st.sampled_from([*WORDS, *NUMBERS, *MARKS, *SPACES])
texts = st.lists(pieces | st.characters(codec="utf-8", exclude_characters="<"), max_size=14).map(
    "".join
)
tags = st.sampled_from(
    [
        ("<em>", "</em>"),
        ('<b class="l\'eau">', "</b>"),
        ('<a href="/l\'eau ?a=1" title=\'"x" !\'>', "</a>"),
        ("<p>", "</p>"),
        ("<li>", "</li>"),
        ("<h2>", "</h2>"),
        ('<span lang="en">', "</span>"),
        ('<span lang="fr">', "</span>"),
        ('<span lang="de">', "</span>"),
        ('<div lang="fr-CH">', "</div>"),
        ("<code>", "</code>"),
        ("<pre>", "</pre>"),
    ]
)
voids = st.sampled_from(["<br>", '<img alt="l\'eau !">', "<hr>", "<!-- l'eau ! -->", "<wbr/>"])


def wrapped(inner):
    """HTML around ``inner``."""
    return st.lists(
        inner | st.tuples(tags, inner).map(lambda drawn: f"{drawn[0][0]}{drawn[1]}{drawn[0][1]}"),
        max_size=4,
    ).map("".join)


html = st.recursive(texts | voids, wrapped, max_leaves=12)
