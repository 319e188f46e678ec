"""The passages of a translation that a machine can be asked for: missing, or out of date."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from diptych.articles.languages.config.content import count_words
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.passages import Passage
from diptych.articles.languages.translations.units import label_of
from diptych.articles.translation_tools.aligning import aligned
from diptych.articles.translation_tools.exporting import entries_of
from diptych.articles.translation_tools.glossary.matching import Glossary
from diptych.articles.translation_tools.machine.interface import Text
from diptych.articles.translation_tools.machine.markup import written

#: The most characters of the texts beside a passage.
CONTEXT = 300
DUE = ("untranslated", "outdated")


@dataclass
class OpenPassage:
    """A passage to send: the name of its segment, and the key and label of its unit."""

    entry: str
    key: str
    label: str
    text: Text
    plain: str
    is_outdated: bool = False

    @property
    def words(self):
        return count_words(self.plain)


@dataclass
class OpenPassages:
    """What can be sent, and ``(label, reason)`` of what cannot."""

    found: list = field(default_factory=list)
    refused: list = field(default_factory=list)


def open_passages(draft, language, keys=()):
    """The :class:`OpenPassages` of ``draft``, in the units ``keys`` or in all."""
    passages, segments = OpenPassages(), []
    for place in compare(draft, language):
        if place.source is None or not place.source.has_words:
            continue
        label = label_of(draft, place.source)
        unit = aligned(place.source, place.target, place.entry)
        is_due = place.status in DUE and (not keys or place.key in keys)
        for pair, entry in entries_of(place, unit, label):
            segments.append((pair.source.text, None))
            if not is_due or not _is_open(place, pair, entry):
                continue
            if not unit.is_writable:
                reason = _("Its translation has other paragraphs than the source: change it here.")
                passages.refused.append((label, reason))
                break
            segments[-1] = (pair.source.text, (place, pair, entry, label))
    glossary = Glossary.current()
    for number, (plain, due) in enumerate(segments):
        if due:
            beside = [_beside(segments, number + step) for step in (-1, 1)]
            terms = glossary.preferred(plain, draft.source_language, language)
            passages.found.append(_passage(*due, *beside, terms))
    return passages


def _is_open(place, pair, entry):
    if entry.state == "outdated":
        return has_changed(place, pair)
    return entry.state == "initial"


def has_changed(place, pair):
    """Whether the words of a segment differ from those that were translated."""
    known = place.entry.get("passages")
    if known:
        return pair.source.fingerprint not in known[0]
    return Passage(place.before, place.before).fingerprint != pair.source.fingerprint


def _beside(segments, number):
    return segments[number][0][:CONTEXT] if 0 <= number < len(segments) else ""


def _passage(place, pair, entry, label, before, after, terms):
    is_outdated = entry.state == "outdated"
    old_source = _old_source(place, pair) if is_outdated else ""
    old = written(pair.target_pieces) if old_source else ""
    text = Text(written(pair.source.pieces), before, after, old_source, old, terms)
    return OpenPassage(entry.id, place.key, label, text, pair.source.text, is_outdated)


def _old_source(place, pair):
    """The text that a segment had when it was translated, ``""`` if that is not known."""
    known, now = place.entry.get("passages"), [each.fingerprint for each in place.source.passages]
    if not known:
        return " ".join(place.before.split())
    if len(known[0]) != len(now) or pair.source.fingerprint not in now:
        return ""
    texts = {each.fingerprint: each.text for each in place.source.passages}
    number = now.index(pair.source.fingerprint)
    old = _between(
        " ".join(place.before.split()), [texts.get(each, "") for each in known[0]], number
    )
    return old if Passage(old, old).fingerprint == known[0][number] else ""


def _between(text, parts, number):
    """What stands in ``text`` between the parts around ``number``, where these are known."""
    start, end = 0, len(text)
    if number > 0 and parts[number - 1]:
        start = text.find(parts[number - 1]) + len(parts[number - 1])
    if number + 1 < len(parts) and parts[number + 1]:
        end = text.find(parts[number + 1], start)
    return text[start:end].strip()
