"""The editorial calendar: a month of scheduled, published and due languages of pages."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.utils.urlpatterns import decorate_urlpatterns

from diptych.articles.languages.admin.access import page_policy, refused_in_words
from diptych.articles.languages.admin.calendar.entries import ICONS, Kind, Period, entries_in
from diptych.articles.languages.admin.calendar.months import Month, weekdays
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.worklist.rows import CONCERNED
from diptych.articles.languages.admin.worklist.views import WorklistMenuItem
from diptych.articles.languages.config.language_config import available_languages

#: So many entries of a day are shown at once; the others are folded.
SHOWN = 6


@dataclass(frozen=True)
class Day:
    """A cell of the calendar."""

    date: date
    entries: list
    is_of_month: bool
    is_today: bool

    @property
    def shown(self):
        return self.entries[:SHOWN]

    @property
    def folded(self):
        return self.entries[SHOWN:]


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    """``month`` is written as ``2026-11``; without ``language``, all languages are shown."""

    template_name = "diptych_languages/admin/calendar/calendar.html"
    page_title = gettext_lazy("Calendar")
    header_icon = "calendar-alt"

    def dispatch(self, request, *args, **kwargs):
        if not page_policy().user_has_any_permission(request.user, CONCERNED):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.month.name

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), here]

    @cached_property
    def month(self):
        """The month asked for, or the current one."""
        asked = self.request.GET.get("month")
        month = Month.read(asked) if asked else Month.current()
        if month is None:
            messages.warning(self.request, _("There is no such month. This is the current one."))
        return month or Month.current()

    @cached_property
    def language(self):
        """The language asked for, or empty for all."""
        asked = self.request.GET.get("language", "")
        return asked if asked in available_languages() else ""

    def _url(self, month=None, language=None):
        """The address of the calendar with another ``month`` or ``language`` (empty for all)."""
        language = self.language if language is None else language
        parameters = {"month": month or self.month, "language": language}
        return "?" + urlencode({name: value for name, value in parameters.items() if value})

    def _weeks(self, entries):
        by_day = {}
        for entry in entries:
            by_day.setdefault(entry.day, []).append(entry)
        today = timezone.localdate()
        return [
            [Day(day, by_day.get(day, []), day in self.month, day == today) for day in week]
            for week in self.month.weeks
        ]

    def _language_links(self):
        names = {
            "": pgettext("languages", "All"),
            **{code: language_heading(code) for code in available_languages()},
        }
        return [
            {"name": name, "url": self._url(language=code), "is_current": code == self.language}
            for code, name in names.items()
        ]

    def get_context_data(self, **kwargs):
        weeks = self.month.weeks
        languages = [self.language] if self.language else available_languages()
        period = Period(weeks[0][0], weeks[-1][-1])
        entries, is_cut = entries_in(period, self.request.user, languages)
        month = self.month
        return super().get_context_data(
            **kwargs,
            month=month,
            weeks=self._weeks(entries),
            weekdays=weekdays(),
            is_empty=not any(entry.day in month for entry in entries),
            is_cut=is_cut,
            previous_url=self._url(month.previous) if month.previous else "",
            next_url=self._url(month.next) if month.next else "",
            today_url=self._url(Month.current()),
            language_links=self._language_links(),
            kinds=[(kind, ICONS[kind]) for kind in Kind],
            zone=timezone.get_current_timezone_name(),
        )


class CalendarViewSet(ViewSet):
    icon = CalendarView.header_icon
    menu_label = CalendarView.page_title
    menu_name = "diptych-calendar"
    menu_order = 136
    menu_item_class = WorklistMenuItem
    add_to_admin_menu = True
    url_prefix = "diptych/calendar"

    def get_urlpatterns(self):
        urlpatterns = [path("", self.construct_view(CalendarView), name="index")]
        return decorate_urlpatterns(urlpatterns, refused_in_words)
