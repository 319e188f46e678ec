from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from articles.images.alt_texts.kinds import Kind
from articles.images.models import ImageProblem
from articles.languages.admin.filters import language_filter


class WhereFilter(ChoiceFilter):
    """By whether readers meet the problem, or only those who write."""

    def filter(self, queryset, value):
        if value == "live":
            return queryset.filter(is_live=True)
        if value == "draft":
            return queryset.filter(is_live=False, page__isnull=False)
        if value == "unused":
            return queryset.filter(page__isnull=True)
        return queryset


class ImageProblemFilterSet(WagtailFilterSet):
    kind = MultipleChoiceFilter(
        label=_("Problem"), choices=Kind.choices, widget=CheckboxSelectMultiple
    )
    language = language_filter()
    where = WhereFilter(
        label=_("Where"),
        choices=[
            ("live", _("On live pages")),
            ("draft", _("In drafts")),
            ("unused", _("On no page")),
        ],
        empty_label=_("Any"),
        widget=RadioSelect,
    )

    class Meta:
        model = ImageProblem
        fields = []
