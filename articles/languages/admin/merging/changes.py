"""Messages about conflicts and about changes by other people."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.fields import RichTextField, StreamField

from diptych.articles.languages.admin.inputs.date_inputs import YEARS
from diptych.articles.languages.config.content import plain, texts_of
from diptych.articles.languages.config.dates import date_in_words, moment_in_words, time_in_words
from diptych.articles.languages.config.language_config import translated_language_name

WORDS_IN_MESSAGE = 40


@dataclass
class Change:
    """Who changed something and when, if known."""

    name: str
    at: datetime | None
    is_own: bool = False
    #: The name of the language, as in "in French"; empty for shared content.
    language: str = ""

    @property
    def moment(self):
        if self.at is None:
            return ""
        at = timezone.localtime(self.at) if timezone.is_aware(self.at) else self.at
        time = time_in_words(at)
        if at.date() == timezone.localdate():
            return time
        return _("%(time)s on %(date)s") % {"date": date_in_words(at), "time": time}


def last_change(page, language, user, since=None):
    """The last :class:`Change` of ``page`` in ``language``, or of shared content for ``None``.

    A change by somebody else after ``since`` is preferred to one by ``user``.
    """
    revisions = page.revisions.defer("content").select_related("user", "user__wagtail_userprofile")
    revisions = revisions.order_by("-created_at", "-pk")
    if language:
        revisions = revisions.filter(diptych_languages__language=language)
    by_others = revisions.exclude(user=user)
    if since:
        by_others = by_others.filter(created_at__gt=since)
    return change_of(by_others.first() or revisions.first(), user, language)


def moment_of(text):
    """The moment that ``text`` from a form names, or ``None``."""
    try:
        moment = parse_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment is None or moment.year not in YEARS:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def change_of(revision, user, language):
    """The :class:`Change` made by ``revision``, which may have been deleted since."""
    spoken = translated_language_name(language) if language else ""
    if revision is None or revision.user is None:
        return Change(_("Somebody"), revision and revision.created_at, language=spoken)
    name = get_user_display_name(revision.user)
    is_own = revision.user_id == user.pk
    return Change(name, revision.created_at, is_own, spoken)


def complaint(change, theirs):
    """A conflict as the error of a field."""
    text = Truncator(" ".join(theirs.split())).words(WORDS_IN_MESSAGE)
    words = {"name": change.name, "moment": change.moment, "text": text or "—"}
    if change.is_own:
        message = _("You changed this in another window at %(moment)s. There it says: “%(text)s”.")
    elif change.at:
        message = _(
            "%(name)s changed this at %(moment)s, while you were writing. Their text: “%(text)s”."
        )
    else:
        message = _("Somebody changed this while you were writing. Their text: “%(text)s”.")
    return f"{message % words} {_('Saving again keeps what stands here.')}"


def merged_message(change):
    """The message for a form that was merged with a ``change`` it did not show."""
    words = {"name": change.name, "moment": change.moment, "language": change.language}
    if change.at is None:
        message = _("Meanwhile something else was changed here. It has been kept with your text.")
    elif change.is_own:
        message = _("What you changed in another window at %(moment)s has been kept as well.")
    elif change.language:
        message = _("%(name)s changed the text in %(language)s at %(moment)s. It has been kept.")
    else:
        message = _("%(name)s changed what all languages share at %(moment)s. It has been kept.")
    return message % words


def replacement_message(change):
    """The message before an old version replaces a text saved meanwhile as ``change``."""
    if change.is_own:
        message = _(
            "You saved this page in another window at %(moment)s. None of it has been overwritten: "
            "save again to put this version in its place."
        )
    else:
        message = _(
            "%(name)s saved this page at %(moment)s, after you opened this version. None of it has "
            "been overwritten: save again to put this version in its place."
        )
    return message % {"name": change.name, "moment": change.moment}


def name_of(field, language):
    """The label of a field: "Lead (French)"."""
    field = getattr(field, "translated_field", field)
    name = capfirst(str(field.verbose_name))
    return f"{name} ({translated_language_name(language)})" if language else name


def in_words(field, value):
    """The value of a field as plain text."""
    if isinstance(field, StreamField):
        children = value.get_prep_value() if value else []
        known = value.stream_block.child_blocks if value else {}
        texts = [
            "\n".join(filter(None, texts_of(known[child["type"]], child["value"])))
            or str(known[child["type"]].label)
            for child in children
            if child["type"] in known
        ]
        return "\n\n".join(texts)
    if isinstance(field, RichTextField):
        return plain(str(value or ""))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if value and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value) if value is not None else ""


def rows_in_words(rows, each_row):
    """The rows below a page as lines of plain text."""
    return "\n".join(_row_in_words(rows, row) for row in each_row)


def _row_in_words(rows, values):
    words = []
    for name in [*rows.shared, *(name for each in rows.languages.values() for name in each)]:
        field = rows.model._meta.get_field(name)
        value = values.get(name)
        if value is None and field.is_relation and values.get(field.attname):
            value = field.related_model._default_manager.filter(pk=values[field.attname]).first()
        words.append(in_words(field, value))
    return ", ".join(filter(None, words))
