"""System checks: polib is installed, and saved texts reach every process."""

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from articles.extras import missing_extra

MIDDLEWARE = "articles.interface_texts.middleware.CatalogueReloadMiddleware"
LOCALE_MIDDLEWARE = "django.middleware.locale.LocaleMiddleware"


def check_polib(app_configs, **kwargs):
    """Report the missing extra of this application."""
    return missing_extra(
        "articles.interface_texts", "polib", "interface-texts", "diptych_interface_texts.E001"
    )


def check_middleware(app_configs, **kwargs):
    """Report a middleware that is missing or comes after Django's, which reads the language."""
    order = [each for each in settings.MIDDLEWARE if each in (MIDDLEWARE, LOCALE_MIDDLEWARE)]
    if order == [MIDDLEWARE, LOCALE_MIDDLEWARE]:
        return []
    return [
        checks.Warning(
            _("Site texts saved in the admin are not seen by readers at once."),
            hint=_("In MIDDLEWARE, put %(ours)s before %(django)s.")
            % {"ours": MIDDLEWARE, "django": LOCALE_MIDDLEWARE},
            id="diptych_interface_texts.W001",
        )
    ]
