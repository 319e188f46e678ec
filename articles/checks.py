"""System checks for applications: what is needed, the extra of each, middleware left behind."""

from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PAGE_CACHE = "diptych.articles.caching.middleware.PageCacheMiddleware"
#: Applications of Django and Wagtail that the journal needs, and what fails without them.
NEEDED = {
    "django.contrib.sitemaps": gettext_lazy("the sitemap"),
    "wagtail.contrib.settings": gettext_lazy("the settings of the journal"),
    "wagtail.contrib.table_block": gettext_lazy("tables in articles"),
}


def check_needed_applications(app_configs, **kwargs):
    """Report applications that are not installed, with what fails without them."""
    return [
        checks.Warning(
            _("%(application)s is not in INSTALLED_APPS: %(what)s will fail.")
            % {"application": name, "what": what},
            hint=_("Add it to INSTALLED_APPS."),
            id="diptych.W021",
        )
        for name, what in NEEDED.items()
        if not apps.is_installed(name)
    ]


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
    application = "diptych.articles.interface_texts"
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


def check_page_cache(app_configs, **kwargs):
    """Report that caches in front are not told of lists and feeds, as nothing records them."""
    has_cache = apps.is_installed("wagtail.contrib.frontend_cache") and not settings.DEBUG
    if not has_cache or PAGE_CACHE in settings.MIDDLEWARE:
        return []
    message = _(
        "%(middleware)s is not in MIDDLEWARE: caches in front of the site are told of a page that "
        "was changed, and not of the lists that show it."
    )
    return [
        checks.Warning(
            message % {"middleware": PAGE_CACHE},
            hint=_("Put it first in MIDDLEWARE."),
            id="diptych.W022",
        )
    ]
