"""The differences between two versions of a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A word with the spaces behind it, which may be those that French puts before ; : ! and ?.
_PIECE = re.compile(r"\S+\s*|\s+")
#: Spaces and line breaks that are invisible at the end of a line.
ORDINARY = " \t\n"


@dataclass(frozen=True)
class Difference:
    """A run of words that is ``"same"`` in both versions, ``"gone"`` from it or ``"new"``."""

    kind: str
    text: str

    @property
    def words(self):
        """The words without the space behind them."""
        return self.text.rstrip(ORDINARY)

    @property
    def space(self):
        return self.text[len(self.words) :]


def word_differences(before, after):
    """The :class:`Difference` runs from ``before`` to ``after``, in reading order.

    Those that are not gone make up ``after``, spaces included. Another space between words is a
    difference where readers see it, as before a French question mark.
    """
    old, new = _PIECE.findall(before or ""), _PIECE.findall(after or "")
    matcher = SequenceMatcher(None, _words(old), _words(new), autojunk=False)
    runs = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal" and old[a1:a2] == new[b1:b2]:
            runs.append(Difference("same", "".join(new[b1:b2])))
        else:
            runs += _changed(old[a1:a2], new[b1:b2])
    return _joined(runs)


def _words(pieces):
    """The words alone, so that the same word before another space counts as the same."""
    return [piece.rstrip() or " " for piece in pieces]


def _changed(old, new):
    """Words that differ; or words that are the same and stand before another space."""
    if _words(old) != _words(new):
        runs = (Difference("gone", "".join(old)), Difference("new", "".join(new)))
        return [run for run in runs if run.text]
    runs = []
    for before, after in zip(old, new, strict=True):
        if before.rstrip(ORDINARY) == after.rstrip(ORDINARY):
            runs.append(Difference("same", after))
        else:
            runs += [Difference("gone", before), Difference("new", after)]
    return _joined(runs)


def _joined(runs):
    """Neighbouring runs of words that are the same, as one."""
    joined = []
    for run in runs:
        if joined and run.kind == joined[-1].kind == "same":
            joined[-1] = Difference("same", joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined
