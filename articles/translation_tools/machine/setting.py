"""The setting ``DIPTYCH_TRANSLATION_MACHINE``: which provider is used, if any.

A dictionary with ``PROVIDER``, one of :data:`PROVIDERS` or the path of a class, and what that
needs: ``KEY``, ``URL``, ``MODEL``. ``PRICE`` is that of a million characters in ``CURRENCY``,
``TONE`` how it is to write.
"""

from importlib.util import find_spec
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from diptych.articles.translation_tools.machine import providers
from diptych.articles.translation_tools.machine.interface import Provider

SETTING = "DIPTYCH_TRANSLATION_MACHINE"
PROVIDERS = {
    "deepl": providers.DeepL,
    "libretranslate": providers.LibreTranslate,
    "openai": providers.ChatModel,
    "wagtail_localize": providers.LocalizeTranslator,
}
#: The packages that some need.
PACKAGES = {"deepl": "deepl", "wagtail_localize": "wagtail_localize"}


class BadSetting(Exception):
    """No provider can be made of the setting; the text says why."""


def is_set():
    """Whether the project uses a machine, be its setting right or wrong."""
    return bool(_options())


def _options():
    options = getattr(settings, SETTING, None) or {}
    if isinstance(options, dict) and not options.get("PROVIDER"):
        return {}
    return options


def provider():
    """The :class:`Provider` of the setting; raises :class:`BadSetting`."""
    options = _options()
    if not options:
        raise BadSetting(_("No machine is set up."))
    if not isinstance(options, dict):
        raise BadSetting(_("%(setting)s has to be a dictionary.") % {"setting": SETTING})
    name = str(options["PROVIDER"])
    made = _class_of(name)
    if missing := [key for key in made.needed if not _is_text(options.get(key))]:
        message = _("%(setting)s lacks %(keys)s.")
        raise BadSetting(message % {"setting": SETTING, "keys": ", ".join(missing)})
    _check_values(options)
    try:
        return made(options)
    except Exception as error:  # the class of a project, or of another package
        message = _("%(setting)s: “%(name)s” cannot be used (%(error)s).")
        error_name = type(error).__name__
        raise BadSetting(
            message % {"setting": SETTING, "name": name, "error": error_name}
        ) from error


def _class_of(name):
    package = PACKAGES.get(name)
    if package and find_spec(package) is None:
        message = _("%(setting)s needs the package %(package)s.")
        raise BadSetting(message % {"setting": SETTING, "package": package})
    try:
        made = PROVIDERS.get(name) or import_string(name)
        if issubclass(made, Provider):
            return made
    except (ImportError, TypeError, ValueError):
        pass
    message = _("%(setting)s: there is no provider “%(name)s”.")
    raise BadSetting(message % {"setting": SETTING, "name": name})


def _check_values(options):
    url = options.get("URL")
    if url is not None and not (_is_text(url) and _is_address(url)):
        message = _("%(setting)s: URL has to begin with https:// or http://.")
        raise BadSetting(message % {"setting": SETTING})
    price = options.get("PRICE")
    if isinstance(price, bool) or not isinstance(price, (int, float, type(None))):
        message = _("%(setting)s: PRICE has to be a number, that of a million characters.")
        raise BadSetting(message % {"setting": SETTING})


def _is_text(value):
    return isinstance(value, str) and bool(value.strip())


def _is_address(url):
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def check_setting(app_configs, **kwargs):
    """A system check of the setting."""
    if not is_set():
        return []
    try:
        provider()
    except BadSetting as fault:
        return [checks.Error(str(fault), id="diptych_translation_tools.E002")]
    return []
