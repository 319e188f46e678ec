"""The tabs of the list of translations: mine, to take, to review and done."""

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import pgettext_lazy

from articles.languages.admin.access import page_policy
from articles.languages.admin.worklist.rows import NOBODYS, OPEN
from articles.languages.models import Progress, Review
from articles.languages.permissions.policy import languages_for

#: The parameter of the list that names a tab.
TAB = "tab"

#: Nobody has handed in such a row, or its review has ended.
NOT_IN_REVIEW = Q(assignment__isnull=True) | Q(assignment__review=Review.NONE)


class Tab(models.TextChoices):
    MINE = "mine", pgettext_lazy("translations", "Mine")
    TO_TAKE = "to_take", pgettext_lazy("translations", "To take")
    TO_REVIEW = "to_review", pgettext_lazy("translations", "To review")
    DONE = "done", pgettext_lazy("translations", "Done")


#: The key by which each tab is sorted unless the user chooses another.
ORDER = {Tab.MINE: "urgency", Tab.TO_REVIEW: "submitted"}


def condition(tab, user):
    """The condition, as a ``Q``, on rows with their assignment that ``tab`` shows to ``user``."""
    return CONDITIONS[tab](user)


def _mine(user):
    """What the user holds, until it is live and up to date."""
    unfinished = ~Q(progress=Progress.UP_TO_DATE, live=True)
    in_review = Q(assignment__review__in=[Review.SUBMITTED, Review.SENT_BACK])
    return Q(assignment__translator=user) & (unfinished | in_review)


def _to_take(user):
    """What the user may claim, once its page is live or its translation has been requested."""
    wanted = Q(page__live=True) | Q(assignment__requested_at__isnull=False)
    open_rows = Q(progress__in=OPEN, language__in=languages_for(user, "edit"))
    return NOBODYS & open_rows & wanted & Q(page__in=_pages(user, "change"))


def _to_review(user):
    """What the user may approve or send back."""
    publishable = Q(language__in=languages_for(user, "publish"), page__in=_pages(user, "publish"))
    return Q(assignment__review=Review.SUBMITTED) & publishable


def _done(user):
    """What is live and up to date in the languages of the user."""
    languages = {*languages_for(user, "edit"), *languages_for(user, "publish")}
    done = Q(progress=Progress.UP_TO_DATE, live=True, language__in=languages)
    return done & NOT_IN_REVIEW


CONDITIONS = {
    Tab.MINE: _mine,
    Tab.TO_TAKE: _to_take,
    Tab.TO_REVIEW: _to_review,
    Tab.DONE: _done,
}


def _pages(user, permission):
    pages = page_policy().instances_user_has_permission_for(user, permission)
    return pages.order_by().values("pk")


def counts(rows, user):
    """How many of ``rows`` each tab shows to ``user``, and under ``""`` how many there are."""
    filtered = {tab.value: Count("pk", filter=condition(tab, user)) for tab in Tab}
    found = rows.order_by().aggregate(number_of_all=Count("pk"), **filtered)
    return {"": found.pop("number_of_all"), **found}


def links(request, numbers, url):
    """The tabs for a template; each link keeps the other parameters of the list at ``url``."""
    shown = request.GET.get(TAB, "")
    labels = [*Tab.choices, ("", pgettext_lazy("translations", "All"))]
    tabs = []
    for value, label in labels:
        query = request.GET.copy()
        for name in (TAB, "p", "ordering", "_w_filter_fragment"):
            query.pop(name, None)
        if value:
            query[TAB] = value
        tabs.append(
            {
                "label": label,
                "count": numbers[value],
                "url": f"{url}?{query.urlencode()}" if query else url,
                "is_current": value == shown or (not value and shown not in Tab.values),
            }
        )
    return tabs
