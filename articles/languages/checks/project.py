"""System checks: settings the engine relies on, and the page × language table."""

from collections import Counter
from inspect import unwrap
from itertools import takewhile
from types import FunctionType

import wagtail
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands
from django.db import connections, router
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.middleware.locale import LocaleMiddleware
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from modeltranslation.translator import NotRegistered, translator

from diptych.articles.languages.config.columns import missing_columns, removed_languages
from diptych.articles.languages.config.language_config import available_languages, default_language
from diptych.articles.languages.index.references import is_overlooked, translated_foreign_keys
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.rebuilding import is_to_be_migrated, outdated_pages

OWN_LOCALE_MIDDLEWARE = "diptych.articles.languages.routes.middleware.LocaleMiddleware"
DJANGO_LOCALE_MIDDLEWARE = "django.middleware.locale.LocaleMiddleware"
#: A migration that only databases of the pre-releases have, whose tables had other names.
OLD_MIGRATION = ("diptych", "0003_translations")
APPLICATION = "diptych.articles.languages"
METHODS = (FunctionType, classmethod, staticmethod, property)
#: The methods by which a page is found, answers and is previewed.
ANSWERING = frozenset(
    {
        "default_preview_mode",
        "get_url_parts",
        "get_view_restrictions",
        "make_preview_request",
        "preview_modes",
        "route",
        "serve",
        "serve_preview",
    }
)
REDIRECTS = "wagtail.contrib.redirects"
REDIRECT_MIDDLEWARE = f"{REDIRECTS}.middleware.RedirectMiddleware"
OWN_REDIRECT_MIDDLEWARE = "diptych.articles.languages.routes.redirects_followed.redirect_middleware"


def require_translated_pages():
    """Raise ``ImproperlyConfigured`` unless every page type in several languages has its columns.

    No system check, as those of Wagtail fail on the missing columns before.
    """
    if not apps.is_installed("modeltranslation"):
        raise ImproperlyConfigured(
            _("List modeltranslation before %(application)s in INSTALLED_APPS.")
            % {"application": APPLICATION}
        )
    for model in apps.get_models():
        if not issubclass(model, MultilingualPageMixin) or _is_registered(model):
            continue
        raise ImproperlyConfigured(
            _(
                "%(model)s is not translated. Register it with MultilingualPageOptions in the"
                " module “translation” of its application, and list modeltranslation first in"
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
    """Report a Wagtail that is newer than those that this version was tried with."""
    if wagtail.VERSION < (8, 2):
        return []
    return [
        checks.Warning(
            _("Nobody has tried whether this Wagtail keeps to the permissions for languages."),
            hint=_("Install Wagtail 8.0 or 8.1, or a newer version of wagtail-diptych."),
            id="diptych.W023",
        )
    ]


def check_settings(app_configs, **kwargs):
    """Report settings that would break languages, addresses or redirects."""
    problems = []
    if getattr(settings, "WAGTAILREDIRECTS_AUTO_CREATE", True):
        problems.append(
            checks.Warning(
                _("Wagtail’s automatic redirects know one language only and delete ours."),
                hint=_("Set WAGTAILREDIRECTS_AUTO_CREATE = False."),
                id="diptych.W001",
            )
        )
    return problems


def locale_middleware():
    """The names in ``MIDDLEWARE`` of Django's middleware for languages, and of its subclasses."""
    return [name for name in settings.MIDDLEWARE if _is_locale_middleware(name)]


def _is_locale_middleware(name):
    try:
        found = import_string(name)
    except ImportError:
        return False  # that of an application whose requirements are not installed
    return isinstance(found, type) and issubclass(found, LocaleMiddleware)


def check_bases(app_configs, **kwargs):
    """Report page types with bases whose methods come before those of the engine.

    Nobody reads a page by them in a language in which it is not live, but its addresses, previews
    or drafts are wrong. A method that calls ``super()`` is fine, but for those that answer.
    """
    page_types = [each for each in apps.get_models() if issubclass(each, MultilingualPageMixin)]
    found = ((model, *base) for model in page_types for base in _bases_before(model))
    return [_order_of_bases(*each) for each in found]


def _order_of_bases(model, other, names, is_answering):
    """The message on ``other``, a base of ``model`` that replaces the methods ``names``."""
    message = _(
        "%(other)s comes before MultilingualPageMixin in %(model)s and replaces: %(names)s."
    ) % {"other": other.__name__, "model": model._meta.label, "names": ", ".join(names)}
    hint = _(
        "Write MultilingualPageMixin, or the base of yours that has it, before it in the bases of"
        " the class."
    )
    if is_answering:
        return checks.Error(message, hint=hint, obj=model, id="diptych.E015")
    return checks.Warning(message, hint=hint, obj=model, id="diptych.W017")


def _bases_before(model):
    """Bases of ``model`` that come before the engine: base, its names, whether one answers alone.

    A method that calls ``super()`` leaves the answer to the engine where it has none of its own.
    """
    of_engine = _methods_of_engine()
    for other in takewhile(lambda each: each is not MultilingualPageMixin, model.__mro__):
        if issubclass(other, MultilingualPageMixin):
            continue
        shadowed = of_engine & vars(other).keys()
        answering = shadowed & ANSWERING
        replaced = {each for each in shadowed if not _calls_the_next(vars(other)[each])}
        if names := answering | replaced:
            yield other, sorted(names), bool(answering & replaced)


def _methods_of_engine():
    """The names of all methods and properties of ``MultilingualPageMixin``."""
    classes = takewhile(lambda each: each is not Model, MultilingualPageMixin.__mro__)
    return {
        name
        for each in classes
        for name, value in vars(each).items()
        if not name.startswith("__") and isinstance(value, METHODS)
    }


def _calls_the_next(method):
    """Whether a method calls ``super()``, judged by its compiled code."""
    function = getattr(method, "fget", None) or getattr(method, "__func__", method)
    code = getattr(unwrap(function), "__code__", None)
    return code is not None and "__class__" in code.co_freevars


def check_languages(app_configs, **kwargs):
    """Report languages of pages that no address can be in."""
    spoken = [code for code, _name in settings.LANGUAGES]
    unspoken = [code for code in available_languages() if code not in spoken]
    if not unspoken:
        return []
    return [
        checks.Error(
            _("Pages are written in languages that LANGUAGES lacks: %(codes)s.")
            % {"codes": ", ".join(unspoken)},
            hint=_("Add them to LANGUAGES, or leave them out of MODELTRANSLATION_LANGUAGES."),
            id="diptych.E006",
        )
    ]


def check_words(app_configs, **kwargs):
    """Report languages whose readers get the words of the interface in one that is not English."""
    site = settings.LANGUAGE_CODE
    usual = _headline_missing_in(site)
    others = [code for code in available_languages() if code.split("-")[0] != site.split("-")[0]]
    without = [code for code in others if _headline_missing_in(code) == usual]
    if usual == _headline_missing_in("en") or not without:
        return []
    return [
        checks.Warning(
            _("Words of the interface are in %(site)s on pages in %(languages)s.")
            % {"site": site, "languages": ", ".join(without)},
            hint=_(
                "Copy the English catalogue of the package into an application of yours, which"
                " docs/languages.md explains, and translate the words in it; or have them in"
                " English by LANGUAGE_CODE = 'en' and"
                " MODELTRANSLATION_DEFAULT_LANGUAGE = '%(site)s'."
            )
            % {"site": default_language()},
            id="diptych.W014",
        )
    ]


def _headline_missing_in(language):
    with override(language):
        return str(MultilingualPageMixin.required_parts["headline"])


def check_declared_fields(app_configs, **kwargs):
    """Check that page types do not redefine a field of the engine as an incompatible one."""
    ours = MultilingualPageMixin._meta.get_fields()
    return [
        checks.Error(
            _("%(model)s declares “%(name)s”, which is a field of multilingual pages, as %(kind)s.")
            % {"model": model._meta.label, "name": field.name, "kind": type(own).__name__},
            hint=_("Rename the field of your page type, with a migration that keeps its texts."),
            obj=model,
            id="diptych.E007",
        )
        for model in apps.get_models()
        if issubclass(model, MultilingualPageMixin)
        for field in ours
        if not _can_replace(own := model._meta.get_field(field.name), field)
    ]


def _can_replace(own, field):
    is_long_enough = (
        not field.max_length or own.max_length is None or own.max_length >= field.max_length
    )
    return isinstance(own, type(field)) and is_long_enough


def check_references(app_configs, **kwargs):
    """Report translated foreign keys that Django would look at in the active language only."""
    return [
        checks.Error(
            _("%(field)s is not looked at in all languages when what it refers to is deleted.")
            % {"field": field},
            hint=_("Give it on_delete=models.SET_NULL, or a related_name without “+”."),
            id="diptych.E017",
        )
        for field in sorted(filter(is_overlooked, translated_foreign_keys()), key=str)
    ]


def check_applications(app_configs, **kwargs):
    """Check the middleware and applications that serve and redirect pages in each language."""
    problems = []
    names = locale_middleware()
    if not names:
        problems.append(
            checks.Warning(
                _("The language in an address is ignored."),
                hint=_("Add %(name)s to MIDDLEWARE.") % {"name": OWN_LOCALE_MIDDLEWARE},
                id="diptych.W004",
            )
        )
    elif DJANGO_LOCALE_MIDDLEWARE in names:
        problems.append(
            checks.Warning(
                _("Addresses that the views of the project do not know are sent on to pages."),
                hint=_("In MIDDLEWARE, put %(ours)s in the place of %(django)s.")
                % {"ours": OWN_LOCALE_MIDDLEWARE, "django": DJANGO_LOCALE_MIDDLEWARE},
                id="diptych.W011",
            )
        )
    following = {REDIRECT_MIDDLEWARE, OWN_REDIRECT_MIDDLEWARE} & {*settings.MIDDLEWARE}
    if not apps.is_installed(REDIRECTS) or not following:
        problems.append(
            checks.Warning(
                _("Old addresses of pages that are renamed or moved are not redirected."),
                hint=_("Add %(application)s to INSTALLED_APPS and %(middleware)s to MIDDLEWARE.")
                % {"application": REDIRECTS, "middleware": REDIRECT_MIDDLEWARE},
                id="diptych.W005",
            )
        )
    return problems


def check_command(app_configs, **kwargs):
    """Report when Wagtail's own ``publish_scheduled`` command takes precedence."""
    if get_commands().get("publish_scheduled") == APPLICATION:
        return []
    return [
        checks.Warning(
            _("The command publish_scheduled overlooks the dates of single languages."),
            hint=_("List %(application)s before wagtail in INSTALLED_APPS.")
            % {"application": APPLICATION},
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


def check_columns(app_configs, databases=None, **kwargs):
    """With ``--database``: report languages whose columns are missing in the database."""
    return [
        checks.Warning(
            _("The table %(table)s has no columns for %(languages)s.")
            % {"table": model._meta.db_table, "languages": ", ".join(languages)},
            hint=_("Run manage.py migrate; for page types of your own, makemigrations before."),
            id="diptych.W010",
        )
        for alias in databases or ()
        for model, languages in missing_columns(apps.get_models(), connections[alias]).items()
    ]


def check_removed_languages(app_configs, databases=None, **kwargs):
    """With ``--database``: report pages that are live in a language the settings do not name."""
    return [
        checks.Warning(
            ngettext(
                "%(count)s page is live in %(language)s, which the settings do not name: nobody"
                " can read it there.",
                "%(count)s pages are live in %(language)s, which the settings do not name: nobody"
                " can read them there.",
                count,
            )
            % {"count": count, "language": language},
            hint=_(
                "Their texts are kept. Add %(language)s to the languages again and run manage.py"
                " migrate, and they are live as before."
            )
            % {"language": language},
            id="diptych.W013",
        )
        for alias in databases or ()
        for language, count in sorted(_live_in_removed_languages(connections[alias]).items())
    ]


def _live_in_removed_languages(connection):
    counts = Counter()
    for model, columns in removed_languages(apps.get_models(), connection).items():
        with connection.cursor() as cursor:
            for stored, (name, _field, suffix) in columns.items():
                if name != "is_public" or not issubclass(model, MultilingualPageMixin):
                    continue
                table, state = map(connection.ops.quote_name, (model._meta.db_table, stored))
                cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {state}")  # noqa: S608 quoted names of columns
                counts[suffix.replace("_", "-")] += cursor.fetchone()[0]
    return +counts


def check_table(app_configs, databases=None, **kwargs):
    """With ``--database``: report pages with wrong rows in the page × language table.

    Silent before all migrations are applied, as ``migrate`` runs this check too.
    """
    alias = router.db_for_read(PageLanguage)
    if alias not in (databases or ()) or is_to_be_migrated(connections[alias]):
        return []
    if missing_columns(apps.get_models(), connections[alias]):
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


def register_checks():
    """Register the checks with Django; called once when the app is ready."""
    checks.register(check_settings)
    checks.register(check_wagtail)
    checks.register(check_bases)
    checks.register(check_languages)
    checks.register(check_words)
    checks.register(check_declared_fields, checks.Tags.models)
    checks.register(check_references, checks.Tags.models)
    checks.register(check_applications)
    checks.register(check_command)
    checks.register(check_layout, checks.Tags.database)
    checks.register(check_columns, checks.Tags.database)
    checks.register(check_removed_languages, checks.Tags.database)
    checks.register(check_table, checks.Tags.database)
