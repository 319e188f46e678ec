"""HTML that anybody may have written, parsed in a time in proportion to its length."""

import re

from bs4 import BeautifulSoup, Tag

#: Deepest nesting of elements; deeper markup is no text that anybody wrote.
DEEPEST = 1000
#: The levels of all elements together: how many are looked at where each looks at those around it.
MOST_LEVELS = 1_000_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
#: A start of a tag that another follows before its end; some attributes hold a few.
_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
MOST_UNCLOSED = 500
#: References to characters by numbers that no character has; the parser fails at very long ones.
_NO_CHARACTER = re.compile(r"&#[0-9]{8,};?")
_DECLARATION = re.compile(r"<[!?][^<>]*>?")


class NestedTooDeeply(ValueError):
    """Searching upwards or downwards in this markup would take long."""


def parsed(html, deepest=DEEPEST):
    """The tree of ``html``; raises :class:`NestedTooDeeply` beyond ``deepest`` levels."""
    soup = BeautifulSoup(without_declarations(html), "html.parser")
    _check_depth(soup, deepest)
    return soup


def without_declarations(html):
    """``html`` without comments, conditions of Word and other declarations.

    Each takes the parser as long as the rest of the text where it is not closed.
    """
    html = _NO_CHARACTER.sub("\ufffd", html)
    html = _DECLARATION.sub("", _COMMENT.sub("", html))
    is_broken = len(_UNCLOSED.findall(html)) > MOST_UNCLOSED
    return _UNCLOSED.sub("&lt;", html) if is_broken else html


def _check_depth(soup, deepest):
    stack, levels = [iter(soup.contents)], 0
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, Tag):
            stack.append(iter(child.contents))
            levels += len(stack)
            if len(stack) > deepest or levels > MOST_LEVELS:
                raise NestedTooDeeply


def topmost(element, names, without=()):
    """The elements in ``element`` called one of ``names``, in order.

    Those that stand in one another, or in one that is called as in ``without``, are left out.
    """
    found, stack = [], [iter(element.contents)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, Tag) and child.name in names:
            found.append(child)
        elif isinstance(child, Tag) and child.name not in without:
            stack.append(iter(child.contents))
    return found
