"""Filters of the list of translations."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.forms import CheckboxSelectMultiple, HiddenInput, RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_user_display_name
from wagtail.coreutils import get_content_type_label

from diptych.articles.languages.admin.listings.filters import language_filter
from diptych.articles.languages.admin.worklist.rows import NOBODYS, OPEN
from diptych.articles.languages.admin.worklist.tabs import TAB, Tab, condition
from diptych.articles.languages.models import PageLanguage, Progress, TranslationAssignment
from diptych.articles.languages.publication.rebuilding import multilingual_models


class ProgressFilter(MultipleChoiceFilter):
    """By progress; originals are left out unless chosen."""

    def filter(self, queryset, value):
        if not value:
            return queryset.exclude(progress=Progress.ORIGINAL)
        return queryset.filter(progress__in=value)


class LiveFilter(ChoiceFilter):
    def filter(self, queryset, value):
        return queryset.filter(live=value == "yes") if value else queryset


def claimed_choices():
    """Choices: me, nobody, and everyone who has claimed a translation."""
    claimed = TranslationAssignment.objects.exclude(translator=None)
    model = get_user_model()
    people = model._default_manager.filter(
        pk__in=claimed.values("translator"), is_active=True
    ).order_by(model.USERNAME_FIELD)
    return [
        ("me", _("Me")),
        ("nobody", _("Nobody")),
        *((str(person.pk), get_user_display_name(person)) for person in people),
    ]


class ClaimedFilter(ChoiceFilter):
    def filter(self, queryset, value):
        if not value:
            return queryset
        if value == "nobody":
            return queryset.filter(NOBODYS)
        person = self.parent.request.user.pk if value == "me" else value
        return queryset.filter(assignment__translator=person)


class DueFilter(ChoiceFilter):
    """By due date; a date has passed only for open translations."""

    def filter(self, queryset, value):
        today = timezone.localdate()
        if value == "overdue":
            return queryset.filter(progress__in=OPEN, assignment__due_date__lt=today)
        if value == "week":
            within = (today, today + timedelta(days=7))
            return queryset.filter(progress__in=OPEN, assignment__due_date__range=within)
        if value == "none":
            return queryset.filter(assignment__due_date=None)
        return queryset


class TabFilter(ChoiceFilter):
    """The tab of the list; applied by the filter set after all other filters."""

    def filter(self, queryset, value):
        return queryset


class TabAdapter(BaseFilterAdapter):
    """The tabs show which of them is chosen, so it is not named among the active filters."""

    def get_active_filters(self):
        return []


register_filter_adapter_class(TabFilter, TabAdapter)


def translated_types():
    """Choices of the page types in several languages."""
    types = ContentType.objects.get_for_models(*multilingual_models()).values()
    choices = [(each.pk, get_content_type_label(each)) for each in types]
    return sorted(choices, key=lambda choice: choice[1])


class TranslationFilterSet(WagtailFilterSet):
    language = language_filter()
    progress = ProgressFilter(
        label=_("Translation"), choices=Progress.choices, widget=CheckboxSelectMultiple
    )
    live = LiveFilter(
        label=_("Live"),
        choices=[("yes", _("Live")), ("no", _("Not live"))],
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    claimed = ClaimedFilter(label=_("Claimed by"), empty_label=_("Any"), widget=RadioSelect)
    due = DueFilter(
        label=_("Due date"),
        choices=[
            ("overdue", _("Overdue")),
            ("week", _("Within seven days")),
            ("none", _("None")),
        ],
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    content_type = MultipleChoiceFilter(
        field_name="page__content_type",
        distinct=False,
        label=_("Page type"),
        choices=translated_types,
        widget=CheckboxSelectMultiple,
    )
    tab = TabFilter(label=_("Tab"), choices=Tab.choices, widget=HiddenInput)

    class Meta:
        model = PageLanguage
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The form goes through its choices several times, each time with a query.
        self.filters["claimed"].extra["choices"] = claimed_choices()

    def filter_queryset(self, queryset):
        """The rows of the tab; those of all tabs are kept as ``in_all_tabs``, to be counted."""
        self.in_all_tabs = super().filter_queryset(queryset)
        tab = self.form.cleaned_data[TAB]
        if not tab:
            return self.in_all_tabs
        return self.in_all_tabs.filter(condition(tab, self.request.user))
