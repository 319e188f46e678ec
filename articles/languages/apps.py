from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    """Several languages in one page, for any page type of a Wagtail site."""

    name = "articles.languages"
    label = "diptych_languages"
    verbose_name = _("Languages of pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.languages import checks, signal_handlers

        checks.require_translated_pages()
        checks.register_checks()
        signal_handlers.connect()
