"""The application configuration of the site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Registers the site's commands, its templates and its checks for `check --deploy`."""

    name = "operations"
    label = "journal"
    verbose_name = _("Journal")

    def ready(self):
        from operations.maintenance import checks  # noqa: F401
