"""System checks for the optional applications: the extra each needs, middleware left behind."""

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _


def missing_extra(application, package, extra, check_id):
    """List the error to report where ``package``, which ``extra`` installs, is missing."""
    if find_spec(package) is not None:
        return []
    message = _("%(application)s needs %(package)s: install wagtail-diptych[%(extra)s].") % {
        "application": application,
        "package": package,
        "extra": extra,
    }
    return [checks.Error(message, id=check_id)]


def check_middleware_left_behind(app_configs, **kwargs):
    """Report middleware of an optional application that is not installed.

    It would stop the server with a traceback where the extra is missing too.
    """
    application = "articles.interface_texts"
    if apps.is_installed(application):
        return []
    message = _("%(middleware)s is in MIDDLEWARE, but %(application)s is not in INSTALLED_APPS.")
    return [
        checks.Error(
            message % {"middleware": name, "application": application},
            hint=_("Take it out of MIDDLEWARE."),
            id="diptych.E004",
        )
        for name in settings.MIDDLEWARE
        if name.startswith(f"{application}.")
    ]
