"""The site itself as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Makes the site's own commands and error pages known to Django.

    The label is the site's noun: `config` says where it lives, not what it is.
    """

    name = "config"
    label = "journal"
    verbose_name = _("Journal")
