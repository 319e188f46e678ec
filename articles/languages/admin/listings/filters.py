"""Filters for lists of pages: by the state in each language."""

from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django_filters import MultipleChoiceFilter
from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.models import Site

from diptych.articles.languages.admin.inputs.malformed import RowFiltersMixin
from diptych.articles.languages.admin.listings.states import ADDITIONAL_PROGRESS, language_heading
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage

#: Choices, and their conditions on the page × language table.
CHOICES = {
    "live": (_("Live"), Q(live=True)),
    "changed": (_("Live, with a newer draft"), Q(live=True, has_draft=True)),
    "draft": (_("Draft, not live"), Q(live=False, translated=True)),
    "missing": (_("Missing"), Q(live=False, translated=False)),
    **{str(value): (value.label, Q(progress=value)) for value in ADDITIONAL_PROGRESS},
}


class LanguageStateFilter(MultipleChoiceFilter):
    """Filter pages by their state in one language.

    Filters by a list of primary keys, which search backends accept.
    """

    def __init__(self, language, **kwargs):
        self.language = language
        super().__init__(
            field_name="pk",
            label=language_heading(language),
            choices=[(name, label) for name, (label, _condition) in CHOICES.items()],
            widget=CheckboxSelectMultiple,
            **kwargs,
        )

    def filter(self, queryset, value):
        if not value:
            return queryset
        wanted = Q()
        for name in value:
            wanted |= CHOICES[name][1]
        rows = PageLanguage.objects.filter(wanted, language=self.language)
        return queryset.filter(pk__in=rows.values("page_id"))


def language_filter(**options):
    """A filter of rows by their language, of which each has one, for a filter set."""
    return MultipleChoiceFilter(
        distinct=False,
        label=_("Language"),
        choices=lambda: [(code, language_heading(code)) for code in available_languages()],
        widget=CheckboxSelectMultiple,
        **options,
    )


def language_filters():
    """One :class:`LanguageStateFilter` for each language, by name, for a filter set."""
    return {f"language_{code}": LanguageStateFilter(code) for code in available_languages()}


class FirstFiltersMixin(RowFiltersMixin):
    """Orders filters: those in ``first`` come first, those in ``without`` are removed.

    The filter by site is removed if there is only one.
    """

    first = ()
    without = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(Site.get_site_root_paths()) < 2:
            self.filters.pop("site", None)

    @classmethod
    def get_filters(cls):
        filters = super().get_filters()
        names = [*cls.first, *(name for name in filters if name not in cls.first)]
        return {name: filters[name] for name in names if name not in cls.without}


def filter_set_in_languages(base, **attributes):
    """A subclass of ``base`` with the filters by state in each language first."""
    languages = language_filters()
    first = (*languages, *attributes.pop("first", ()))
    attributes = {**languages, **attributes, "first": first, "__module__": __name__}
    return type(f"Language{base.__name__}", (FirstFiltersMixin, base), attributes)


LanguageExplorerFilterSet = filter_set_in_languages(GenericPageFilterSet)
