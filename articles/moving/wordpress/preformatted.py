"""Where the elements of a post stand whose text is kept as it reads, such as ``<pre>``."""

import re

_TAG = re.compile(r"<[^<>]*>")


def preformatted_spans(content, names, *, with_tags=False):
    """The ``(start, end)`` of elements called one of ``names``, in order.

    ``with_tags`` gives those of all other tags as well. The time is in proportion to ``content``:
    an end that is missing is looked for once.
    """
    begins = re.compile(rf"<({'|'.join(names)})\b{'|<' if with_tags else ''}", re.I)
    ends = {name: re.compile(rf"</{name}\s*>", re.I) for name in names}
    place = 0
    while found := begins.search(content, place):
        place = found.end()
        name = (found[1] or "").lower()
        end = ends[name].search(content, place) if name in ends else None
        if end is None:
            ends.pop(name, None)
            end = _TAG.match(content, found.start()) if with_tags else None
        if end is not None:
            place = end.end()
            yield found.start(), place
