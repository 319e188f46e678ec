"""Typesets what a template renders, but for the parts of it that were typeset before."""

import re
import secrets
from contextvars import ContextVar

from django.utils.safestring import mark_safe

#: The finished parts of what is being rendered.
_finished = ContextVar("diptych_finished_parts", default=None)
#: An element that stands for a finished part; no text can name it.
_NAME = f"finished-{secrets.token_hex(8)}"
_ELEMENT = re.compile(f"<{_NAME}-([0-9]+)>")


def typeset(render, style):
    """The HTML that ``render()`` returns, in the house ``style``.

    Parts that it gave to :func:`finished` are not typeset again. Each of them is a block, so that
    quotations and spaces do not reach from one to the next.
    """
    parts = []
    token = _finished.set(parts)
    try:
        html = render()
    finally:
        _finished.reset(token)
    html = style.html(mark_safe(html))  # noqa: S308 HTML that a template has rendered
    if not parts:
        return html
    return mark_safe(_ELEMENT.sub(lambda found: parts[int(found[1])], html))  # noqa: S308 HTML that a template has rendered


def is_typesetting():
    """Whether what is being rendered will be typeset."""
    return _finished.get() is not None


def finished(html):
    """What to render in place of ``html``, which has been typeset; see :func:`typeset`."""
    parts = _finished.get()
    parts.append(html)
    return f"<{_NAME}-{len(parts) - 1}>"
