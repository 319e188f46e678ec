"""A few lines of an article that show why it was found, with the words marked."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.analysis.tokenizer import places_of

#: Words of a passage, and how many of them stand before the first that was found.
LENGTH, BEFORE = 36, 8


@dataclass(frozen=True)
class Shown:
    """What a result says of an article: safe to be written as HTML."""

    headline: SafeString
    snippet: SafeString


@dataclass(frozen=True)
class Line:
    """A line of text with the stems of its words."""

    text: str
    stems: list


class Marker:
    """Marks in texts what a query has found."""

    def __init__(self, query):
        self.language = query.language
        terms = query.required or query.terms
        self.stems = {stem for term in terms for stem in term.stems}
        self.phrases = [list(phrase) for phrase in query.phrases]

    def shown(self, text):
        """What is shown of a :class:`SearchText`: its headline, and its best line."""
        headline, *_others = self._lines(text, "headline") or [Line("", [])]
        lead = self._lines(text, "lead")
        lines = [*lead, *self._lines(text, "body"), *self._lines(text, "headings")]
        best = max(lines, key=self._telling, default=Line("", []))
        whole = bool(lead) and best is lead[0]
        return Shown(self._marked(headline), self._marked(best) if whole else self._passage(best))

    def _lines(self, text, name):
        original = text.original.get(name) or []
        lines = [original] if isinstance(original, str) else original
        stems = getattr(text, name).split("\n")
        return [Line(*pair) for pair in zip(lines, map(str.split, stems), strict=False)]

    def _telling(self, line):
        """How much of the query a line has: different words first, then a phrase."""
        return len(self.stems.intersection(line.stems)) + sum(
            1 + len(phrase) for phrase in self.phrases if list(_starts(phrase, line.stems))
        )

    def _found(self, line):
        """The numbers of the words of a line that were looked for."""
        found = {number for number, stem in enumerate(line.stems) if stem in self.stems}
        for phrase in self.phrases:
            for start in _starts(phrase, line.stems):
                found.update(range(start, start + len(phrase)))
        return found

    def _marked(self, line, first=0, last=None):
        """The words ``first`` to ``last`` of a line, escaped, with what was found in marks."""
        places = places_of(line.text, self.language)
        if len(places) != len(line.stems) or not places:
            # The text was indexed by another way of reading; it is shown as it is.
            return format_html("{}", line.text)
        last = len(places) if last is None else last
        found = self._found(line)
        begin = places[first][0] if first else 0
        end = places[last - 1][1] if last < len(places) else len(line.text)
        pieces, at = [], begin
        for is_found, group in groupby(range(first, last), key=found.__contains__):
            numbers = list(group)
            start, stop = places[numbers[0]][0], places[numbers[-1]][1]
            if is_found:
                pieces += [("", line.text[at:start]), ("mark", line.text[start:stop])]
                at = stop
        pieces.append(("", line.text[at:end]))
        return format_html_join("", "{}", ((_piece(*piece),) for piece in pieces if piece[1]))

    def _passage(self, line):
        """The part of a line around what was found."""
        count = len(line.stems)
        found = sorted(self._found(line))
        if count <= LENGTH + BEFORE:
            return self._marked(line)
        best = max(found, key=lambda at: self._different(line, at), default=0)
        first = max(0, min(best - BEFORE, count - LENGTH))
        last = min(count, first + LENGTH)
        before, after = ("… " if first else ""), (" …" if last < count else "")
        return format_html("{}{}{}", before, self._marked(line, first, last), after)

    def _different(self, line, start):
        return len(self.stems.intersection(line.stems[start : start + LENGTH - BEFORE]))


def _starts(phrase, stems):
    """Where a phrase begins in a list of stems."""
    length = len(phrase)
    return (at for at in range(len(stems) - length + 1) if stems[at : at + length] == phrase)


def _piece(tag, text):
    return format_html("<mark>{}</mark>", text) if tag else text
