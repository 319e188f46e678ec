"""System checks of the addresses of a project: of pages, hosts of languages and Wagtail's APIs."""

from contextlib import suppress

from django.conf import settings
from django.core import checks
from django.db import connections, router
from django.urls import (
    LocalePrefixPattern,
    NoReverseMatch,
    Resolver404,
    URLResolver,
    get_resolver,
    get_script_prefix,
    resolve,
    reverse,
)
from django.urls.resolvers import RegexPattern
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.publication.rebuilding import is_to_be_migrated
from diptych.articles.languages.routes.hosts import (
    LanguagePattern,
    language_hosts,
    set_language_asked,
)
from diptych.articles.languages.routes.prefixes import PAGE, is_default_unprefixed

ADMIN_API = "wagtailadmin_api"


def check_addresses(app_configs, **kwargs):
    """Report when pages are served by Wagtail's own view, or without a prefix for each language."""
    from diptych.articles.languages.routes.views import serve

    languages = set(available_languages())
    roots = {_root_in(language) for language in languages}
    is_spoken = languages <= {code for code, _name in settings.LANGUAGES}
    if is_spoken and len(roots) == len(languages) and {view for _path, view in roots} == {serve}:
        return []
    return [
        checks.Warning(
            _("Pages have no address of their own in each language."),
            hint=_(
                "Include %(urls)s in i18n_patterns, above wagtail.urls, with every language"
                " of MODELTRANSLATION_LANGUAGES in LANGUAGES."
            )
            % {"urls": "diptych.articles.languages.urls"},
            id="diptych.W006",
        )
    ]


def check_language_hosts(app_configs, **kwargs):
    """Check that urlpatterns and languages fit ``DIPTYCH_LANGUAGE_HOSTS``."""
    hosts = language_hosts()
    problems = []
    patterns = [each.pattern for each in get_resolver().url_patterns if hosts]
    prefixes = [each for each in patterns if isinstance(each, LocalePrefixPattern)]
    if not all(isinstance(each, LanguagePattern) for each in prefixes):
        problems.append(
            checks.Error(
                _("The hosts of languages are not known to the addresses."),
                hint=_("In urls.py, import i18n_patterns from %(module)s.")
                % {"module": "diptych.articles.languages.routes.hosts"},
                id="diptych.E013",
            )
        )
    unknown = sorted(set(hosts) - set(available_languages()))
    if unknown:
        problems.append(
            checks.Error(
                _("DIPTYCH_LANGUAGE_HOSTS has languages without pages: %(languages)s.")
                % {"languages": ", ".join(unknown)},
                hint=_("Its keys are codes of MODELTRANSLATION_LANGUAGES."),
                id="diptych.E014",
            )
        )
    return problems


def check_sites_of_languages(app_configs, databases=None, **kwargs):
    """With ``--database``: report hosts of languages that are of no site of Wagtail."""
    alias = router.db_for_read(Site)
    named = {name for names in language_hosts().values() for name in names}
    if not named or alias not in (databases or ()) or is_to_be_migrated(connections[alias]):
        return []
    missing = sorted(named - set(Site.objects.values_list("hostname", flat=True)))
    return [
        checks.Warning(
            _("No site has the host %(name)s, which DIPTYCH_LANGUAGE_HOSTS names.")
            % {"name": name},
            hint=_("Add it in the admin, with the root page of the other languages."),
            id="diptych.W015",
        )
        for name in missing
    ]


def check_default_language(app_configs, **kwargs):
    """Report a default language without a prefix in which there are no pages."""
    languages = available_languages()
    if not is_default_unprefixed() or settings.LANGUAGE_CODE in languages:
        return []
    return [
        checks.Warning(
            _("No pages are in the language %(code)s, whose addresses have no prefix.")
            % {"code": settings.LANGUAGE_CODE},
            hint=_(
                "Set LANGUAGE_CODE to a language of the pages (%(languages)s), or give"
                " i18n_patterns no prefix_default_language=False."
            )
            % {"languages": ", ".join(languages)},
            id="diptych.W012",
        )
    ]


def _root_in(language):
    """The path of a site's root in ``language`` and the view that serves it."""
    try:
        with override(language):
            path = _path_of_root()
            hosts = language_hosts().get(language)
            set_language_asked(language if hosts else None)
            return (hosts, path), resolve(f"/{path}").func
    except (NoReverseMatch, Resolver404):
        return None, None
    finally:
        set_language_asked(None)


def _path_of_root():
    """The path of a site's root in the active language.

    It is looked for in ``i18n_patterns`` first: of the other addresses, such as those of the
    admin, Django would compile hundreds for each language.
    """
    patterns = get_resolver().url_patterns
    translated = [each for each in patterns if isinstance(each.pattern, LocalePrefixPattern)]
    with suppress(NoReverseMatch):
        return URLResolver(RegexPattern(""), translated).reverse(PAGE, "")
    return reverse(PAGE, args=("",)).removeprefix(get_script_prefix())


def check_api(app_configs, **kwargs):
    """Report Wagtail's own addresses for pages in its APIs, which know one language of a page."""
    viewset = _("Register %(viewset)s in place of PagesAPIViewSet.") % {
        "viewset": "diptych.articles.languages.MultilingualPagesAPIViewSet"
    }
    guarded = _("Include its addresses as %(function)s(api.urls).") % {
        "function": "diptych.articles.languages.api.v3.guarded"
    }
    found = [(f"/{route}", viewset) for route in _plain_endpoints()]
    found += [(path, guarded) for path in _unguarded_lists()]
    return [
        checks.Warning(
            _(
                "Wagtail’s API at %(address)s shows titles and addresses of pages in languages in"
                " which they are not live."
            )
            % {"address": address},
            hint=hint,
            id="diptych.W020",
        )
        for address, hint in found
    ]


def _unguarded_lists():
    """The address of the list of pages in API v3, where anybody reads it."""
    try:
        path = reverse("wagtailapi_v3:list_pages")
    except NoReverseMatch:
        return []
    return [] if getattr(resolve(path).func, "keeps_languages", False) else [path]


def _plain_endpoints():
    """The routes of lists of pages in API v2 that are neither ours nor the admin's."""
    from wagtail.api.v2.views import PagesAPIViewSet

    from diptych.articles.languages.api.v2 import MultilingualPagesAPIViewSet

    return [
        route
        for route, view in _views(get_resolver())
        if getattr(view, "actions", {}).get("get") == "listing_view"
        and issubclass(view.cls, PagesAPIViewSet)
        and not issubclass(view.cls, MultilingualPagesAPIViewSet)
    ]


def _views(resolver, before=""):
    """Yield the route and the view of each address below ``resolver``, but for the admin's API."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if getattr(pattern, "namespace", None) == ADMIN_API:
            continue
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern, route)
        else:
            yield route, pattern.callback


def register_address_checks():
    """Register the checks with Django; called once when the app is ready."""
    checks.register(check_addresses, checks.Tags.urls)
    checks.register(check_api, checks.Tags.urls)
    checks.register(check_default_language, checks.Tags.urls)
    checks.register(check_language_hosts, checks.Tags.urls)
    checks.register(check_sites_of_languages, checks.Tags.database)
