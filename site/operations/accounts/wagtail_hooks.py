from django.conf import settings
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from operations.accounts.closing import CLOSED
from operations.accounts.views import CloseAccountView, OwnSessionsView, SessionsView, can_manage


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("account/sessions/", OwnSessionsView.as_view(), name="journal_own_sessions"),
        path("users/sessions/<int:pk>/", SessionsView.as_view(), name="journal_sessions"),
        path("users/close/<int:pk>/", CloseAccountView.as_view(), name="journal_close_account"),
    ]


if settings.SECOND_FACTOR:
    from operations.accounts.second_factor.views import admin_urlpatterns

    hooks.register("register_admin_urls", lambda: admin_urlpatterns)

    @hooks.register("register_account_menu_item")
    def second_factor(request):
        return {
            "url": reverse("mfa_index"),
            "label": _("Second factor"),
            "help_text": _("Protect your account by codes of an app or by a security key."),
        }


@hooks.register("register_account_menu_item")
def own_sessions(request):
    return {
        "url": reverse("journal_own_sessions"),
        "label": _("Sessions and sign-ins"),
        "help_text": _("See where you are signed in, and end sessions you do not know."),
    }


@hooks.register("register_user_listing_buttons")
def account_buttons(user, request_user):
    if not can_manage(request_user, user):
        return
    yield Button(
        _("Sessions and sign-ins"),
        reverse("journal_sessions", args=[user.pk]),
        icon_name="key",
        priority=40,
    )
    if user.is_active and user != request_user:
        yield Button(
            _("Close the account"),
            reverse("journal_close_account", args=[user.pk]),
            icon_name="user",
            priority=50,
        )


class ClosingFormatter(LogFormatter):
    label = gettext_lazy("Close an account")

    def format_message(self, log_entry):
        if successor := log_entry.data.get("successor"):
            return _("Closed; the open work went to %(name)s") % {"name": successor}
        return _("Closed")

    def format_comment(self, log_entry):
        return "\n".join(log_entry.data.get("work", ()))


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(CLOSED)(ClosingFormatter)
