"""System checks: settings the engine relies on, and the page × language table."""

from django.conf import settings
from django.core import checks
from django.core.management import get_commands
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.languages.models.page_language import PageLanguage
from articles.languages.rebuilding import outdated_pages


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
    checks.register(check_command)
    checks.register(check_table, checks.Tags.database)
