"""Wagtail hooks of the newsletter."""

from django.urls import path
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from diptych.articles.caching.addresses import keep_addresses
from diptych.articles.lists.newsletters import INVITATION
from diptych.articles.newsletter import views
from diptych.articles.newsletter.admin.addresses import AddressViewSet
from diptych.articles.newsletter.admin.issues import IssueViewSet
from diptych.articles.newsletter.admin.newsletters import NewsletterViewSet

keep_addresses({"diptych_newsletter": (), "diptych_newsletter_sent": ()})
hooks.register(INVITATION, views.invitation)


@hooks.register("register_diptych_urls")
def addresses():
    return [
        path("newsletter/", views.sign_up, name="diptych_newsletter"),
        path("newsletter/sent/", views.sent, name="diptych_newsletter_sent"),
        path("newsletter/confirm/<str:token>/", views.confirm, name="diptych_newsletter_confirm"),
        path(
            "newsletter/unsubscribe/<str:token>/",
            views.unsubscribe,
            name="diptych_newsletter_unsubscribe",
        ),
    ]


class NewsletterGroup(ModelViewSetGroup):
    menu_label = pgettext_lazy("menu", "Newsletter")
    menu_name = "diptych-newsletter"
    menu_icon = "mail"
    menu_order = 400
    items = (IssueViewSet, AddressViewSet, NewsletterViewSet)


@hooks.register("register_admin_viewset")
def viewsets():
    return NewsletterGroup()


@hooks.register("register_diptych_chief_permissions")
def chief_permissions():
    return [
        *(f"diptych_newsletter.{action}_newsletter" for action in ("add", "change", "delete")),
        *(f"diptych_newsletter.{action}_issue" for action in ("add", "change", "delete", "send")),
        *(f"diptych_newsletter.{action}_subscription" for action in ("view", "delete")),
    ]
