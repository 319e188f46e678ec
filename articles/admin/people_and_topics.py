"""The lists of authors, of topics and of series, each with the number of its articles."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn

from diptych.articles.admin.front_page import ChooseListView
from diptych.articles.languages.admin.listings.base import UPDATED, ListViewSet, MenuListView
from diptych.articles.languages.admin.listings.explorer import title_and_languages
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import (
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    AuthorPage,
    SeriesPage,
    TopicPage,
)


class ArticleCountColumn(Column):
    """The number of articles of an author or topic, live or not, linked to their listing."""

    cell_template_name = "diptych/admin/article_count_cell.html"

    def __init__(self, parameter):
        super().__init__("article_count", label=gettext_lazy("Articles"), sort_key="article_count")
        self.parameter = parameter

    def get_header_context_data(self, parent_context):
        context = super().get_header_context_data(parent_context)
        context["is_orderable"] = not parent_context.get("is_searching")
        return context

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        context["url"] = "{}?{}".format(
            reverse("diptych_articles:index"), urlencode({self.parameter: instance.pk})
        )
        return context


def with_article_count(pages, rows, name, article="article"):
    """Annotate ``pages`` with ``article_count``, counted in ``rows`` by the relation ``name``.

    ``article`` is the relation of a row to its article.
    """
    counted = (
        rows.filter(**{name: OuterRef("pk")})
        .order_by()
        .values(name)
        .annotate(number=Count(article, distinct=True))
        .values("number")
    )
    number = Subquery(counted, output_field=IntegerField())
    return pages.annotate(article_count=Coalesce(number, 0))


class CountingListView(MenuListView):
    """A list of pages that articles are connected with by ``rows``."""

    rows = None
    relation = None
    article = "article"

    @cached_property
    def spreadsheet(self):
        return super().spreadsheet | {_("Articles"): lambda page: page.article_count}

    def annotate_queryset(self, pages):
        counted = with_article_count(pages, self.rows.objects, self.relation, self.article)
        return super().annotate_queryset(counted)

    def get_valid_orderings(self):
        orderings = super().get_valid_orderings()
        if self.is_searching:
            return [name for name in orderings if name.strip("-") != "article_count"]
        return orderings


def counting_columns(heading, relation):
    return [
        BulkActionsColumn("bulk_actions"),
        *title_and_languages(heading),
        ArticleCountColumn(relation),
        UPDATED,
    ]


class AuthorListView(CountingListView):
    add_item_label = gettext_lazy("Add an author")
    rows = ArticleAuthor
    relation = "author"
    base_columns = counting_columns(gettext_lazy("Name"), "author")


class TopicListView(CountingListView):
    add_item_label = gettext_lazy("Add a topic")
    rows = ArticleTopic
    relation = "topic"
    base_columns = counting_columns(gettext_lazy("Topic"), "topic")


class SeriesListView(CountingListView):
    add_item_label = gettext_lazy("Add a series")
    rows = ArticlePage
    relation = "series"
    article = "pk"
    base_columns = counting_columns(gettext_lazy("Series"), "series")


class AuthorListingViewSet(ListViewSet):
    model = AuthorPage
    choose_parent_view_class = ChooseListView
    index_view_class = AuthorListView
    icon = "group"
    menu_label = gettext_lazy("Authors")
    menu_order = 120
    url_prefix = "diptych/authors"
    export_filename = "authors"


class TopicListingViewSet(ListViewSet):
    model = TopicPage
    choose_parent_view_class = ChooseListView
    index_view_class = TopicListView
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    menu_order = 130
    url_prefix = "diptych/topics"
    export_filename = "topics"


class SeriesListingViewSet(ListViewSet):
    model = SeriesPage
    choose_parent_view_class = ChooseListView
    index_view_class = SeriesListView
    icon = "list-ol"
    menu_label = pgettext_lazy("several of them", "Series")
    menu_order = 135
    url_prefix = "diptych/series"
    export_filename = "series"


def names_for_glossary():
    """``(kind, {language: name})`` of topics and of authors' roles, as readers see them."""
    kinds = (
        (_("Topic"), TopicPage, "pk", "headline"),
        (_("Role of an author"), ArticleAuthor, "article_id", "role"),
        (_("Role of an author"), AuthorPage, "pk", "role"),
    )
    for kind, model, page, field in kinds:
        names = {}
        for code in available_languages():
            visible = PageLanguage.objects.visible_in(code).values("page_id")
            rows = model.objects.filter(**{f"{page}__in": visible})
            for pk, text in rows.values_list("pk", column(field, code)):
                if text:
                    names.setdefault(pk, {})[code] = text
        yield from ((kind, each) for each in names.values())
