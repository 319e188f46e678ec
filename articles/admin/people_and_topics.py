"""The lists of authors, of topics and of series, each with the number of its articles."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables.pages import BulkActionsColumn

from articles.languages.admin.explorer import title_and_languages
from articles.languages.admin.listings import (
    UPDATED,
    ArticleCountColumn,
    ListViewSet,
    MenuListView,
    with_article_count,
)
from articles.models import (
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    AuthorPage,
    SeriesPage,
    TopicPage,
)


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
    rows = ArticleAuthor
    relation = "author"
    base_columns = counting_columns(gettext_lazy("Name"), "author")


class TopicListView(CountingListView):
    rows = ArticleTopic
    relation = "topic"
    base_columns = counting_columns(gettext_lazy("Topic"), "topic")


class SeriesListView(CountingListView):
    rows = ArticlePage
    relation = "series"
    article = "pk"
    base_columns = counting_columns(gettext_lazy("Series"), "series")


class AuthorListingViewSet(ListViewSet):
    model = AuthorPage
    index_view_class = AuthorListView
    icon = "group"
    menu_label = gettext_lazy("Authors")
    menu_order = 120
    url_prefix = "diptych/authors"
    export_filename = "authors"


class TopicListingViewSet(ListViewSet):
    model = TopicPage
    index_view_class = TopicListView
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    menu_order = 130
    url_prefix = "diptych/topics"
    export_filename = "topics"


class SeriesListingViewSet(ListViewSet):
    model = SeriesPage
    index_view_class = SeriesListView
    icon = "list-ol"
    menu_label = pgettext_lazy("several of them", "Series")
    menu_order = 135
    url_prefix = "diptych/series"
    export_filename = "series"
