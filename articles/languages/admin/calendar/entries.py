"""The entries of the calendar: what is scheduled, published and due in each language."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Revision

from diptych.articles.languages.admin.links import edit_url, translating_url
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.worklist.permissions import WorklistPermissions
from diptych.articles.languages.admin.worklist.rows import Page, describe, is_overdue, rows_for
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.models import (
    LanguageSchedule,
    PageLanguage,
    TranslationAssignment,
)
from diptych.articles.languages.publication.schedules.scheduling import PUBLISH, UNPUBLISH

#: So many dates of each kind are read for a calendar.
LIMIT = 500


class Kind(models.TextChoices):
    """The kind of an entry; its label is read before the headline."""

    DUE = "due", pgettext_lazy("calendar", "Due")
    OVERDUE = "overdue", pgettext_lazy("calendar", "Overdue")
    NOT_PUBLISHED = "not_published", pgettext_lazy("calendar", "Should have gone live")
    NOT_UNPUBLISHED = "not_unpublished", pgettext_lazy("calendar", "Should have gone offline")
    PUBLISH = "publish", pgettext_lazy("calendar", "Goes live")
    UNPUBLISH = "unpublish", pgettext_lazy("calendar", "Goes offline")
    PUBLISHED = "published", pgettext_lazy("calendar", "Went live")


#: The icon of each kind, so that none is told by colour alone.
ICONS = {
    Kind.DUE: "tasks",
    Kind.OVERDUE: "warning",
    Kind.NOT_PUBLISHED: "warning",
    Kind.NOT_UNPUBLISHED: "warning",
    Kind.PUBLISH: "time",
    Kind.UNPUBLISH: "no-view",
    Kind.PUBLISHED: "check",
}

#: The kinds whose name is shown; the icon and the time identify the others.
NAMED = (Kind.DUE, Kind.OVERDUE, Kind.NOT_PUBLISHED, Kind.NOT_UNPUBLISHED)

#: The kind of a schedule, by act and whether its date has passed.
SCHEDULED = {
    (PUBLISH, False): Kind.PUBLISH,
    (PUBLISH, True): Kind.NOT_PUBLISHED,
    (UNPUBLISH, False): Kind.UNPUBLISH,
    (UNPUBLISH, True): Kind.NOT_UNPUBLISHED,
}


@dataclass(frozen=True)
class Entry:
    """One language of a page on a day, at a ``moment`` of it unless it is due.

    ``row`` is described as in the worklist; ``url`` is empty for who may not edit the page.
    """

    kind: Kind
    row: PageLanguage
    day: date
    moment: datetime | None
    url: str = ""

    @property
    def icon(self):
        return ICONS[self.kind]

    @property
    def language_name(self):
        return language_heading(self.row.language)

    @property
    def language_number(self):
        """The place of the language among those of the site, for its colour."""
        return available_languages().index(self.row.language) + 1

    @property
    def is_named(self):
        """Whether its kind is written out beside its icon."""
        return self.kind in NAMED

    @property
    def notes(self):
        """The state of a due translation and its translator; a note if a language is offline."""
        if self.moment is None:
            holder = self.row.assignment.holder
            yield self.row.get_progress_display()
            yield from [get_user_display_name(holder)] if holder else ()
        elif self.kind == Kind.PUBLISHED and not self.row.live:
            yield _("Not live")


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both included, where the site is."""

    first: date
    last: date

    @property
    def days(self):
        return self.first, self.last

    @property
    def moments(self):
        ends = (self.first, datetime.min.time()), (self.last, datetime.max.time())
        return tuple(timezone.make_aware(datetime.combine(*end)) for end in ends)

    def __contains__(self, moment):
        return moment is not None and self.first <= timezone.localdate(moment) <= self.last


def entries_in(period, user, languages):
    """``(entries, is_cut)``: the entries of ``languages`` in ``period`` for ``user``, in order.

    They are of pages that the user may edit or publish. ``is_cut`` is whether there are more than
    ``LIMIT`` of any kind. The number of queries does not depend on the number of entries.
    """
    rows = rows_for(user)
    published = _limited(rows.filter(first_public_at__range=period.moments), "-first_public_at")
    # A date is looked up by itself first: of the rows that have none, there may be many.
    given = TranslationAssignment.objects.filter(due_date__range=period.days)
    due = rows.filter(page__in=given.values("page"), assignment__due_date__range=period.days)
    due = _limited(due, "assignment__due_date")
    ending = Page.objects.order_by().filter(expire_at__range=period.moments, live=True)
    expiring = rows.filter(live=True, page__in=ending.values("pk"))
    expiring = _limited(expiring, "page__expire_at")
    schedules, versions = _schedules(period), _scheduled_versions(period)
    parts = [published, due, expiring, schedules, versions]
    dated = {page_id for page_id, *_rest in [*schedules[:LIMIT], *versions[:LIMIT]]}
    others = rows.filter(page__in=dated)
    found = {row.pk: row for row in [*published, *due, *expiring, *others]}
    calendar = _Calendar(describe(found.values()), user, period)
    for row in published[:LIMIT]:
        calendar.add(Kind.PUBLISHED, row.page_id, row.language, row.first_public_at)
    for row in due[:LIMIT]:
        calendar.add_due(row.page_id, row.language)
    for row in expiring[:LIMIT]:
        calendar.add_scheduled(UNPUBLISH, row.page_id, row.language, row.page.expire_at)
    for page_id, language, act, moment in schedules[:LIMIT]:
        calendar.add_scheduled(act, page_id, language, moment)
    for page_id, moment, content in versions[:LIMIT]:
        calendar.add_version(page_id, moment, content)
    return calendar.entries_of(languages), any(len(part) > LIMIT for part in parts)


def _limited(rows, order):
    """One more than ``LIMIT``, so that it shows whether there are more."""
    return list(rows.order_by(order, "pk")[: LIMIT + 1])


def _schedules(period):
    """``(page id, language, act, moment)`` of the schedules of single languages."""
    rows = LanguageSchedule.objects.filter(due_at__range=period.moments).order_by("due_at", "pk")
    return list(rows.values_list("page_id", "language", "act", "due_at")[: LIMIT + 1])


#: The fields of a version that determine its live languages and its expiry.
TRANSLATED = ("publish_requested", "headline")
SHARED = ("source_language", "expire_at")


def _scheduled_versions(period):
    """``(page id, moment, content)`` of whole pages that go live, or offline after that.

    ``content`` is the part of the version that :meth:`_Calendar.add_version` needs.
    """
    names = [column(name, code) for name in TRANSLATED for code in available_languages()]
    names = {name: f"content__{name}" for name in [*names, *SHARED]}
    versions = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    versions = versions.order_by("approved_go_live_at", "pk")
    found = []
    for version in versions.values("object_id", "approved_go_live_at", *names.values()):
        content = {name: version[lookup] for name, lookup in names.items()}
        content["expire_at"] = parse_datetime(content["expire_at"] or "")
        moment = version["approved_go_live_at"]
        if moment in period or content["expire_at"] in period:
            found.append((int(version["object_id"]), moment, content))
    return found[: LIMIT + 1]


class _Calendar:
    """The entries of ``period``, each once, for the described ``rows``; others are ignored."""

    def __init__(self, rows, user, period):
        self.rows = {(row.page_id, row.language): row for row in rows}
        self.permissions = WorklistPermissions(user)
        self.period = period
        self.found = {}

    def entries_of(self, languages):
        entries = [each for each in self.found.values() if each.row.language in languages]
        return sorted(entries, key=_order)

    def add(self, kind, page_id, language, moment):
        row = self.rows.get((page_id, language))
        if row is not None and moment in self.period:
            day = timezone.localdate(moment)
            entry = Entry(kind, row, day, moment, self._url(row))
            self.found[kind, page_id, language, moment] = entry

    def add_due(self, page_id, language):
        row = self.rows[page_id, language]
        kind = Kind.OVERDUE if is_overdue(row) else Kind.DUE
        day = row.assignment.due_date
        self.found[Kind.DUE, page_id, language, day] = Entry(kind, row, day, None, self._url(row))

    def add_scheduled(self, act, page_id, language, moment):
        self.add(SCHEDULED[act, moment <= timezone.now()], page_id, language, moment)

    def add_version(self, page_id, moment, content):
        """Add the languages in which a version of a whole page goes live, and offline again."""
        rows = [row for row in self.rows.values() if row.page_id == page_id]
        for language in _languages_of(rows, content):
            self.add_scheduled(PUBLISH, page_id, language, moment)
            if content["expire_at"]:
                self.add_scheduled(UNPUBLISH, page_id, language, content["expire_at"])

    def _url(self, row):
        if not self.permissions.can_edit_page(row.page):
            return ""
        can_translate = self.permissions.can_claim(row.page, row.language, row.source)
        leads_to = translating_url if can_translate and not row.live else edit_url
        return leads_to(row.page_id, row.language)


def _languages_of(rows, content):
    """In which languages a version with ``content`` is to be live, of the page of ``rows``."""
    model = rows[0].page.specific_class if rows else None
    if model is None:
        return []
    state = {column("is_public", row.language): row.live for row in rows}
    content = {name: value for name, value in content.items() if value is not None}
    return model(live=rows[0].page.live, **state, **content).languages_to_be_live()


def _order(entry):
    """Sort key: due translations of a day before entries with a time."""
    moment = entry.moment or datetime.min.replace(tzinfo=UTC)
    return entry.day, moment, entry.row.headline, entry.row.language
