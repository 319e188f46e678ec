"""Registration only: what is registered here is written elsewhere."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from articles.desk.articles import ArticleListingViewSet
from articles.desk.people_and_topics import AuthorListingViewSet, TopicListingViewSet
from articles.languages import action_menu, log_actions, views
from articles.languages.completeness import refuse_incomplete_pages
from articles.languages.viewsets import EveryLanguagePageViewSet

for factory in action_menu.item_factories():
    hooks.register("register_page_action_menu_item", factory)

hooks.register("construct_page_action_menu", action_menu.arrange_menu)
hooks.register("before_bulk_action", refuse_incomplete_pages)


@hooks.register("register_admin_viewset")
def viewsets():
    return [
        EveryLanguagePageViewSet("diptych_pages"),
        ArticleListingViewSet("diptych_articles"),
        AuthorListingViewSet("diptych_authors"),
        TopicListingViewSet("diptych_topics"),
    ]


@hooks.register("register_admin_urls")
def language_urls():
    return [
        path(
            "diptych/unpublish/<int:page_id>/<slug:language>/",
            views.unpublish_language,
            name="diptych_unpublish_language",
        )
    ]


@hooks.register("insert_global_admin_css")
def stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("diptych/admin/editor.css"))


hooks.register("register_log_actions", log_actions.register)
