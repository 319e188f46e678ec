from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from diptych.articles.checks import missing_extra


class TranslationToolsConfig(AppConfig):
    """Files for translators' own programs."""

    name = "diptych.articles.translation_tools"
    label = "diptych_translation_tools"
    verbose_name = _("Translation tools")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        checks.register(check_packages)


def check_packages(app_configs, **kwargs):
    """Report the missing extra of this application."""
    name, extra = "diptych.articles.translation_tools", "translating"
    return missing_extra(name, "lxml", extra, "diptych_translation_tools.E001") or missing_extra(
        name, "polib", extra, "diptych_translation_tools.E001"
    )
