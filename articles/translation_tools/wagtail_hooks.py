"""Wagtail hooks of files for translators' programs."""

from wagtail import hooks

from diptych.articles.translation_tools.apps import check_packages

if not check_packages(None):
    from diptych.articles.translation_tools.admin import views
    from diptych.articles.translation_tools.admin.bulk import DownloadFiles

    hooks.register("register_page_header_buttons", views.header_buttons)
    hooks.register("register_admin_urls", lambda: views.urlpatterns)
    hooks.register("register_bulk_action", DownloadFiles)
    hooks.register("register_log_actions", views.log_actions)
