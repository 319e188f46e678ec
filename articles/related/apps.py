from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from diptych.articles.checks import missing_extra


class RelatedConfig(AppConfig):
    """Articles suggested below each article, by the similarity of their texts."""

    name = "diptych.articles.related"
    label = "diptych_related"
    verbose_name = _("Related articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        checks.register(check_numpy)
        if not check_numpy(None):
            from diptych.articles.related import signal_handlers

            signal_handlers.connect()


def check_numpy(app_configs, **kwargs):
    """Report the missing extra of this application."""
    return missing_extra("diptych.articles.related", "numpy", "related", "diptych_related.E001")
