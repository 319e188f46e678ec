"""The texts that images have themselves as a :class:`TranslationFile`, and back.

All images stand in one file. What comes back waits in the form of its image to be confirmed.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from diptych.articles.images.alt_texts.faults import is_repeat, why_no_repeat
from diptych.articles.images.models import UnconfirmedImageText
from diptych.articles.images.unconfirmed import propose, waiting_for
from diptych.articles.languages.config.content import is_visible
from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.translation_tools.exporting import mark_of
from diptych.articles.translation_tools.image_texts.drafting import text_of
from diptych.articles.translation_tools.importing import (
    ACTION,
    REFUSED,
    TAKEN,
    UNCHANGED,
    Refused,
    Report,
    ReportRow,
    beginning_of,
    check_unchanged,
    plain_target,
    refused_report,
)
from diptych.articles.translation_tools.segments import Segment
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile

#: The name of all images in files.
ORIGINAL = "images"
#: How the key of a caption ends.
CAPTION = ".caption"


def are_in(file):
    """Whether a :class:`TranslationFile` has texts of images."""
    return file.original == ORIGINAL


@dataclass
class ImageText:
    """A text of an image and its translation: that to be confirmed if there is one."""

    image: object
    field: str
    column: str
    source: str
    target: str
    is_waiting: bool

    @property
    def key(self):
        return f"{self.image.pk}.{self.field}"

    @property
    def label(self):
        name = capfirst(str(self.image._meta.get_field(self.field).verbose_name))
        return _("%(name)s: %(value)s") % {"name": self.image.title, "value": name}

    @property
    def entry_id(self):
        """The name in files, with the state of source and translation when it was written."""
        marks = [mark_of(Segment((each,))) for each in (self.source, self.target)]
        return ":".join([self.key, "0", *marks])


def texts_of(images, source, language):
    """Every :class:`ImageText` that ``images`` have in ``source``; none of decorative ones."""
    waiting = waiting_for(images)
    for image in images:
        if getattr(image, "is_decorative", False):
            continue
        fields = translated_fields(type(image))
        for name in (each.name for each in image._meta.get_fields() if each.name in fields):
            columns = fields[name]
            row, text = waiting.get((image.pk, columns[language])), text_of(image, columns[source])
            if text:
                target = row.text if row else text_of(image, columns[language])
                yield ImageText(image, name, columns[language], text, target, row is not None)


def file_of(images, source, language):
    """The :class:`TranslationFile` of ``images`` for translating from ``source``."""
    units = {}
    for each in texts_of(images, source, language):
        state = "unconfirmed" if each.is_waiting else "translated"
        entry = Entry(
            each.entry_id,
            (each.source,),
            (each.target,) if each.target else None,
            state if each.target else "initial",
            [each.label],
        )
        units.setdefault(each.image, []).append(entry)
    found = [(f"image-{image.pk}", image.title, entries) for image, entries in units.items()]
    return TranslationFile(ORIGINAL, source, language, _("Texts of images"), found)


# Reading


@transaction.atomic
def import_file(file, origin, user=None, may_approve=False, is_dry=False, history=None):
    """Take ``file`` in and return the :class:`Report`; with ``is_dry`` nothing is stored.

    With ``may_approve`` texts that the file calls approved are stored, and readers see them; all
    others wait to be confirmed, with ``origin``. ``user`` is ``None`` for commands. ``history`` is
    the action that the history of each image names, with its data, in place of an import.
    """
    languages = file.source_language, file.target_language
    if not set(languages) <= set(available_languages()) or len(set(languages)) == 1:
        reason = _("The file is from or into a language that this site does not have.")
        return refused_report(file, origin, reason)
    taking = _Taking(file, user, may_approve)
    rows = taking.rows(file.entries)
    report = Report(ORIGINAL, file.target_language, _("Texts of images"), rows, languages[0])
    if not is_dry:
        taking.store(origin, user, history or (ACTION, {"origin": origin}))
    return report


class _Taking:
    """Judges the texts of a file: ``chosen`` are ``(text, words, is approved)`` by key."""

    def __init__(self, file, user, may_approve):
        self.source_language, self.language = file.source_language, file.target_language
        self.user, self.may_approve = user, may_approve
        keys = {id_in(each.id.partition(".")[0]) for each in file.entries} - {None}
        images = get_image_model().objects.select_for_update().in_bulk(sorted(keys))
        found = texts_of(list(images.values()), file.source_language, file.target_language)
        self.texts = {each.key: each for each in found}
        self.chosen = {}

    def rows(self, entries):
        """A :class:`ReportRow` for each entry, whose text is noted if it is taken."""
        rows = [self._row(each) for each in entries]
        keys = [each.id.partition(":")[0] for each in entries]
        # Of two approved texts that are the same the caption is refused.
        order = sorted(zip(rows, keys, strict=True), key=lambda pair: not pair[1].endswith(CAPTION))
        for row, key in order:
            if row.status == TAKEN and self._is_repeat(key):
                del self.chosen[key]
                row.status, row.reason = REFUSED, why_no_repeat()
        return rows

    def _is_repeat(self, key):
        """Whether the alternative text and the caption would be the same once this is stored."""
        text, _words, is_approved = self.chosen[key]
        names = ("alt", "caption")
        return (
            is_approved
            and text.field in names
            and is_repeat(*(self._text_then(text.image, each) for each in names))
        )

    def _text_then(self, image, name):
        _text, words, is_approved = self.chosen.get(f"{image.pk}.{name}", ("", "", False))
        return words if is_approved else text_of(image, column(name, self.language))

    def _row(self, entry):
        text, reason = self.texts.get(entry.id.partition(":")[0]), ""
        try:
            status = TAKEN if self._take(entry, text) else UNCHANGED
        except Refused as refusal:
            status, reason = REFUSED, str(refusal)
        label = text.label if text else ""
        return ReportRow(entry.id, status, label, beginning_of(entry), reason)

    def _take(self, entry, text):
        words = "".join(each for each in entry.target or () if isinstance(each, str))
        words = " ".join(words.split())
        if not is_visible(words):
            return False
        if text is None:
            raise Refused(_("There is no such image any more, or it has no text to translate."))
        if words == text.target:
            return False
        self._check(entry, text, words)
        is_approved = self.may_approve and entry.state == "final"
        self.chosen[text.key] = text, words, is_approved
        return True

    def _check(self, entry, text, words):
        policy = policy_registry.get_by_type(get_image_model())
        if self.user and not policy.user_has_permission_for_instance(
            self.user, "change", text.image
        ):
            raise Refused(_("You may not change this image."))
        check_unchanged(entry, text.entry_id)
        if text.key in self.chosen:
            raise Refused(_("The file has it twice."))
        plain_target(entry)
        longest = text.image._meta.get_field(text.column).max_length
        if longest and len(words) > longest:
            message = _("It has %(length)s characters; %(longest)s are possible.")
            raise Refused(message % {"length": len(words), "longest": longest})

    def store(self, origin, user, history):
        """Store what was taken, with an entry in the history of each image."""
        action, about = history
        images, waiting = {}, []
        for text, words, is_approved in self.chosen.values():
            images.setdefault(text.image, []).append(text)
            if is_approved:
                setattr(text.image, text.column, words)
                UnconfirmedImageText.objects.filter(**self._place(text)).delete()
            else:
                row = UnconfirmedImageText(**self._place(text), text=words, source=text.source)
                row.source_language = self.source_language
                row.origin = origin[: UnconfirmedImageText.ORIGIN_LENGTH]
                waiting.append(row)
        propose(waiting)
        for image, texts in images.items():
            if any(self.chosen[each.key][2] for each in texts):
                image.save()
            data = {"language": self.language, "taken": len(texts), **about}
            log(instance=image, action=action, user=user, data=data)

    def _place(self, text):
        return {"image": text.image, "field": text.field, "language": self.language}
