from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CachingConfig(AppConfig):
    """Tags with versions, and the page cache for anonymous readers."""

    name = "diptych.articles.caching"
    label = "diptych_caching"
    verbose_name = _("Page cache")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from diptych.articles.caching import signal_handlers, versions

        versions.connect()
        signal_handlers.connect()
