"""What a draft lacks in one language.

Required parts that are empty keep it from going live, see :func:`missing_parts`, and so do passages
that nobody has confirmed, see :func:`unconfirmed_parts`; open places of its translation have to be
confirmed by somebody who may do so, see :func:`open_places`.
"""

from dataclasses import dataclass

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from diptych.articles.languages.config.content import (
    CHOICES,
    children_of,
    has_content,
    is_visible,
    plain,
    steps_into,
)
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.translations.comparing import compare, leftovers_in
from diptych.articles.languages.translations.provenance import copies_in, is_copy, record_of
from diptych.articles.languages.translations.units import label_of, stream_in, units_in

#: How much is quoted of the source of an open place, in characters.
EXCERPT = 80
#: Fields that readers do not miss where they are empty: they are advised, not required.
ADVISED_FIELDS = ("meta_title", "meta_description")


@dataclass(frozen=True)
class PublicationProblem:
    """A message about one field; unpacks to ``(column name, message)``.

    ``path`` is the place within a body: block number, child block name, and so on. Without it,
    the message is about the whole field. ``inside`` are the names and ids of blocks that lead to
    the same place, or to one within it, as in Wagtail's content paths.
    """

    field: str
    message: str
    path: tuple = ()
    inside: tuple = ()

    def __iter__(self):
        yield self.field
        yield self.message


@dataclass(frozen=True)
class OpenPlace:
    """A unit or passage that is in another language than its column, or that is not filled in.

    ``key`` is that of the unit, ``kind`` one of ``"copied"``, ``"untranslated"``, ``"in part"``,
    ``"unfilled"`` and ``"other language"``, ``excerpt`` the beginning of what stands there, or of
    what the source says there, in ``language``. ``passages`` are the fingerprints of what is open.
    Publishing adds those of kind ``"commented"``, with an open comment for the excerpt.
    """

    key: str
    label: str
    kind: str
    field: str
    excerpt: str = ""
    language: str = ""
    passages: tuple = ()

    def __str__(self):
        return f"{self.label}: {self.excerpt}" if self.excerpt else self.label


# Required parts


def missing_parts(page, language):
    """A :class:`PublicationProblem` for each required part of ``page`` that is empty.

    These are the fields of its ``required_parts`` and, in its source language, the required parts
    of blocks.
    """
    problems = []
    for name, sentence in page.required_parts.items():
        if _is_empty(page, name, language):
            problems.append(PublicationProblem(column(name, language), str(sentence)))
    if language == page.source_language:
        problems += _unfilled_blocks(page, language)
    return problems


def _is_empty(page, name, language):
    value = page.text_in(name, language)
    field = page._meta.get_field(column(name, language))
    if not isinstance(field, StreamField):
        return not is_visible(plain(value or "") if isinstance(field, RichTextField) else value)
    if not value or not any(
        has_content(value.stream_block.child_blocks[each["type"]], each["value"])
        for each in value.raw_data
        if each["type"] in value.stream_block.child_blocks
    ):
        return True
    return language != page.source_language and _is_begun_only(page, name, language)


def _is_begun_only(page, name, language):
    """Whether a body has only the pictures and numbers with which its translation was begun."""
    source, target = (
        {
            unit.key: unit
            for unit in units_in(page, code, rows=()).values()
            if unit.field_name == name
        }
        for code in (page.source_language, language)
    )
    has_words = any(unit.has_words for unit in target.values())
    is_begun = not source.keys().isdisjoint(target)
    return is_begun and not has_words and any(unit.has_words for unit in source.values())


def is_unfilled(block, stored):
    """Whether a required part of a stored value of ``block`` is empty."""
    if isinstance(block, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        return any(is_unfilled(child, value) for child, value in children_of(block, stored or {}))
    if not getattr(block, "required", False):
        return False
    if isinstance(block, CHOICES):
        return stored in (None, "", [])
    return not has_content(block, stored)


def _unfilled_blocks(page, language):
    numbers = {}
    for unit in units_in(page, language, rows=()).values():
        if unit.is_block and is_unfilled(unit.block, unit.stored):
            name = column(unit.field_name, language)
            sentence = _("Not filled in: %(block)s.") % {"block": _unfilled_in_words(page, unit)}
            if name not in numbers:
                numbers[name] = _numbers_by_id(stream_in(page, unit.field_name, language))
            number = numbers[name].get(unit.block_id)
            inside = (unit.block_id, *_steps_to_unfilled(unit.block, unit.stored))
            is_known = not unit.block_id.startswith("#")
            path = () if number is None else (number,)
            yield PublicationProblem(name, sentence, path, inside if is_known else ())


def _steps_to_unfilled(block, stored):
    """The names and ids of blocks that lead to the first part that :func:`is_unfilled`."""
    for step, child, value in steps_into(block, stored or {}):
        if is_unfilled(child, value):
            return [step, *_steps_to_unfilled(child, value)]
    return []


def _unfilled_in_words(page, unit):
    """The label of a block, with its empty parts if others are filled in: "Correction (Date)"."""
    label = capfirst(label_of(page, unit))
    if not isinstance(unit.block, blocks.StructBlock) or not has_content(unit.block, unit.stored):
        return label
    parts = [
        str(child.label)
        for child, value in children_of(unit.block, unit.stored)
        if is_unfilled(child, value)
    ]
    # Translators: a block of a text and its parts, "Correction (Date)".
    return _("%(block)s (%(parts)s)") % {"block": label, "parts": ", ".join(parts)}


def _numbers_by_id(stream):
    """The place of each block in ``stream``, by its id and by ``#`` with its number."""
    numbers = {}
    for number, each in enumerate(stream.raw_data):
        numbers.setdefault(each.get("id"), number)
        numbers.setdefault(f"#{number}", number)
    return numbers


def unconfirmed_parts(page, language):
    """A :class:`PublicationProblem` for each unit of ``page`` with unconfirmed passages."""
    if not record_of(page, language).get("unconfirmed"):
        return []
    leftovers = leftovers_in(page, language, {})
    return [
        PublicationProblem(_field_of(unit, language), _unconfirmed_in_words(page, unit, passages))
        for unit in units_in(page, language).values()
        if (passages := [each for each in leftovers.of(unit) if each.origin])
    ]


def _unconfirmed_in_words(page, unit, passages):
    sentence = ngettext(
        "%(unit)s: %(count)s passage has not been confirmed (“%(excerpt)s”).",
        "%(unit)s: %(count)s passages have not been confirmed (“%(excerpt)s”).",
        len(passages),
    )
    return sentence % {
        "unit": label_of(page, unit),
        "count": len(passages),
        "excerpt": _excerpt(passages[0].text),
    }


# Open places


def open_places(draft, language, compared=None):
    """Every :class:`OpenPlace` of ``draft`` in ``language``, without unconfirmed passages.

    In its source language they are the passages that read as another one. ``compared`` is the
    answer of :func:`compare`, for who has it already.
    """
    if language == draft.source_language:
        return _places_of_the_source(draft, language)
    compared = compare(draft, language) if compared is None else compared
    copied = _copies_among(draft, language, compared)
    own_bodies = _written_on_their_own(compared)
    places = []
    for each in compared:
        kind = "copied" if each.key in copied else _kind_of(each)
        is_absent = each.target is None and each.unit.is_block
        if kind == "in part" or (each.left and not kind):
            places += _places_in(draft, language, each.unit, each.left, each)
        elif kind and not (is_absent and each.unit.field_name in own_bodies):
            places.append(_place_of(draft, language, each, kind))
    return places


def _place_of(draft, language, compared, kind):
    """The :class:`OpenPlace` of a unit as a whole."""
    passages = compared.target.passages if compared.target else ()
    return OpenPlace(
        compared.key,
        label_of(draft, compared.unit),
        kind,
        _field_of(compared.unit, language),
        _excerpt((compared.source or compared.target).text),
        draft.source_language,
        tuple(each.fingerprint for each in passages),
    )


def _places_in(draft, language, unit, left, compared=None):
    """The :class:`OpenPlace` of each passage of ``unit`` that is left, and of each that is missing.

    The latter are those of ``compared``.
    """
    label, name = label_of(draft, unit), _field_of(unit, language)
    for each in left:
        if each.origin:
            continue
        kind = "in part" if each.is_copy else "other language"
        marks = (each.passage.fingerprint,)
        yield OpenPlace(unit.key, label, kind, name, _excerpt(each.text), each.language, marks)
    for text in compared.empty_texts if compared else ():
        marks = tuple(each.fingerprint for each in compared.lost if each.text == text)
        yield OpenPlace(
            unit.key, label, "in part", name, _excerpt(text), draft.source_language, marks
        )


def _places_of_the_source(draft, language):
    units = units_in(draft, language)
    leftovers = leftovers_in(draft, language, {})
    return [
        place
        for unit in units.values()
        for place in _places_in(draft, language, unit, leftovers.of(unit))
    ]


def _field_of(unit, language):
    return "" if unit.row else column(unit.field_name, language)


def _excerpt(text):
    return Truncator(text).chars(EXCERPT)


def _kind_of(place):
    """The ``kind`` of an :class:`OpenPlace`, ``""`` if ``place`` is none."""
    target = place.target
    if target is not None and target.is_block and is_unfilled(target.block, target.stored):
        return "unfilled"
    if place.status != "untranslated":
        return ""
    if place.is_in_part:
        return "in part"
    if target is None and not place.source.has_words:
        return ""
    if target is None or not target.has_words:
        return "" if place.unit.field_name in ADVISED_FIELDS else "untranslated"
    is_copied = place.is_copy or target.fingerprint == place.source.fingerprint
    return "copied" if is_copied else "in part"


def _written_on_their_own(compared):
    """The names of streams with blocks of the translation that stand for none of the source.

    Such a body was not made from its source, which has no places in it that could be open.
    """
    blocks_of = [place for place in compared if place.unit.is_block and place.target]
    paired = {place.unit.field_name for place in blocks_of if place.source}
    filled = [place for place in blocks_of if has_content(place.target.block, place.target.stored)]
    return {place.unit.field_name for place in filled} - paired


def _copies_among(draft, language, compared):
    """The keys of blocks without a source that say what one of the source says, or were copied."""
    copies, basis = copies_in(draft, language), record_of(draft, language).get("basis", {})
    said = {
        place.source.fingerprint for place in compared if place.source and place.source.has_words
    }
    return {
        place.key
        for place in compared
        if place.source is None and place.target.has_words and place.key not in basis
        if is_copy(place.target, copies) or place.target.fingerprint in said
    }
