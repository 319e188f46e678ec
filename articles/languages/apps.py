from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.config.language_settings import require_languages, support_streams


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
        from diptych.articles.languages.adoption import adopting
        from diptych.articles.languages.checks import addresses, project
        from diptych.articles.languages.index import references
        from diptych.articles.languages.permissions import auditing
        from diptych.articles.languages.publication import signal_handlers
        from diptych.articles.languages.removal import refusing

        project.require_translated_pages()
        project.register_checks()
        addresses.register_address_checks()
        refusing.connect()
        signal_handlers.connect()
        adopting.connect()
        references.connect()
        auditing.connect()
