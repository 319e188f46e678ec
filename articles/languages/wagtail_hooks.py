import wagtail
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.utils.urlpatterns import decorate_urlpatterns

from diptych.articles.languages.admin.access import refused_in_words
from diptych.articles.languages.admin.calendar.views import CalendarViewSet
from diptych.articles.languages.admin.editor import action_menu, views
from diptych.articles.languages.admin.group_permissions import LanguagePermissionsPanel
from diptych.articles.languages.admin.history import audit, log_actions
from diptych.articles.languages.admin.history.restoring import RestoreView
from diptych.articles.languages.admin.inputs import date_inputs
from diptych.articles.languages.admin.listings import listed_pages
from diptych.articles.languages.admin.merging import views as editing_sessions
from diptych.articles.languages.admin.notifications.sending import notify_refusal
from diptych.articles.languages.admin.notifications.views import NotificationsViewSet
from diptych.articles.languages.admin.page_actions import all_languages, copies_for_locales
from diptych.articles.languages.admin.publishing import draft_links
from diptych.articles.languages.admin.publishing.bulk import PublishInLanguages
from diptych.articles.languages.admin.publishing.confirmation import PublishView
from diptych.articles.languages.admin.publishing.messages import (
    advise_on_selection,
    tell_of_branch,
)
from diptych.articles.languages.admin.publishing.schedule import ScheduleView
from diptych.articles.languages.admin.publishing.unpublishing import UnpublishLanguageView
from diptych.articles.languages.admin.reviews import views as reviews
from diptych.articles.languages.admin.side_by_side import views as side_by_side_buttons
from diptych.articles.languages.admin.side_by_side.views import urlpatterns as side_by_side_urls
from diptych.articles.languages.admin.viewsets import EveryLanguagePageViewSet, SearchedPageViewSet
from diptych.articles.languages.admin.worklist import bulk, waiting
from diptych.articles.languages.admin.worklist.views import TranslationsViewSet
from diptych.articles.languages.api.actions import register_actions
from diptych.articles.languages.bin import files as deleted_files
from diptych.articles.languages.bin.admin import deletion
from diptych.articles.languages.bin.admin import files as bin_files
from diptych.articles.languages.bin.admin import views as bin_views
from diptych.articles.languages.config.signals import publication_refused
from diptych.articles.languages.permissions import auditing, images
from diptych.articles.languages.routes import admission
from diptych.articles.languages.routes.links import LanguageLinkHandler

for factory in [*action_menu.item_factories(), *reviews.item_factories()]:
    hooks.register("register_page_action_menu_item", factory)

hooks.register("before_serve_page", admission.answer_in_wagtails_view, order=-1000)
hooks.register("construct_page_action_menu", action_menu.arrange_menu)
hooks.register("before_bulk_action", all_languages.refuse_selection, order=-1)
hooks.register("after_bulk_action", advise_on_selection)
hooks.register("after_edit_page", tell_of_branch)
hooks.register("after_move_page", tell_of_branch)
hooks.register("before_delete_page", all_languages.refuse_removal)
hooks.register("before_delete_page", deletion.ask_or_delete, order=1000)  # after all others
hooks.register("before_move_page", all_languages.refuse_removal)
for name in ("edit", "create", "delete", "move", "copy", "unpublish", "convert_alias"):
    hooks.register(f"before_{name}_page", deletion.refuse_while_deleted, order=-1)
hooks.register("before_convert_alias_page", all_languages.refuse_conversion)
hooks.register("construct_page_listing_buttons", copies_for_locales.arrange_listing_buttons)
hooks.register("register_admin_urls", copies_for_locales.admin_urls, order=-1)  # before theirs
hooks.register("construct_page_chooser_queryset", listed_pages.choosable_pages, order=1000)
hooks.register("insert_global_admin_js", date_inputs.script)
hooks.register("insert_editor_js", views.saving_script)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_admin_urls", images.register)
hooks.register("register_page_header_buttons", side_by_side_buttons.header_buttons)
hooks.register("register_page_header_buttons", draft_links.header_buttons)
hooks.register("register_page_listing_more_buttons", side_by_side_buttons.listing_buttons)
hooks.register("register_bulk_action", PublishInLanguages, order=1)  # in place of Wagtail's
hooks.register("register_bulk_action", deletion.MoveToBin, order=1)  # in place of Wagtail's
hooks.register("register_bulk_action", bin_files.MoveImagesToBin, order=1)
hooks.register("register_bulk_action", bin_files.MoveDocumentsToBin, order=1)
hooks.register("register_bulk_action", bulk.AskForPages)
hooks.register("register_bulk_action", bulk.AskForRows)
hooks.register("register_actions", deletion.register_actions)
hooks.register("register_actions", deleted_files.register_actions)
hooks.register("register_actions", register_actions)
hooks.register("register_reports_menu_item", bin_views.menu_item)
hooks.register("register_reports_menu_item", audit.menu_item)
hooks.register("construct_reports_menu", audit.without_wagtails)
hooks.register("after_bulk_action", auditing.selection_changed)
hooks.register("construct_homepage_panels", waiting.add_panel)
hooks.register("register_group_permission_panel", lambda: LanguagePermissionsPanel)

publication_refused.connect(notify_refusal, dispatch_uid="diptych_not_published")


@hooks.register("register_admin_viewset")
def viewsets():
    return [
        EveryLanguagePageViewSet("diptych_pages"),
        TranslationsViewSet("diptych_translations"),
        CalendarViewSet("diptych_calendar"),
        bin_views.BinViewSet("diptych_bin"),
        bin_files.BinFilesViewSet("diptych_bin_files"),
        audit.AuditViewSet("diptych_audit"),
        NotificationsViewSet("diptych_notifications"),
    ]


@hooks.register("register_admin_viewset", order=-0.5)
def base_page_viewset():
    """After Wagtail's, which it replaces, and before one of the project's."""
    return SearchedPageViewSet("diptych_base_pages")


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's, whose addresses they have
def deletion_urls():
    return decorate_urlpatterns(bin_files.deletion_urls(), refused_in_words)


@hooks.register("register_admin_urls")
def admin_urls():
    urlpatterns = [
        path(
            "diptych/unpublish/<int:page_id>/<slug:language>/",
            UnpublishLanguageView.as_view(),
            name="diptych_unpublish_language",
        ),
        path("diptych/publish/<int:page_id>/", PublishView.as_view(), name="diptych_publish"),
        path(
            "diptych/draft-links/<int:page_id>/",
            draft_links.DraftLinksView.as_view(),
            name="diptych_draft_links",
        ),
        path(
            "diptych/review/<int:page_id>/<slug:language>/",
            reviews.ReviewView.as_view(),
            name="diptych_review",
        ),
        path(
            "diptych/editing-sessions/<int:page_id>/<int:session_id>/",
            editing_sessions.ping,
            name="diptych_editing_sessions_ping",
        ),
        *side_by_side_urls,
        path(
            "diptych/schedule/<int:page_id>/<slug:language>/",
            ScheduleView.as_view(),
            name="diptych_schedule",
        ),
        path(
            "diptych/restore/<int:page_id>/<int:revision_id>/<slug:language>/",
            RestoreView.as_view(),
            name="diptych_restore_language",
        ),
        *bin_views.urlpatterns,
        *bin_files.urlpatterns,
        path("diptych/session/", views.session, name="diptych_session"),
    ]
    return decorate_urlpatterns(urlpatterns, refused_in_words)


@hooks.register("insert_global_admin_css")
def stylesheet():
    return format_html(
        '<link rel="stylesheet" href="{}">', static("diptych_languages/admin/editor.css")
    )


@hooks.register("register_icons")
def icons(names):
    return [*names, "diptych_languages/admin/icons/bell.svg"]


@hooks.register("register_rich_text_features", order=10)
def links_to_pages(features):
    """In place of Wagtail's own, which are registered before."""
    features.register_link_type(LanguageLinkHandler)


if wagtail.VERSION < (8, 1):

    @hooks.register("construct_admin_api")
    def admin_api(api):
        # Its imports read the settings of the API, which are available here.
        from diptych.articles.languages.admin.api import LanguagePagesAPIViewSet

        api.register_endpoint("pages", LanguagePagesAPIViewSet)
