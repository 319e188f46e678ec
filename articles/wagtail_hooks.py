"""Registration only: what is registered here is written elsewhere."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.utils.urlpatterns import decorate_urlpatterns

from articles.desk import session
from articles.desk.access import refused_in_words
from articles.desk.articles import ArticleListingViewSet
from articles.desk.images import report as image_report
from articles.desk.images import side_panel as image_panel
from articles.desk.people_and_topics import (
    AuthorListingViewSet,
    SeriesListingViewSet,
    TopicListingViewSet,
)
from articles.desk.related import report as links_report
from articles.desk.related.urls import urlpatterns as related_urls
from articles.desk.reviews import menu as review_menu
from articles.desk.reviews.views import ReviewView
from articles.desk.rights.panel import LanguageRightsPanel
from articles.desk.translating import buttons as translating_buttons
from articles.desk.translating import log_actions as translating_log
from articles.desk.translating.urls import urlpatterns as translating_urls
from articles.desk.translations import bulk as translation_bulk
from articles.desk.translations import log_actions as translation_log
from articles.desk.translations import waiting
from articles.desk.translations.viewset import TranslationsViewSet
from articles.desk.versions import log_actions as version_log
from articles.desk.versions.urls import urlpatterns as version_urls
from articles.footnotes.editor import register_feature
from articles.footnotes.shown import notes_apart
from articles.footnotes.views import edit_footnote
from articles.languages.admin import action_menu, log_actions, views
from articles.languages.admin.advice import advise_on_selection
from articles.languages.admin.completeness import refuse_incomplete_pages
from articles.languages.admin.side_panels import HOOK as SIDE_PANELS
from articles.languages.admin.viewsets import EveryLanguagePageViewSet
from articles.languages.links import LanguageLinkHandler
from articles.languages.merging import sessions as editing_sessions
from articles.languages.rights import page_wide, pieces
from articles.passages.editor import register_feature as register_passages
from articles.passages.views import PassageView
from articles.words import registration as words

for factory in [*action_menu.item_factories(), *review_menu.item_factories()]:
    hooks.register("register_page_action_menu_item", factory)

hooks.register("construct_page_action_menu", action_menu.arrange_menu)
hooks.register("before_bulk_action", page_wide.refuse_selection, order=-1)
hooks.register("before_bulk_action", refuse_incomplete_pages)
hooks.register("after_bulk_action", advise_on_selection)
hooks.register(SIDE_PANELS, image_panel.side_panels)
hooks.register("register_reports_menu_item", image_report.menu_item)
hooks.register("register_reports_menu_item", links_report.menu_item)
hooks.register("before_delete_page", page_wide.refuse_removal)
hooks.register("before_move_page", page_wide.refuse_removal)
hooks.register("before_convert_alias_page", page_wide.refuse_conversion)


@hooks.register("register_admin_viewset")
def viewsets():
    return [
        EveryLanguagePageViewSet("diptych_pages"),
        ArticleListingViewSet("diptych_articles"),
        AuthorListingViewSet("diptych_authors"),
        TopicListingViewSet("diptych_topics"),
        SeriesListingViewSet("diptych_series"),
        TranslationsViewSet("diptych_translations"),
        image_report.ImageProblemsViewSet("diptych_image_problems"),
        links_report.LinksViewSet("diptych_links"),
        *words.viewsets(),
    ]


@hooks.register("register_admin_urls")
def language_urls():
    urlpatterns = [
        path(
            "diptych/unpublish/<int:page_id>/<slug:language>/",
            views.unpublish_language,
            name="diptych_unpublish_language",
        ),
        path(
            "diptych/review/<int:page_id>/<slug:language>/",
            ReviewView.as_view(),
            name="diptych_review",
        ),
        path(
            "diptych/editing-sessions/<int:page_id>/<int:session_id>/",
            editing_sessions.ping,
            name="diptych_editing_sessions_ping",
        ),
        path("diptych/footnote/", edit_footnote, name="diptych_footnote"),
        path("diptych/passage/", PassageView.as_view(), name="diptych_passage"),
        *translating_urls,
        *version_urls,
        *related_urls,
        *session.urlpatterns,
    ]
    return decorate_urlpatterns(urlpatterns, refused_in_words)


@hooks.register("insert_global_admin_css")
def stylesheet():
    return format_html('<link rel="stylesheet" href="{}">', static("diptych/admin/editor.css"))


@hooks.register("register_icons")
def icons(names):
    return [*names, "diptych/admin/icons/footnote.svg"]


hooks.register("insert_editor_js", session.saving_script)
hooks.register(pieces.HOOK, notes_apart)
hooks.register("register_rich_text_features", register_feature)
hooks.register("register_rich_text_features", register_passages)


@hooks.register("register_rich_text_features", order=10)
def links_to_pages(features):
    """In place of Wagtail's own, which are registered before."""
    features.register_link_type(LanguageLinkHandler)


hooks.register("register_log_actions", log_actions.register)
hooks.register("register_log_actions", translation_log.register)
hooks.register("register_log_actions", translating_log.register)
hooks.register("register_log_actions", version_log.register)
hooks.register("register_page_header_buttons", translating_buttons.header_buttons)
hooks.register("register_page_listing_more_buttons", translating_buttons.listing_buttons)
hooks.register("register_bulk_action", translation_bulk.AskForPages)
hooks.register("register_bulk_action", translation_bulk.AskForRows)
hooks.register("construct_homepage_panels", waiting.add_panel)
hooks.register("register_group_permission_panel", lambda: LanguageRightsPanel)


@hooks.register("construct_admin_api")
def admin_api(api):
    # What it needs reads the settings of the API, which is late enough here.
    from articles.languages.rights.admin_api import LanguagePagesAPIViewSet

    api.register_endpoint("pages", LanguagePagesAPIViewSet)
