"""How much is left to do at a place of a translation, in words of its source."""

from difflib import SequenceMatcher
from itertools import zip_longest

from wagtail import blocks

from articles.languages.translations.units import children_of, count_words, texts_of

_NOTHING = (None, None)


def untranslated_parts(source, target):
    """The texts of the unit ``source`` in whose place ``target`` says nothing.

    A name counts as anything else, though it is often the same in both languages: without it,
    readers are not told who speaks. Whatever is filled in counts as translated, be it the same
    words. Blocks of two kinds have no parts in common.
    """
    if source.block is None or target.block is None or source.block.name != target.block.name:
        return []
    return list(_empty_in(source.block, source.stored, target.stored))


def _empty_in(block, source, target):
    if not source:
        return
    if isinstance(source, dict) and "data" in source:
        yield from _empty_cells(source, target)
    elif isinstance(block, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        others = children_of(block, target) if target else []
        places = zip_longest(children_of(block, source), others, fillvalue=_NOTHING)
        for (child, value), (other, other_value) in places:
            if child is not None and (other is None or child.name == other.name):
                yield from _empty_in(child, value, other_value)
    elif not any(text.strip() for text in texts_of(block, target)):
        yield from (text for text in texts_of(block, source) if count_words(text))


def _empty_cells(source, target):
    """The cells of a table in whose place another has nothing."""
    others = target.get("data") if isinstance(target, dict) else None
    for row, other_row in zip_longest(source["data"] or (), others or (), fillvalue=()):
        for cell, other in zip_longest(row, other_row):
            if count_words(str(cell or "")) and not str(other or "").strip():
                yield str(cell)


def words_in(place):
    """How many words of a place are still to be translated, or were changed."""
    if place.source is None or not place.needs_work:
        return 0
    if place.status == "outdated":
        return max(changed_words(place.before, place.source.text), 1)
    if place.is_in_part:
        return sum(count_words(part) for part in untranslated_parts(place.source, place.target))
    return place.source.words


def changed_words(before, after):
    """How many words of ``after`` are not, in order, those of ``before``."""
    old, new = (before or "").split(), (after or "").split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = [new[b1:b2] for tag, _a1, _a2, b1, b2 in matcher.get_opcodes() if tag != "equal"]
    return sum(count_words(" ".join(words)) for words in changed)
