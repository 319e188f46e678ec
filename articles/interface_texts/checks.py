"""System checks: polib is installed, and saved texts reach every process."""

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from articles.extras import missing_extra
from articles.languages.checks import locale_middleware

MIDDLEWARE = "articles.interface_texts.middleware.CatalogueReloadMiddleware"


def check_polib(app_configs, **kwargs):
    """Report the missing extra of this application."""
    return missing_extra(
        "articles.interface_texts", "polib", "texts", "diptych_interface_texts.E001"
    )


def check_middleware(app_configs, **kwargs):
    """Report a middleware that is missing or comes after Django's, which reads the language."""
    languages = locale_middleware()
    order = [each for each in settings.MIDDLEWARE if each in (MIDDLEWARE, *languages)]
    if languages and order == [MIDDLEWARE, *languages]:
        return []
    return [
        checks.Warning(
            _("Site texts saved in the admin are not seen by readers at once."),
            hint=_("In MIDDLEWARE, put %(ours)s before %(django)s.")
            % {"ours": MIDDLEWARE, "django": "LocaleMiddleware"},
            id="diptych_interface_texts.W001",
        )
    ]
