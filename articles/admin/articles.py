"""The list of all articles: their state in each language, authors, topic and date."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import DateFromToRangeFilter, ModelMultipleChoiceFilter
from django_filters.fields import ModelMultipleChoiceField
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.widgets.button import HeaderButton

from diptych.articles.admin.front_page import ChooseListView
from diptych.articles.languages.admin.listings.base import (
    UPDATED,
    WITHOUT,
    ListViewSet,
    MenuListView,
    local,
    name_in_admin,
)
from diptych.articles.languages.admin.listings.explorer import title_and_languages
from diptych.articles.languages.admin.listings.filters import filter_set_in_languages
from diptych.articles.languages.admin.listings.tables import WIDE
from diptych.articles.languages.permissions.policy import languages_for
from diptych.articles.lists.querysets import alphabetical
from diptych.articles.models import (
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    AuthorPage,
    SeriesPage,
    TopicPage,
)


def author_names(article):
    return ", ".join(name_in_admin(entry.author) for entry in article.authors.all())


def topic_names(article):
    return ", ".join(name_in_admin(entry.topic) for entry in article.topics.all())


def main_topic_name(article):
    return next((name_in_admin(entry.topic) for entry in article.topics.all()), "")


def date_of(article):
    """The printed date: the chosen one, else that of the first publication in any language."""
    return article.publication_date or article.first_published_at


def printed_date():
    """The same as :func:`date_of`, for queries."""
    return Coalesce("publication_date", "first_published_at")


class PublicationDateColumn(Column):
    def get_value(self, instance):
        moment = date_of(instance)
        return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""


class AlphabeticalChoices(ModelChoiceIterator):
    def __iter__(self):
        return map(self.choice, alphabetical(self.queryset.all()))


class NamedPagesField(ModelMultipleChoiceField):
    iterator = AlphabeticalChoices

    def label_from_instance(self, obj):
        return name_in_admin(obj)


class RelatedPagesFilter(ModelMultipleChoiceFilter):
    """Filter articles by pages related through ``rows``, such as authors through bylines.

    Filters by a list of primary keys, which search backends accept.
    """

    field_class = NamedPagesField

    def __init__(self, rows, article="article", **kwargs):
        self.rows, self.article = rows, article
        super().__init__(widget=CheckboxSelectMultiple, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        rows = self.rows.objects.filter(**{f"{self.field_name}__in": value})
        return queryset.filter(pk__in=rows.values(self.article))


class PublicationDateFilter(DateFromToRangeFilter):
    def filter(self, queryset, value):
        if not value:
            return queryset
        dated = ArticlePage.objects.annotate(date=printed_date())
        if value.start:
            dated = dated.filter(date__gte=value.start)
        if value.stop:
            dated = dated.filter(date__lte=value.stop)
        return queryset.filter(pk__in=dated.values("pk"))


ArticleFilterSet = filter_set_in_languages(
    PageFilterSet,
    topic=RelatedPagesFilter(
        ArticleTopic,
        field_name="topic",
        label=gettext_lazy("Topic"),
        queryset=lambda request: TopicPage.objects.order_by(),
    ),
    author=RelatedPagesFilter(
        ArticleAuthor,
        field_name="author",
        label=gettext_lazy("Written by"),
        queryset=lambda request: AuthorPage.objects.order_by(),
    ),
    series=RelatedPagesFilter(
        ArticlePage,
        article="pk",
        field_name="series",
        label=gettext_lazy("Series"),
        queryset=lambda request: SeriesPage.objects.order_by(),
    ),
    published=PublicationDateFilter(
        label=gettext_lazy("Publication date"), widget=DateRangePickerWidget
    ),
    first=("topic", "author", "series", "published"),
    without=WITHOUT,
)


class ArticleListView(MenuListView):
    add_item_label = gettext_lazy("Add an article")
    base_columns = [
        BulkActionsColumn("bulk_actions"),
        *title_and_languages(gettext_lazy("Headline")),
        Column("authors", label=gettext_lazy("Authors"), accessor=author_names, classname=WIDE),
        Column("topic", label=gettext_lazy("Main topic"), accessor=main_topic_name, classname=WIDE),
        PublicationDateColumn(
            "published", label=gettext_lazy("Date"), sort_key="published", classname=WIDE
        ),
        UPDATED,
    ]

    @cached_property
    def header_buttons(self):
        """The buttons of the list, and one to begin with a document."""
        if not self.add_url or not languages_for(self.request.user, "edit"):
            return super().header_buttons
        document = HeaderButton(
            _("From a document"),
            url=reverse("diptych_new_document"),
            icon_name="doc-full",
            classname="diptych-add",
            priority=self.add_button.priority + 1,
        )
        return [*super().header_buttons, document]

    @cached_property
    def spreadsheet(self):
        return super().spreadsheet | {
            _("Authors"): author_names,
            _("Main topic"): main_topic_name,
            _("Topics"): topic_names,
            _("Date"): lambda article: local(date_of(article)),
        }

    def annotate_queryset(self, pages):
        related = pages.prefetch_related("authors__author", "topics__topic")
        return super().annotate_queryset(related)

    def order_queryset(self, queryset):
        if self.ordering == "published":
            return queryset.order_by(printed_date().asc(nulls_first=True), F("pk").asc())
        if self.ordering == "-published":
            return queryset.order_by(printed_date().desc(nulls_last=True), F("pk").desc())
        return super().order_queryset(queryset)


class ArticleListingViewSet(ListViewSet):
    model = ArticlePage
    choose_parent_view_class = ChooseListView
    index_view_class = ArticleListView
    filterset_class = ArticleFilterSet
    icon = "doc-full"
    menu_label = gettext_lazy("Articles")
    menu_order = 110
    url_prefix = "diptych/articles"
    export_filename = "articles"
    ordering = "-latest_revision_created_at"
