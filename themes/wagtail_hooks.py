"""Wagtail hooks of the themes."""

from wagtail import hooks

from diptych.articles.languages.admin.editor.side_panels import HOOK as SIDE_PANELS
from diptych.articles.languages.permissions import groups
from diptych.themes.admin import search_preview

hooks.register(groups.HOOK, lambda: ["diptych_themes.change_appearancesettings"])
hooks.register(SIDE_PANELS, search_preview.side_panels)


@hooks.register("register_diptych_entrance_urls")
def stylesheet_addresses():
    from diptych.themes.urls import urlpatterns

    return urlpatterns


@hooks.register("register_diptych_urls")
def manifest_addresses():
    from diptych.themes.urls import in_each_language

    return in_each_language
