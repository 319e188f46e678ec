from django.urls import path
from wagtail import hooks
from wagtail.admin.telepath import register
from wagtail.utils.urlpatterns import decorate_urlpatterns

from articles.admin.articles import ArticleListingViewSet
from articles.admin.blocks import LongStreamAdapter, TableInputAdapter
from articles.admin.people_and_topics import (
    AuthorListingViewSet,
    SeriesListingViewSet,
    TopicListingViewSet,
)
from articles.blocks import BodyBlock
from articles.blocks.tables import TableInput
from articles.images.admin import report as image_report
from articles.images.admin import side_panel as image_panel
from articles.languages.admin import rendering
from articles.languages.admin.access import refused_in_words
from articles.languages.admin.side_panels import HOOK as SIDE_PANELS
from articles.languages.permissions import groups
from articles.richtext.admin.footnotes import edit_footnote
from articles.richtext.admin.footnotes import register_feature as register_footnotes
from articles.richtext.admin.passages import PassageView
from articles.richtext.admin.passages import register_feature as register_passages
from articles.richtext.footnotes import notes_apart

register(LongStreamAdapter(), BodyBlock)
register(TableInputAdapter(), TableInput)

hooks.register(SIDE_PANELS, image_panel.side_panels)
hooks.register("register_reports_menu_item", image_report.menu_item)
hooks.register(groups.HOOK, lambda: ["diptych.change_journalsettings"])
hooks.register(rendering.HOOK, notes_apart)
hooks.register("register_rich_text_features", register_footnotes)
hooks.register("register_rich_text_features", register_passages)


@hooks.register("register_admin_viewset")
def viewsets():
    return [
        ArticleListingViewSet("diptych_articles"),
        AuthorListingViewSet("diptych_authors"),
        TopicListingViewSet("diptych_topics"),
        SeriesListingViewSet("diptych_series"),
        image_report.ImageProblemsViewSet("diptych_image_problems"),
    ]


@hooks.register("register_admin_urls")
def admin_urls():
    urlpatterns = [
        path("diptych/footnote/", edit_footnote, name="diptych_footnote"),
        path("diptych/passage/", PassageView.as_view(), name="diptych_passage"),
    ]
    return decorate_urlpatterns(urlpatterns, refused_in_words)


@hooks.register("register_icons")
def icons(names):
    return [*names, "diptych/admin/icons/footnote.svg"]
