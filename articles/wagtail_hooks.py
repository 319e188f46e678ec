"""Registration only: what is registered here is written elsewhere."""

from django.urls import path
from wagtail import hooks

from articles.languages import action_menu, views
from articles.languages.viewsets import viewsets_for_all

for factory in action_menu.item_factories():
    hooks.register("register_page_action_menu_item", factory)

hooks.register("construct_page_action_menu", action_menu.arrange_menu)


@hooks.register("register_admin_viewset")
def language_page_viewsets():
    return viewsets_for_all()


@hooks.register("register_admin_urls")
def language_urls():
    return [
        path(
            "diptych/unpublish/<int:page_id>/<slug:language>/",
            views.unpublish_language,
            name="diptych_unpublish_language",
        )
    ]


@hooks.register("register_log_actions")
def language_log_actions(actions):
    actions.register_action(
        "diptych.withdraw_language", action_menu.WITHDRAWN, action_menu.withdrawn_message
    )
