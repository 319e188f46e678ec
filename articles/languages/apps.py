from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.language_settings import require_languages, support_streams


class LanguagesConfig(AppConfig):
    """Several languages in one page, for any page type of a Wagtail site."""

    name = "diptych.articles.languages"
    label = "diptych_languages"
    verbose_name = _("Languages of pages")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self):
        """Look at the settings before a model, and so modeltranslation, reads them."""
        require_languages()
        support_streams()
        super().import_models()

    def ready(self):
        from diptych.articles.languages import (
            address_checks,
            auditing,
            checks,
            references,
            signal_handlers,
        )
        from diptych.articles.languages.permissions import images

        images.register()
        checks.require_translated_pages()
        checks.register_checks()
        address_checks.register_address_checks()
        signal_handlers.connect()
        references.connect()
        auditing.connect()
