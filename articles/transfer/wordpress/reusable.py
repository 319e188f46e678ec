"""Reusable blocks, which posts name by the id of the item that has their content."""

import json
import re

#: The type of these items.
REUSABLE = "wp_block"
#: Characters that are kept of one, with those inside it, and that all add to one post.
LONGEST, LONGEST_IN_POST = 200_000, 1_000_000

_BLOCK = re.compile(r"<!--\s+wp:(?:core/)?block\s+(\{[^<>]*?\})\s*/-->")


class ReusableBlocks:
    """The contents of reusable blocks by id."""

    def __init__(self):
        self._contents, self._whole = {}, {}

    def add(self, pk, content):
        if len(content) <= LONGEST:
            self._contents[pk] = content

    def shown_in(self, content, most=LONGEST_IN_POST):
        """``content`` with what its reusable blocks show.

        A block stays as it is if its content is not there, holds itself or is too long, or if the
        post gives it texts of its own.
        """
        if not self._contents or "wp:" not in content:
            return content

        def show(found):
            nonlocal most
            shown = self._whole_content(_number_in(found[1]))
            if shown is None or len(shown) > most:
                return found[0]
            most -= len(shown)
            return shown

        return _BLOCK.sub(show, content)

    def _whole_content(self, number):
        """The content of a block with those inside it; ``None`` if it is not there."""
        if number not in self._contents:
            return None
        if number not in self._whole:
            self._whole[number] = None  # while it is put together: it may hold itself
            own = self._contents[number]
            self._whole[number] = self.shown_in(own, LONGEST - len(own))
        return self._whole[number]


def _number_in(text):
    """The id in the settings of a block; ``None`` where it has texts of its own."""
    try:
        settings = json.loads(text)
    except (ValueError, RecursionError):
        return None
    number = settings.get("ref")
    return number if isinstance(number, int) and "content" not in settings else None
