"""The application configuration of the site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Registers the site's management command and its templates."""

    name = "config"
    label = "journal"
    verbose_name = _("Journal")
