"""The archive: all articles of a language by year and month, at addresses of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, Max, Min, Value
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, re_path, reverse
from django.utils.timezone import get_default_timezone, make_aware

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.routes.public_urls import url_of_view
from diptych.articles.lists.article_lists import UNDATED, ArticleList
from diptych.articles.lists.open_languages import open_languages, open_site
from diptych.articles.lists.pagination import paginate

ARCHIVE, YEAR, MONTH = "diptych_archive", "diptych_archive_year", "diptych_archive_month"

#: The numbers of articles by month, of the lists of sites.
_months = TaggedCache()
#: The same for single months.
_numbers = TaggedCache(size=5000)
#: So many months are counted by one query.
COUNTED_AT_ONCE = 100


@dataclass(frozen=True)
class Period:
    """A year, or one of its months, with the ``number`` of its articles."""

    year: int
    month: int | None = None
    number: int = 0

    @property
    def view_name(self):
        return MONTH if self.month else YEAR

    @property
    def arguments(self):
        """The arguments of its view."""
        return [f"{self.year:04}", *([f"{self.month:02}"] if self.month else [])]

    @property
    def url(self):
        """The address in the active language."""
        return reverse(self.view_name, args=self.arguments)

    @property
    def start(self):
        return date(self.year, self.month or 1, 1)

    @property
    def end(self):
        """The first day after it."""
        year, month = self.year, (self.month or 12) + 1
        return date(year + 1, 1, 1) if month > 12 else date(year, month, 1)


def months_of(language, page):
    """The months with articles listed for ``page``, a primary key, as periods; the newest first."""
    return _months.get((language, page), [f"list:{language}"], lambda: _count(language, page))


def _count(language, page):
    """The months with articles, of which those are counted that have changed."""
    entries = ArticleList(language, page).entries.filter(printed_date__gt=UNDATED).order_by()
    dates = Min("printed_date"), Max("printed_date")
    first, last, number = entries.aggregate(*dates, Count("pk")).values()
    if not number:
        return []
    counted = _numbers.get_many(
        (language, page),
        _months_between(first, last),
        lambda missing: _count_months(entries, missing),
        lambda month: [f"month:{language}-{month.year:04}-{month.month:02}"],
    )
    if sum(month.number for month in counted.values()) != number:
        # An article was deleted without being unpublished.
        counted = _count_months(entries, counted)
    return sorted(filter(attrgetter("number"), counted.values()), key=_newest_first)


def _newest_first(month):
    return -month.year, -month.month


def _months_between(first, last):
    """``(year, month)`` of all months from one date to another, where the site is."""
    first, last = (each.astimezone(get_default_timezone()) for each in (first, last))
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [(number // 12, number % 12 + 1) for number in numbers]


def _count_months(entries, months):
    """A :class:`Period` for each ``(year, month)``; each is a range of an index."""
    found = {key: Period(*key) for key in months}
    keys = list(found)
    for start in range(0, len(keys), COUNTED_AT_ONCE):
        one, *others = (_counting(entries, *key) for key in keys[start : start + COUNTED_AT_ONCE])
        for year, month, number in one.union(*others, all=True):
            found[year, month] = Period(year, month, number)
    return found


def _counting(entries, year, month):
    """A query for the number of ``entries`` in a month."""
    period = Period(year, month)
    start, end = _midnight(period.start), _midnight(period.end)
    named = entries.annotate(year=Value(year), month=Value(month)).values("year", "month")
    named = named.filter(printed_date__gte=start, printed_date__lt=end)
    return named.annotate(number=Count("pk")).values_list("year", "month", "number")


def years_of(months):
    """``(year, its months)`` of :func:`months_of`, all of them periods."""
    found = []
    for year, group in groupby(months, key=lambda month: month.year):
        of_year = list(group)
        found.append((Period(year, number=sum(each.number for each in of_year)), of_year))
    return found


def articles_of(language, page, period):
    """The :class:`ArticleList` of ``period``."""
    start, end = (_midnight(day) for day in (period.start, period.end))
    listed = ArticleList(language, page)
    return listed.narrowed(printed_date__gte=start, printed_date__lt=end)


def _midnight(day):
    return make_aware(datetime(day.year, day.month, day.day), get_default_timezone())


# Views


def archive(request):
    """All years and months with articles."""
    site = open_site(request)
    urls = {code: url_of_view(request, code, ARCHIVE) for code in open_languages(site)}
    years = years_of(months_of(active_language(), site.root_page_id))
    context = {"view_name": ARCHIVE, "view_urls": urls, "years": years}
    return TemplateResponse(request, "diptych/archive.html", context)


def archive_of_period(request, year, month=None):
    """The articles of a year or a month, which may not be without any; a year with its months."""
    site, language = open_site(request), active_language()
    asked = Period(int(year), int(month) if month else None)
    known = {code: _find(asked, code, site) for code in available_languages()}
    if known[language] is None:
        raise Http404
    period, months = known[language]
    articles = articles_of(language, site.root_page_id, period)
    context = {
        "view_name": period.view_name,
        "view_urls": {
            code: url_of_view(request, code, period.view_name, period.arguments)
            for code, found in known.items()
            if found
        },
        "period": period,
        "months": months,
        "articles": paginate(request, articles),
    }
    return TemplateResponse(request, "diptych/archive_period.html", context)


def _find(asked, language, site):
    """The period ``asked`` with its number of articles, and the months below it; or ``None``."""
    months = months_of(language, site.root_page_id)
    below = [each for each in months if each.year == asked.year]
    if asked.month:
        return next(((each, []) for each in below if each.month == asked.month), None)
    return next(iter(years_of(below)), None)


def periods_of(language, page):
    """All years and months of the archive, whose pages show the articles listed for ``page``."""
    return [
        each for year, months in years_of(months_of(language, page)) for each in (year, *months)
    ]


urlpatterns = [
    path("archive/", archive, name=ARCHIVE),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", archive_of_period, name=YEAR),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>0[1-9]|1[0-2])/$", archive_of_period, name=MONTH
    ),
]
