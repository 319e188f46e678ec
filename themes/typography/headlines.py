"""Prevents line breaks within compounds and names in headlines."""

import re

from diptych.themes.typography.characters import NARROW, NO_BREAK, PLACEHOLDERS, WORD_JOINER

#: The greatest length of a compound or name that is kept together, in characters. The lines of
#: headlines on telephones have about twenty.
LONGEST = 18
_LETTERS = r"[^\W\d_]+(?:[’'][^\W\d_]+)*"
#: A compound that is not part of a file name, a host name or a hashtag.
_COMPOUND = re.compile(rf"(?<![\w’'\-.#/@]){_LETTERS}(?:-{_LETTERS})+(?![\w’'\-]|\.\w)")
_CAPITALIZED = rf"[A-ZÀ-ÞĀ-Ž][\w’\-{WORD_JOINER}]*[a-zà-ÿ]"
_NAME = re.compile(rf"(?<![\w’'\-])({_CAPITALIZED})(?: {_CAPITALIZED})+(?![\w’'\-])")
_WORD = re.compile(r"[^\W\d_][\w’\-]*")
#: The least length of words by which a headline is seen to have capitals throughout.
LEAST_IN_TITLE_CASE = 4
#: The least number of such words.
FEWEST_IN_TITLE_CASE = 4
#: Characters before the first word of a sentence, except spaces.
_BEFORE_A_SENTENCE = frozenset(["", *".?!:«“‘—–…", *PLACEHOLDERS])


def hold_together(text, conventions):
    """``text`` without breaks in compounds, at their hyphens, and in names, at their spaces."""
    if "-" in text:
        text = _COMPOUND.sub(_compound, text)
    if _NAME.search(text) is None or has_title_case(text):
        return text
    return _NAME.sub(lambda found: _name(found, text, conventions), text)


def has_title_case(text):
    """Whether most words of ``text`` start with a capital, so that capitals mark no names."""
    words = [word for word in _WORD.findall(text) if len(word) >= LEAST_IN_TITLE_CASE]
    if len(words) < FEWEST_IN_TITLE_CASE:
        return False
    return 3 * sum(word[0].isupper() for word in words) > 2 * len(words)


def _compound(found):
    if len(found[0]) > LONGEST:
        return found[0]
    return found[0].replace("-", f"-{WORD_JOINER}")


def _name(found, text, conventions):
    """A name, without the word before it that starts the sentence."""
    before = text[: found.start()].rstrip(f" {NO_BREAK}{NARROW}")[-1:]
    first, name = "", found[0]
    if before in _BEFORE_A_SENTENCE and found[1] in conventions.starts:
        first, name = f"{found[1]} ", name[len(found[1]) + 1 :]
    return first + (name if len(name) > LONGEST else name.replace(" ", NO_BREAK))
