"""Typesets rendered templates, except parts that were typeset before."""

import re
import secrets
from contextvars import ContextVar

from django.utils.safestring import mark_safe

#: The typeset parts of the current rendering.
_finished = ContextVar("diptych_finished_parts", default=None)
#: A placeholder element for a typeset part; its name cannot occur in texts.
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
    """Whether the current rendering will be typeset."""
    return _finished.get() is not None


def finished(html):
    """A placeholder for ``html``, which has been typeset; see :func:`typeset`."""
    parts = _finished.get()
    parts.append(html)
    return f"<{_NAME}-{len(parts) - 1}>"
