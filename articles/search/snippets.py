"""Snippets: the headline and a passage of a result, with the words of the query highlighted."""

from dataclasses import dataclass
from itertools import groupby, islice

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from diptych.articles.linguistics.tokenizer import token_spans, tokens_of

#: Words of a snippet, and how many of them stand before the first match.
LENGTH, BEFORE = 36, 8
#: The fields of a :class:`SearchText` that have lines.
FIELDS = ("headline", "lead", "headings", "body")


@dataclass(frozen=True)
class Snippet:
    """The excerpt of an article for a result, as HTML."""

    headline: SafeString
    text: SafeString


@dataclass(frozen=True)
class Line:
    """A line of text and the stem of each of its words."""

    text: str = ""
    stems: tuple = ()


def lines_of(text, name):
    """Each :class:`Line` of a field of a :class:`SearchText`."""
    original = text.original.get(name) or []
    lines = [original] if isinstance(original, str) else original
    stems = getattr(text, name).split("\n")
    return [Line(line, tuple(s.split())) for line, s in zip(lines, stems, strict=False)]


def written_phrase(text, stems, language):
    """How a phrase is written in a :class:`SearchText`, or "" where it is not."""
    phrase = f" {' '.join(stems)} "
    for name in FIELDS:
        if phrase not in f" {getattr(text, name)} ".replace("\n", " "):
            continue
        for line in lines_of(text, name):
            start = next(_starts(stems, line.stems), None)
            if start is not None:
                words = list(islice(tokens_of(line.text, language), start, start + len(stems)))
                return line.text[words[0].start : words[-1].end] if words else ""
    return ""


class Highlighter:
    """Highlights the words and phrases of a query in texts."""

    def __init__(self, query):
        self.language = query.language
        terms = query.required or query.terms
        self.stems = {stem for term in terms for stem in term.stems}
        self.phrases = [phrase.stems for phrase in query.phrases]

    def snippet(self, text):
        """The :class:`Snippet` of a :class:`SearchText`, from the line that matches best."""
        headline, *_others = lines_of(text, "headline") or [Line()]
        lead = lines_of(text, "lead")
        lines = [*lead, *lines_of(text, "body"), *lines_of(text, "headings")]
        best = max(lines, key=self._matches, default=Line())
        is_lead = bool(lead) and best is lead[0]
        passage = self._highlighted(best) if is_lead else self._passage(best)
        return Snippet(self._highlighted(headline), passage)

    def _matches(self, line):
        """How much of the query a line has: different words first, then phrases."""
        return len(self.stems.intersection(line.stems)) + sum(
            1 + len(phrase) for phrase in self.phrases if list(_starts(phrase, line.stems))
        )

    def _matching(self, line):
        """The positions of the words of a line that match."""
        found = {number for number, stem in enumerate(line.stems) if stem in self.stems}
        for phrase in self.phrases:
            for start in _starts(phrase, line.stems):
                found.update(range(start, start + len(phrase)))
        return found

    def _highlighted(self, line, first=0, last=None):
        """The words ``first`` to ``last`` of a line, escaped, with what matches in ``<mark>``."""
        spans = token_spans(line.text, self.language)
        if len(spans) != len(line.stems) or not spans:
            # It was indexed by an older tokenizer.
            return format_html("{}", line.text)
        last = len(spans) if last is None else last
        found = self._matching(line)
        at = spans[first][0] if first else 0
        end = spans[last - 1][1] if last < len(spans) else len(line.text)
        pieces = []
        for is_found, group in groupby(range(first, last), key=found.__contains__):
            numbers = list(group)
            if is_found:
                start, stop = spans[numbers[0]][0], spans[numbers[-1]][1]
                pieces.append((line.text[at:start], line.text[start:stop]))
                at = stop
        return format_html(
            "{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), line.text[at:end]
        )

    def _passage(self, line):
        """The part of a long line with most of the matching words."""
        count = len(line.stems)
        if count <= LENGTH + BEFORE:
            return self._highlighted(line)
        found = sorted(self._matching(line))
        best = max(found, key=lambda at: self._matches_from(line, at), default=0)
        first = max(0, min(best - BEFORE, count - LENGTH))
        last = min(count, first + LENGTH)
        before, after = ("… " if first else ""), (" …" if last < count else "")
        return format_html("{}{}{}", before, self._highlighted(line, first, last), after)

    def _matches_from(self, line, start):
        return len(self.stems.intersection(line.stems[start : start + LENGTH - BEFORE]))


def _starts(phrase, stems):
    """The positions at which a phrase begins in the stems of a line."""
    length = len(phrase)
    return (at for at in range(len(stems) - length + 1) if stems[at : at + length] == phrase)
