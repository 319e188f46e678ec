"""Which blocks of two bodies say the same in two languages."""

from difflib import SequenceMatcher
from operator import itemgetter


def same_id(block):
    """The id, which a translation keeps; a block without one equals no other."""
    return block.get("id") or object()


same_type = itemgetter("type")


def aligned(here, there, keys=(same_id, same_type)):
    """Yield pairs of positions in two lists of stored blocks; ``None`` where one lacks a block.

    Blocks are a pair if the first of ``keys`` gives the same for both. What stands between two
    pairs is paired by the next key. All positions are yielded, each list in its order.
    """
    yield from _aligned(list(enumerate(here)), list(enumerate(there)), keys)


def _aligned(here, there, keys):
    if not (keys and here and there):
        yield from ((number, None) for number, _block in here)
        yield from ((None, number) for number, _block in there)
    else:
        yield from _aligned_by(keys[0], here, there, keys[1:])


def _aligned_by(key, here, there, keys):
    first = second = 0
    values = ([key(block) for _number, block in blocks] for blocks in (here, there))
    for one, other, length in SequenceMatcher(None, *values, False).get_matching_blocks():
        yield from _aligned(here[first:one], there[second:other], keys)
        first, second = one + length, other + length
        found = zip(here[one:first], there[other:second], strict=True)
        yield from ((mine[0], yours[0]) for mine, yours in found)
