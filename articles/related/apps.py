from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelatedConfig(AppConfig):
    """Articles suggested below each article."""

    name = "articles.related"
    label = "diptych_related"
    verbose_name = _("Related articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.related import signal_handlers

        signal_handlers.connect()
