"""System check for the optional applications: the extra of the wheel that each needs."""

from importlib.util import find_spec

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
