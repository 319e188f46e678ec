"""The application of the accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Limits of failed sign-ins, a second factor by setting, sessions, accounts that leave."""

    name = "operations.accounts"
    label = "journal_accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from operations.accounts import known_browsers, throttling

        known_browsers.connect()
        throttling.connect()
