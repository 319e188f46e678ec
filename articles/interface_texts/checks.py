"""A system check: words that are saved reach every process through a middleware."""

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

MIDDLEWARE = "articles.interface_texts.middleware.FreshWordsMiddleware"
LOCALE_MIDDLEWARE = "django.middleware.locale.LocaleMiddleware"


def check_middleware(app_configs, **kwargs):
    """Say so when saved words would wait for a restart, or change the language of an answer."""
    if not apps.is_installed("rosetta"):
        return []
    order = [each for each in settings.MIDDLEWARE if each in (MIDDLEWARE, LOCALE_MIDDLEWARE)]
    if order == [MIDDLEWARE, LOCALE_MIDDLEWARE]:
        return []
    return [
        checks.Warning(
            _("Words saved in the admin are not seen by readers at once."),
            hint=_("In MIDDLEWARE, put %(ours)s before %(django)s.")
            % {"ours": MIDDLEWARE, "django": LOCALE_MIDDLEWARE},
            id="diptych.W010",
        )
    ]


def register_checks():
    """Register the check with Django; called once when the app is ready."""
    checks.register(check_middleware)
