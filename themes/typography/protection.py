"""URLs, e-mail addresses and paths, which are left unchanged."""

import re

from diptych.themes.typography.characters import OBJECT, PLACEHOLDERS

#: The characters of a file name.
_NAME = r"(?: [\w.~\-] | (?<=\w)['’](?=\w) )+"
#: The characters that end a URL.
_END = rf"\s<>«»“”\"{PLACEHOLDERS}"
_PROTECTED = re.compile(
    rf"""
      # https://example.org/page
      (?<![\w@]) (?: [a-zA-Z][a-zA-Z0-9+.\-]* :// | www\. | (?:mailto|tel): ) [^{_END}]+
      # someone@example.org
    | (?<![\w.+%'’\-]) [\w.+%'’\-]+ @ [\w\-]+ (?: \. [\w\-]+ )+
      # @someone@example.org, a name on a social network
    | (?<![\w@]) @ \w+ (?: [.\-] \w+ )* (?: @ [\w.\-]+ )?
      # example.org/page
    | (?<![\w.\-]) (?: [\w\-]+ \. )+ [a-zA-Z]{{2,}} / [^{_END}]*
      # C:\folder
    | (?<!\w) [a-zA-Z]: \\ [^{_END}]+
      # /folder/file, ~/file, ../file
    | (?<![\w./)\-]) (?: ~ | \.{{1,3}} )? / {_NAME} (?: / (?: {_NAME} )? )*
      # folder/folder/file
    | (?<![\w./\-]) [\w.\-]+ (?: / {_NAME} ){{2,}} /?
    """,
    re.VERBOSE,
)
_SIGN = re.compile(f"[{PLACEHOLDERS}]")


def protect(text, kept):
    """``text`` with a placeholder for each URL, e-mail address and path.

    ``kept`` is the list of the replaced texts, in order; new ones are inserted.
    """
    if not _can_have_any(text):
        return text
    pieces, start, number = [], 0, 0
    for found in _PROTECTED.finditer(text):
        piece = text[start : found.start()]
        number += len(_SIGN.findall(piece))
        kept.insert(number, found[0])
        number += 1
        pieces += [piece, OBJECT]
        start = found.end()
    pieces.append(text[start:])
    return "".join(pieces)


def _can_have_any(text):
    """A quick test that most texts fail: whether ``text`` has a character of a URL or path."""
    return (
        "/" in text
        or "@" in text
        or "\\" in text
        or "www." in text
        or "mailto:" in text
        or "tel:" in text
    )
