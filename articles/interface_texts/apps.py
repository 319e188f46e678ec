from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class InterfaceTextsConfig(AppConfig):
    """The site's own texts, edited in the admin and stored in its message catalogues."""

    name = "diptych.articles.interface_texts"
    label = "diptych_interface_texts"
    verbose_name = _("Site texts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from diptych.articles.interface_texts.checks import (
            check_compiled,
            check_middleware,
            check_polib,
        )

        checks.register(check_polib)
        checks.register(check_compiled)
        checks.register(check_middleware)
