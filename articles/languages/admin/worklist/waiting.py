"""The panel of open translations and reviews on the admin's home page."""

from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from diptych.articles.languages.admin.access import page_policy
from diptych.articles.languages.admin.links import (
    calendar_url,
    review_url,
    translating_url,
    worklist_url,
)
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.worklist.listing import MARKS
from diptych.articles.languages.admin.worklist.rows import (
    CONCERNED,
    NOBODYS,
    OPEN,
    describe,
    in_order,
    is_overdue,
    rows_for,
)
from diptych.articles.languages.admin.worklist.tabs import Tab, condition
from diptych.articles.languages.models import Progress, Review
from diptych.articles.languages.permissions.policy import languages_for

#: So many translations are shown in each part; a link leads to the others.
SHOWN = 5


class WaitingPanel(Component):
    """Translations to write, update and review; hidden if there are none."""

    name = "diptych_waiting"
    template_name = "diptych_languages/admin/worklist/waiting.html"
    order = 190

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        parts = []
        if page_policy().user_has_any_permission(request.user, CONCERNED):
            parts = waiting_for(request.user)
        return {"parts": parts, "worklist_url": worklist_url(), "calendar_url": calendar_url()}


def waiting_for(user):
    """The non-empty parts of the panel, each with a heading and rows."""
    rows = rows_for(user)
    parts = [_sent_back(rows, user), _assigned(rows, user), _to_review(rows, user)]
    parts += [_outdated(rows, user), _to_take(rows, user)]
    parts = [part for part in parts if part["rows"]]
    for row in describe([row for part in parts for row in part["rows"]]):
        row.is_overdue = is_overdue(row)
        row.mark = MARKS[row.progress]
        row.language_name = language_heading(row.language)
    return parts


def _part(heading, rows, more_url, address=translating_url):
    """A heading with its first rows, each with the address it leads to."""
    found = list(rows[: SHOWN + 1])
    for row in found:
        row.url = address(row.page_id, row.language)
    more = more_url if len(found) > SHOWN else ""
    return {"heading": heading, "rows": found[:SHOWN], "more_url": more}


def _sent_back(rows, user):
    mine = rows.filter(assignment__review=Review.SENT_BACK, assignment__translator=user)
    mine = mine.order_by("-assignment__reviewed_at")
    return _part(_("Sent back to you"), mine, worklist_url(tab=Tab.MINE), review_url)


def _assigned(rows, user):
    mine = rows.filter(
        assignment__translator=user, assignment__review=Review.NONE, progress__in=OPEN
    )
    mine = mine.order_by(F("assignment__due_date").asc(nulls_last=True), "page__path")
    return _part(_("For you to translate"), mine, worklist_url(tab=Tab.MINE))


def _to_review(rows, user):
    """The texts the user may approve, with who submitted them and when."""
    submitted = rows.filter(condition(Tab.TO_REVIEW, user)).order_by("assignment__submitted_at")
    part = _part(_("For you to review"), submitted, worklist_url(tab=Tab.TO_REVIEW), review_url)
    return {**part, "names_submitter": True}


def _outdated(rows, user):
    """Unclaimed live translations that are out of date."""
    outdated = rows.filter(
        NOBODYS,
        live=True,
        progress=Progress.OUTDATED,
        language__in=languages_for(user, "edit"),
    )
    outdated = outdated.order_by(F("outdated_since").desc(nulls_last=True), "page__path")
    more_url = worklist_url(progress=Progress.OUTDATED, live="yes")
    return _part(_("Live, but out of date"), outdated, more_url)


def _to_take(rows, user):
    """Unclaimed translations into the languages of the user, besides :func:`_outdated`."""
    free = rows.filter(condition(Tab.TO_TAKE, user)).exclude(live=True, progress=Progress.OUTDATED)
    return _part(_("For you to take"), in_order(free, "-newest"), worklist_url(tab=Tab.TO_TAKE))


def add_panel(request, panels):
    """Show the panel; registered for ``construct_homepage_panels``."""
    panels.append(WaitingPanel())
