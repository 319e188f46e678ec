"""Grade what a draft says in a language: whether that may be published.

``refused``
    A required part is missing, such as the headline; nothing and nobody publishes that.
``incomplete``
    Places of a translation are still in the source language, or not filled in. It is published if
    somebody who may do so confirms these very places, see :class:`Confirmation`.
``complete``
    Nothing is missing, or what is missing has been confirmed.

The places confirmed at a publication are stored in the column ``provenance`` of the language, as
``incomplete``. So they follow the text into schedules, copies and drafts held back.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import blocks, hooks
from wagtail.fields import RichTextField, StreamField

from diptych.articles.languages.config.content import (
    CHOICES,
    children_of,
    fingerprint,
    has_content,
    is_visible,
    plain,
    steps_into,
)
from diptych.articles.languages.config.language_config import column, translated_language_name
from diptych.articles.languages.publication.readiness.problems import PublicationProblem
from diptych.articles.languages.translations.provenance import (
    compare,
    confirmed_places,
    copies_in,
    is_copy,
    leftovers_in,
    record_of,
    with_incomplete,
    write_record,
)
from diptych.articles.languages.translations.units import label_of, stream_in, units_in

#: Fields that readers do not miss where they are empty: they are advised, not required.
ADVISED_FIELDS = ("meta_title", "meta_description")


class Grade(models.TextChoices):
    REFUSED = "refused", gettext_lazy("Cannot be published")
    INCOMPLETE = "incomplete", gettext_lazy("Incomplete")
    COMPLETE = "complete", gettext_lazy("Complete")


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


@dataclass(frozen=True)
class Confirmation:
    """Somebody's answer that a language is to be published though some places are open.

    ``fingerprint`` is that of the :class:`Grading` with which they were asked: the text and its
    open places. It holds for no other text.
    """

    language: str
    fingerprint: str

    def __str__(self):
        """As it is posted; see :meth:`parse`."""
        return f"{self.language}:{self.fingerprint}"

    @classmethod
    def parse(cls, text):
        language, _colon, fingerprint = text.partition(":")
        return cls(language, fingerprint)


@dataclass
class Grading:
    """What :func:`grade` says about one language of a draft."""

    language: str
    source_language: str
    problems: list = field(default_factory=list)
    places: list = field(default_factory=list)
    #: The passages that were confirmed when the text was published before, by key of their unit;
    #: ``None`` for all of a unit.
    confirmed: dict = field(default_factory=dict)
    fingerprint: str = ""

    @property
    def new_places(self):
        """The open places that nobody has confirmed yet."""
        return [place for place in self.places if not self._is_confirmed(place)]

    def _is_confirmed(self, place):
        known = self.confirmed.get(place.key, ())
        return (
            place.kind != "commented"
            and place.key in self.confirmed
            and (known is None or known.issuperset(place.passages))
        )

    @property
    def is_of_comments(self):
        """Whether nothing is open but comments, which need no permission for incomplete texts."""
        is_incomplete = self.grade == Grade.INCOMPLETE
        return is_incomplete and all(place.kind == "commented" for place in self.new_places)

    @property
    def grade(self):
        if self.problems:
            return Grade.REFUSED
        return Grade.INCOMPLETE if self.new_places else Grade.COMPLETE

    @property
    def confirmation(self):
        """The :class:`Confirmation` that publishes it."""
        return Confirmation(self.language, self.fingerprint)

    @property
    def question(self):
        """What whoever publishes it is asked."""
        count = len(self.places)
        if any(place.kind == "commented" for place in self.places):
            message = ngettext(
                "Publish %(language)s with %(count)s open place or comment?",
                "Publish %(language)s with %(count)s open places and comments?",
                count,
            )
        elif any(place.language != self.source_language for place in self.places):
            message = ngettext(
                "Publish %(language)s with %(count)s place in another language?",
                "Publish %(language)s with %(count)s places in another language?",
                count,
            )
        else:
            message = ngettext(
                "Publish %(language)s with %(count)s place still in %(source)s?",
                "Publish %(language)s with %(count)s places still in %(source)s?",
                count,
            )
        return message % self._values(count)

    @property
    def sentences(self):
        """Why it is not published, as sentences."""
        if self.problems:
            return [sentence for _field, sentence in self.problems]
        comments = sum(place.kind == "commented" for place in self.new_places)
        of_places = ngettext(
            "%(count)s place is not in %(language)s yet.",
            "%(count)s places are not in %(language)s yet.",
            len(self.new_places) - comments,
        )
        of_comments = ngettext(
            "%(count)s comment on the text is open.",
            "%(count)s comments on the text are open.",
            comments,
        )
        counted = [(of_places, len(self.new_places) - comments), (of_comments, comments)]
        return [message % self._values(count) for message, count in counted if count]

    def _values(self, count):
        return {
            "language": translated_language_name(self.language),
            "source": translated_language_name(self.source_language),
            "count": count,
        }


class NotPublishable(ValidationError):
    """A draft is not published; ``gradings`` say for each language what is missing in it."""

    def __init__(self, gradings):
        self.gradings = list(gradings)
        super().__init__([sentence for each in self.gradings for sentence in each.sentences])

    @property
    def can_be_confirmed(self):
        """Whether somebody who may publish incomplete translations can still publish it."""
        return all(each.grade == Grade.INCOMPLETE for each in self.gradings)

    @property
    def to_confirm(self):
        """What APIs say of it: ``{"to_confirm": […]}``, or nothing if it cannot be confirmed."""
        if not self.can_be_confirmed:
            return {}
        questions = [
            {"confirmed": str(each.confirmation), "places": [str(place) for place in each.places]}
            for each in self.gradings
        ]
        return {"to_confirm": questions}


# Grading


#: The hook for what else keeps a language from being published: called with the draft and the
#: language, it returns what ``publication_problems`` of a page type does.
PROBLEMS = "register_diptych_publication_problems"


def grade(draft, language, source_page=None):
    """The :class:`Grading` of what ``draft`` says in ``language``.

    ``source_page`` is the version of the page whose source readers will see, if not ``draft``.
    """
    problems = list(draft.publication_problems(language))
    for find_problems in hooks.get_hooks(PROBLEMS):
        problems += find_problems(draft, language) or ()
    compared = compare(draft, language, source_page=source_page)
    places = open_places(draft, language, compared)
    said = [
        [each.key, *(unit.fingerprint if unit else "" for unit in (each.source, each.target))]
        for each in compared
    ]
    return Grading(
        language,
        draft.source_language,
        problems,
        places,
        confirmed_places(draft, language),
        fingerprint([language, said, [[place.key, *place.passages] for place in places]]),
    )


def open_places(draft, language, compared=None):
    """Every :class:`OpenPlace` of ``draft`` in ``language``.

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
        kind = "in part" if each.is_copy else "other language"
        marks = (each.passage.fingerprint,)
        yield OpenPlace(
            unit.key, label, kind, name, _excerpt(each.passage.text), each.language, marks
        )
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


#: How much is quoted of the source of an open place, in characters.
EXCERPT = 80


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


def is_unfilled(block, stored):
    """Whether a required part of a stored value of ``block`` is empty."""
    if isinstance(block, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        return any(is_unfilled(child, value) for child, value in children_of(block, stored or {}))
    if not getattr(block, "required", False):
        return False
    if isinstance(block, CHOICES):
        return stored in (None, "", [])
    return not has_content(block, stored)


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


# Recording


def record_confirmed(draft, grading):
    """Store on ``draft`` that the open places of ``grading`` are published as they are."""
    record = record_of(draft, grading.language)
    passages = {}
    for place in grading.places:
        if place.kind != "commented":
            passages.setdefault(place.key, []).extend(place.passages)
    noted = with_incomplete(record, list(passages), passages)
    if noted != record:
        write_record(draft, grading.language, noted)
