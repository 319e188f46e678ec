"""The languages in the settings, looked at before modeltranslation reads them.

Modeltranslation raises errors of its own, or adds one field twice, before any system check runs.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

#: As many characters has the column for a language in the tables of the engine.
LONGEST_CODE = 12


def require_languages():
    """Raise ``ImproperlyConfigured``, with a remedy, unless the languages can be used."""
    names = "LANGUAGES"
    codes = [code for code, _name in settings.LANGUAGES]
    if hasattr(settings, "MODELTRANSLATION_LANGUAGES"):
        names, codes = "MODELTRANSLATION_LANGUAGES", list(settings.MODELTRANSLATION_LANGUAGES)
    if not codes:
        raise ImproperlyConfigured(_("Name at least one language in %(name)s.") % {"name": names})
    for code in codes:
        _require_code(code, names)
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        message = _("%(name)s names %(codes)s twice. Leave one of them out.")
        raise ImproperlyConfigured(message % {"name": names, "codes": ", ".join(twice)})
    default = getattr(settings, "MODELTRANSLATION_DEFAULT_LANGUAGE", None)
    if default and default not in codes:
        message = _(
            "MODELTRANSLATION_DEFAULT_LANGUAGE is %(default)s, which is not among %(name)s:"
            " %(codes)s. Name one of these, or leave the setting out."
        )
        values = {"default": default, "name": names, "codes": ", ".join(codes)}
        raise ImproperlyConfigured(message % values)


def _require_code(code, names):
    written = code.lower().replace("_", "-")
    if code != written:
        message = _("Write %(written)s instead of %(code)s in %(name)s, as Django does.")
        values = {"written": written, "code": code, "name": names}
        raise ImproperlyConfigured(message % values)
    if len(code) > LONGEST_CODE:
        message = _("%(code)s in %(name)s is longer than %(length)s characters.")
        values = {"code": code, "name": names, "length": LONGEST_CODE}
        raise ImproperlyConfigured(message % values)


def support_streams():
    """Add ``StreamField`` to the fields that modeltranslation takes, as page types have bodies."""
    named = tuple(getattr(settings, "MODELTRANSLATION_CUSTOM_FIELDS", ()))
    if "StreamField" not in named:
        settings.MODELTRANSLATION_CUSTOM_FIELDS = (*named, "StreamField")
