"""What looks like prose and is none: addresses, paths and e-mail."""

import re

from themes.typography.characters import OBJECT, SIGNS

#: What the name of a file is made of.
_NAME = r"(?: [\w.~\-] | (?<=\w)['’](?=\w) )+"
#: Where an address ends at the latest.
_END = rf"\s<>«»“”\"{SIGNS}"
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
_SIGN = re.compile(f"[{SIGNS}]")


def protect(text, kept):
    """``text`` with a sign for everything in it that is no prose, which joins what is ``kept``.

    ``kept`` is what the signs of ``text`` stand for, in order.
    """
    if not _may_have_any(text):
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


def _may_have_any(text):
    """Whether a text has any of the traces that what is protected leaves, which most have not."""
    return (
        "/" in text
        or "@" in text
        or "\\" in text
        or "www." in text
        or "mailto:" in text
        or "tel:" in text
    )
