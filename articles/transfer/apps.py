from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from diptych.articles.checks import missing_extra


class MovingConfig(AppConfig):
    """A journal taken in from another system, and given out as files."""

    name = "diptych.articles.transfer"
    label = "diptych_moving"
    verbose_name = _("Moving in and out")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        checks.register(check_lxml)


def check_lxml(app_configs, **kwargs):
    """Report the missing extra of this application."""
    return missing_extra("diptych.articles.transfer", "lxml", "moving", "diptych_moving.E001")
