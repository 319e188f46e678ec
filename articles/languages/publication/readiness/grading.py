"""Grade what a draft says in a language: whether that may be published.

``refused``
    A required part is missing, such as the headline, or nobody has confirmed a passage of a
    machine; nothing and nobody publishes that.
``incomplete``
    Places of a translation are still in the source language, or not filled in. It is published if
    somebody who may do so confirms these very places, see :class:`Confirmation`.
``complete``
    Nothing is missing, or what is missing has been confirmed.

The places confirmed at a publication are stored in the column ``provenance`` of the language, as
``incomplete``. So they follow the text into schedules, copies and drafts held back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks

from diptych.articles.languages.config.content import (
    fingerprint,
)
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.publication.readiness.missing import open_places, unconfirmed_parts
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.provenance import (
    confirmed_places,
    record_of,
    with_incomplete,
    write_record,
)


class Grade(models.TextChoices):
    REFUSED = "refused", gettext_lazy("Cannot be published")
    INCOMPLETE = "incomplete", gettext_lazy("Incomplete")
    COMPLETE = "complete", gettext_lazy("Complete")


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
    #: The open places of a live text that is not published anew; nobody is asked about them.
    settled: list = field(default_factory=list)

    @property
    def new_places(self):
        """The open places that nobody has confirmed yet."""
        return [
            place
            for place in self.places
            if place not in self.settled and not self.is_confirmed(place)
        ]

    def is_confirmed(self, place):
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

    def __init__(self, gradings: Iterable[Grading]) -> None:
        self.gradings = list(gradings)
        super().__init__([sentence for each in self.gradings for sentence in each.sentences])

    @property
    def can_be_confirmed(self) -> bool:
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


#: The hook for what else keeps a language from being published: called with the draft and the
#: language, it returns what ``publication_problems`` of a page type does.
PROBLEMS = "register_diptych_publication_problems"


def grade(draft, language, source_page=None, compared=None):
    """The :class:`Grading` of what ``draft`` says in ``language``.

    ``source_page`` is the version of the page whose source readers will see, if not ``draft``;
    ``compared`` is what :func:`compare` gives for these, where it is known.
    """
    problems = [*draft.publication_problems(language), *unconfirmed_parts(draft, language)]
    for find_problems in hooks.get_hooks(PROBLEMS):
        problems += find_problems(draft, language) or ()
    if compared is None:
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


def record_confirmed(draft, grading):
    """Store on ``draft`` that the open places of ``grading`` are published as they are."""
    record = record_of(draft, grading.language)
    passages = {}
    for place in grading.places:
        is_asked_about = place not in grading.settled or grading.is_confirmed(place)
        if is_asked_about and place.kind != "commented":
            passages.setdefault(place.key, []).extend(place.passages)
    noted = with_incomplete(record, list(passages), passages)
    if noted != record:
        write_record(draft, grading.language, noted)
