"""System checks: polib is installed, catalogues are compiled, saved texts reach every process."""

from pathlib import Path

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from diptych.articles.checks import missing_extra
from diptych.articles.languages.checks.project import locale_middleware

MIDDLEWARE = "diptych.articles.interface_texts.middleware.CatalogueReloadMiddleware"


def check_polib(app_configs, **kwargs):
    """Report the missing extra of this application."""
    return missing_extra(
        "diptych.articles.interface_texts", "polib", "texts", "diptych_interface_texts.E001"
    )


#: A copy or a checkout writes both files of a catalogue in any order, within so many seconds.
TOLERANCE = 60


def check_compiled(app_configs, **kwargs):
    """Report catalogues of the project that Django does not read, or reads as they were."""
    files = [
        each for folder in settings.LOCALE_PATHS for each in Path(folder).glob("*/LC_MESSAGES/*.po")
    ]
    stale = sorted(str(each) for each in files if not _is_compiled(each))
    if not stale:
        return []
    return [
        checks.Warning(
            _("Texts are shown in English or as they were before: %(files)s is not compiled.")
            % {"files": ", ".join(stale)},
            hint=_("Run %(command)s.") % {"command": "manage.py diptych_catalogues --compile"},
            id="diptych_interface_texts.W002",
        )
    ]


def _is_compiled(path):
    compiled = path.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime + TOLERANCE >= path.stat().st_mtime


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
