"""How much is left to do at a place of a translation, in words of its source."""

from difflib import SequenceMatcher

from articles.languages.translations.gaps import untranslated_parts
from articles.languages.translations.units import count_words


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
