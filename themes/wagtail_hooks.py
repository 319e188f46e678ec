"""Wagtail hooks of the themes."""

from wagtail import hooks

from articles.languages.permissions import groups

hooks.register(groups.HOOK, lambda: ["diptych_themes.change_appearancesettings"])


@hooks.register("register_diptych_entrance_urls")
def stylesheet_addresses():
    from themes.urls import urlpatterns

    return urlpatterns
