"""System checks: settings the engine relies on, and the page × language table."""

import wagtail
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from modeltranslation.translator import NotRegistered, translator

from articles.languages.available import available_languages
from articles.languages.models import PageLanguage
from articles.languages.pages import LanguagePageMixin
from articles.languages.rebuilding import outdated_pages

LOCALE_MIDDLEWARE = "django.middleware.locale.LocaleMiddleware"
#: A migration that only databases of the pre-releases have, whose tables had other names.
OLD_MIGRATION = ("diptych", "0003_translations")
REDIRECTS = "wagtail.contrib.redirects"
REDIRECT_MIDDLEWARE = f"{REDIRECTS}.middleware.RedirectMiddleware"


def require_translated_pages():
    """Raise ``ImproperlyConfigured`` unless every page type in several languages has its columns.

    No system check, as those of Wagtail fail on the missing columns before.
    """
    if not apps.is_installed("modeltranslation"):
        raise ImproperlyConfigured(
            _("List modeltranslation before articles.languages in INSTALLED_APPS.")
        )
    for model in apps.get_models():
        if not issubclass(model, LanguagePageMixin) or _is_registered(model):
            continue
        raise ImproperlyConfigured(
            _(
                "%(model)s is not translated. Register it with LanguagePageOptions in the module"
                " “translation” of its application, and list modeltranslation first in"
                " INSTALLED_APPS."
            )
            % {"model": model._meta.label}
        )


def _is_registered(model):
    try:
        return "headline" in translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return False


def check_wagtail(app_configs, **kwargs):
    """Report a Wagtail whose admin API would ignore the permissions of languages."""
    if wagtail.VERSION < (8, 1):
        return []
    return [
        checks.Error(
            _("The API of the admin of this Wagtail ignores the permissions for languages."),
            hint=_("Install Wagtail 8.0."),
            id="diptych.E005",
        )
    ]


def check_settings(app_configs, **kwargs):
    """Report settings that would break languages, addresses or redirects."""
    problems = []
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        problems.append(
            checks.Error(
                _("Pages in several languages and Wagtail’s own page trees exclude each other."),
                hint=_("Set WAGTAIL_I18N_ENABLED = False."),
                id="diptych.E001",
            )
        )
    if getattr(settings, "WAGTAILREDIRECTS_AUTO_CREATE", True):
        problems.append(
            checks.Warning(
                _("Wagtail’s automatic redirects know one language only and delete ours."),
                hint=_("Set WAGTAILREDIRECTS_AUTO_CREATE = False."),
                id="diptych.W001",
            )
        )
    needed = {"StreamField", "RichTextField"}
    if not needed <= set(getattr(settings, "MODELTRANSLATION_CUSTOM_FIELDS", ())):
        problems.append(
            checks.Error(
                _("Bodies cannot be translated."),
                hint=_("Set MODELTRANSLATION_CUSTOM_FIELDS = ('StreamField', 'RichTextField')."),
                id="diptych.E002",
            )
        )
    return problems


def check_applications(app_configs, **kwargs):
    """Report what is missing for pages to answer, and to be redirected, in each language."""
    problems = []
    if LOCALE_MIDDLEWARE not in settings.MIDDLEWARE:
        problems.append(
            checks.Warning(
                _("The language in an address is ignored."),
                hint=_("Add %(name)s to MIDDLEWARE.") % {"name": LOCALE_MIDDLEWARE},
                id="diptych.W004",
            )
        )
    if not apps.is_installed(REDIRECTS) or REDIRECT_MIDDLEWARE not in settings.MIDDLEWARE:
        problems.append(
            checks.Warning(
                _("Old addresses of pages that are renamed or moved are not redirected."),
                hint=_("Add %(application)s to INSTALLED_APPS and %(middleware)s to MIDDLEWARE.")
                % {"application": REDIRECTS, "middleware": REDIRECT_MIDDLEWARE},
                id="diptych.W005",
            )
        )
    return problems


def check_addresses(app_configs, **kwargs):
    """Report when pages are served by Wagtail's own view, or without a prefix for each language."""
    from articles.languages.urls import serve

    languages = set(available_languages())
    roots = {_root_in(language) for language in languages}
    is_spoken = languages <= {code for code, _name in settings.LANGUAGES}
    if is_spoken and len(roots) == len(languages) and {view for _path, view in roots} == {serve}:
        return []
    return [
        checks.Warning(
            _("Pages have no address of their own in each language."),
            hint=_(
                "Include articles.languages.urls in i18n_patterns, in place of wagtail.urls, with"
                " every language of MODELTRANSLATION_LANGUAGES in LANGUAGES."
            ),
            id="diptych.W006",
        )
    ]


def _root_in(language):
    """The path of a site's root in ``language`` and the view that serves it."""
    try:
        with override(language):
            path = reverse("wagtail_serve", args=("",)).removeprefix(get_script_prefix())
            return path, resolve(f"/{path}").func
    except (NoReverseMatch, Resolver404):
        return None, None


def check_command(app_configs, **kwargs):
    """Report when Wagtail's own ``publish_scheduled`` command takes precedence."""
    if get_commands().get("publish_scheduled") == "articles.languages":
        return []
    return [
        checks.Warning(
            _("The command publish_scheduled overlooks the dates of single languages."),
            hint=_("List articles.languages before wagtail in INSTALLED_APPS."),
            id="diptych.W003",
        )
    ]


def check_layout(app_configs, databases=None, **kwargs):
    """With ``--database``, and before ``migrate``: refuse a database of the pre-release layout.

    ``migrate`` itself would stop at the order of its migrations, in words of its own.
    """
    return [
        checks.Error(
            _(
                "This database was made by a pre-release of Diptych and cannot be upgraded: "
                "export its content, and import it into a new database."
            ),
            id="diptych.E003",
        )
        for alias in databases or ()
        if OLD_MIGRATION in MigrationRecorder(connections[alias]).applied_migrations()
    ]


def check_table(app_configs, databases=None, **kwargs):
    """With ``--database``: report pages with wrong rows in the page × language table.

    Silent before all migrations are applied, as ``migrate`` runs this check too.
    """
    alias = router.db_for_read(PageLanguage)
    if alias not in (databases or ()) or _is_to_be_migrated(connections[alias]):
        return []
    outdated = outdated_pages()
    if not outdated:
        return []
    return [
        checks.Warning(
            ngettext(
                "%(count)s page has an address that is out of date.",
                "%(count)s pages have addresses that are out of date.",
                len(outdated),
            )
            % {"count": len(outdated)},
            hint=_("Run manage.py rebuild_page_languages."),
            id="diptych.W002",
        )
    ]


def _is_to_be_migrated(connection):
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def register_checks():
    """Register the checks with Django; called once when the app is ready."""
    checks.register(check_settings)
    checks.register(check_wagtail)
    checks.register(check_applications)
    checks.register(check_addresses, checks.Tags.urls)
    checks.register(check_command)
    checks.register(check_layout, checks.Tags.database)
    checks.register(check_table, checks.Tags.database)
