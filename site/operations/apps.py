"""The application configuration of the site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Registers the site's commands, its templates and what `check --deploy` asks of it."""

    name = "operations"
    label = "journal"
    verbose_name = _("Journal")

    def ready(self):
        from operations.maintenance import checks  # noqa: F401
