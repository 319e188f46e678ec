"""In which state an item becomes part of a page, and the dates it keeps."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import available_languages, column

#: Items that were thrown away, or never saved by anybody.
THROWN_AWAY = {"trash", "auto-draft", "inherit-trash"}


@dataclass(frozen=True)
class State:
    """Live, or a draft for a ``reason``, which goes live at ``due_at`` where that is given."""

    is_live: bool = False
    due_at: datetime | None = None
    reason: str = ""


def state_of(item):
    """The :class:`State` of an item: whatever visitors of WordPress cannot read is a draft."""
    if item.language is None:
        return State(reason=item.problem)
    if item.password:
        return State(reason=_("Protected by a password in WordPress: a draft here."))
    if item.status == "publish":
        return State(is_live=True, reason=item.problem)
    if item.status == "future":
        if item.date and item.date > timezone.now():
            return State(due_at=item.date, reason=item.problem)
        return State(reason=_("The date at which it was to be published is over: a draft here."))
    reasons = {
        "private": _("Private in WordPress: a draft here."),
        "pending": _("Pending review in WordPress: a draft here."),
        "draft": _("A draft in WordPress."),
    }
    other = _("“%s” in WordPress: a draft here.") % item.status
    return State(reason=reasons.get(item.status, other))


def set_first_date(page, language, item):
    """Set, before it is published, when a language of the stored ``page`` first was."""
    first = item.date or item.modified
    if first and page.text_in("first_public_at", language) != first:
        page.write_column("first_public_at", language, first)


def set_dates(page, language, item):
    """Set, after it was published, the dates of ``language`` and of the whole ``page``."""
    first = item.date or item.modified
    if not first:
        return
    last = max(first, item.modified or first)
    values = {
        column("last_public_at", language): last,
        column("updated_at", language): last if last > first else None,
    }
    for name, value in values.items():
        setattr(page, name, value)
    live = [code for code in available_languages() if page.text_in("is_public", code)]
    firsts = [page.text_in("first_public_at", code) for code in live]
    lasts = [page.text_in("last_public_at", code) for code in live]
    values["first_published_at"] = min(filter(None, firsts), default=first)
    values["last_published_at"] = max(filter(None, lasts), default=last)
    type(page)._default_manager.filter(pk=page.pk).update(**values)
    vars(page).update(values)
