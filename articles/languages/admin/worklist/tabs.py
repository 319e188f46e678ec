"""The tabs of the list of translations: mine, to take, to review and done."""

from django.db import models
from django.db.models import IntegerField, Q, Subquery
from django.utils.formats import number_format
from django.utils.translation import pgettext_lazy

from diptych.articles.languages.admin.worklist.rows import NOBODYS, OPEN, on_pages_of
from diptych.articles.languages.models import PageLanguage, Progress, Review, TranslationAssignment
from diptych.articles.languages.permissions.policy import languages_for

#: The parameter of the list that names a tab.
TAB = "tab"

#: Rows are counted up to this number, and listed where all of them are too many to count.
MOST_COUNTED = 5_000

#: Nobody has handed in such a row, or its review has ended.
NOT_IN_REVIEW = Q(assignment__isnull=True) | Q(assignment__review=Review.NONE)


class Tab(models.TextChoices):
    MINE = "mine", pgettext_lazy("translations", "Mine")
    TO_TAKE = "to_take", pgettext_lazy("translations", "To take")
    TO_REVIEW = "to_review", pgettext_lazy("translations", "To review")
    DONE = "done", pgettext_lazy("translations", "Done")


#: The key by which each tab is sorted unless the user chooses another.
ORDER = {Tab.MINE: "urgency", Tab.TO_REVIEW: "submitted"}


def _of_assignments(**values):
    """The condition on the assignment of a row; the few pages with such a one are found first."""
    pages = TranslationAssignment.objects.filter(**values).values("page")
    return Q(page__in=pages, **{f"assignment__{name}": value for name, value in values.items()})


def condition(tab, user):
    """The condition, as a ``Q``, on rows with their assignment that ``tab`` shows to ``user``."""
    return CONDITIONS[tab](user)


def _mine(user):
    """Translations assigned to the user, until they are live and up to date."""
    unfinished = ~Q(progress=Progress.UP_TO_DATE, live=True)
    in_review = Q(assignment__review__in=[Review.SUBMITTED, Review.SENT_BACK])
    return _of_assignments(translator=user) & (unfinished | in_review)


def _to_take(user):
    """Translations the user may claim, of live pages or requested ones."""
    wanted = Q(page__live=True) | Q(assignment__requested_at__isnull=False)
    open_rows = Q(progress__in=OPEN, language__in=languages_for(user, "edit"))
    return NOBODYS & open_rows & wanted & on_pages_of(user, {"change"})


def _to_review(user):
    """Translations the user may approve or send back."""
    publishable = Q(language__in=languages_for(user, "publish")) & on_pages_of(user, {"publish"})
    return _of_assignments(review=Review.SUBMITTED) & publishable


def _done(user):
    """Languages of the user that are live and up to date."""
    languages = {*languages_for(user, "edit"), *languages_for(user, "publish")}
    done = Q(progress=Progress.UP_TO_DATE, live=True, language__in=languages)
    return done & NOT_IN_REVIEW


CONDITIONS = {
    Tab.MINE: _mine,
    Tab.TO_TAKE: _to_take,
    Tab.TO_REVIEW: _to_review,
    Tab.DONE: _done,
}


def counts(rows, user):
    """How many of ``rows`` each tab shows to ``user``, and under ``""`` how many there are.

    Of more than :data:`MOST_COUNTED`, one more is counted.
    """
    rows = rows.order_by().values("pk")
    counted = {tab.value: rows.filter(condition(tab, user)) for tab in Tab}
    numbers = {name: NumberOf(each[: MOST_COUNTED + 1]) for name, each in counted.items()}
    numbers["number_of_all"] = NumberOf(rows[: MOST_COUNTED + 1])
    found = PageLanguage.objects.values(**numbers).first() or dict.fromkeys(numbers, 0)
    return {"": found.pop("number_of_all"), **found}


class NumberOf(Subquery):
    """The number of rows of a queryset that stands within another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


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
                "count": _shown(numbers[value]),
                "url": f"{url}?{query.urlencode()}" if query else url,
                "is_current": value == shown or (not value and shown not in Tab.values),
            }
        )
    return tabs


def _shown(number):
    counted = number_format(min(number, MOST_COUNTED), force_grouping=True)
    return f"{counted}+" if number > MOST_COUNTED else counted
