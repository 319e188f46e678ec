"""Find the URLs that depend on invalidated tags, and purge them from a front-end cache.

The tags are those of :mod:`diptych.articles.caching.versions`. The addresses of a page
itself, old ones included, are purged by the engine
(:func:`diptych.articles.languages.routes.addresses.purge_later`).
"""

from collections import defaultdict
from itertools import islice, product

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_delete
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import override
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Site, get_page_models

from diptych.articles.caching.signals import versions_raised
from diptych.articles.caching.versions import EVERYTHING
from diptych.articles.delivery.service_worker import PAGE as OFFLINE
from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.addresses import address_below, public_urls
from diptych.articles.languages.routes.frontend_caches import (
    FRONTEND_CACHE,
    enqueue_purge,
    purge_urls,
)
from diptych.articles.languages.routes.hosts import root_in
from diptych.articles.lists.archive import ARCHIVE, Period, articles_of, months_of
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.pagination import reaches_page
from diptych.articles.lists.previous_and_next import previous_and_next_of, series_parts
from diptych.articles.models import (
    ArticleIndexPage,
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    JournalSettings,
    PrintIssueIndexPage,
    TopicIndexPage,
    TopicPage,
)
from diptych.articles.models.served_below import ServedBelowMixin
from diptych.articles.syndication.citations import VIEWS as CITING
from diptych.articles.syndication.feeds.addresses import VIEWS_OF_JOURNAL, VIEWS_OF_PAGES
from diptych.articles.syndication.feeds.overview import OVERVIEW
from diptych.articles.syndication.feeds.podcast import PODCAST
from diptych.articles.syndication.sitemaps import number_of_parts

#: Tags, or kinds of tags, that all pages depend on.
EVERYWHERE = frozenset({EVERYTHING, "menu", "settings", "theme", "texts"})
#: Page types whose lists change when any page becomes visible or hidden.
LISTS = (
    HomePage,
    ArticleIndexPage,
    TopicIndexPage,
    AuthorIndexPage,
    TopicPage,
    PrintIssueIndexPage,
)
#: Page types with lists of several pages, ``?page=``.
PAGINATED = (ArticleIndexPage, TopicPage, AuthorPage, PrintIssueIndexPage)
#: The names of the views that show the newest articles of a language.
VIEWS_OF_LISTS = (
    PODCAST,
    "diptych_api:articles:listing",
    *VIEWS_OF_JOURNAL,
    "diptych_news_sitemap",
    "diptych_robots",
)
#: The URL names of views that list the open languages, or exist in open languages only.
VIEWS_OF_LANGUAGES = (ARCHIVE, OVERVIEW, "diptych_newsletter", "diptych_newsletter_sent")
#: The URL names of views without articles.
WITHOUT_ARTICLES = (OFFLINE,)
SITEMAP = "diptych_sitemap"
#: Addresses in one batch. More than this are purged as everything where that is one address.
MOST_ADDRESSES = 1_000
#: On a topic with more articles, only those adjacent to an article are purged with it.
MOST_ON_TOPIC = 200
#: Later pages of a list stay until they expire.
MOST_PAGES_OF_LIST = 50


# Which pages show a page


def pages_showing(page_ids):
    """The keys of the pages that show one of ``page_ids``, themselves included.

    Pages that refer to it or to which it refers (authors, topics, picks, links), its aliases, and
    the articles that it is suggested below or adjacent to.
    """
    page_ids = set(page_ids)
    found = page_ids | set(Page.objects.filter(alias_of__in=page_ids).values_list("pk", flat=True))
    found |= _referring_to(Page, page_ids)
    found |= _referred_to_by(page_ids)
    if apps.is_installed("diptych.articles.related"):
        suggesting = PageLanguage.objects.filter(related__target__page__in=page_ids)
        found |= set(suggesting.values_list("page_id", flat=True))
    for article in ArticlePage.objects.filter(pk__in=page_ids):
        for language in available_languages():
            parts = series_parts(article, language)
            adjacent = previous_and_next_of(article, language, parts)
            found |= {each.pk for each in (*parts, adjacent.previous, adjacent.next) if each}
    return found


def _page_key(value):
    return Page._meta.pk.to_python(value)


def _referring_to(model, keys):
    """The keys of pages that refer to instances of ``model``."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=[str(key) for key in keys],
    )
    return {_page_key(key) for key in rows.values_list("object_id", flat=True)}


def _referred_to_by(page_ids):
    """The keys of pages to which the pages refer."""
    page_type = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(
        base_content_type=page_type,
        to_content_type=page_type,
        object_id__in=[str(key) for key in page_ids],
    )
    return {_page_key(key) for key in rows.values_list("to_object_id", flat=True)}


def _is_shown_everywhere(image_ids):
    """Whether anything but a page shows one of the images, such as the settings of the site."""
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(get_image_model()),
        to_object_id__in=list(image_ids),
    )
    pages = ContentType.objects.get_for_model(Page)
    return rows.exclude(base_content_type=pages).exists()


def _on_topics(topic_ids):
    """The keys of articles on the topics that have few enough."""
    found = set()
    for topic in topic_ids:
        articles = ArticlePage.objects.filter(topics__topic=topic).values_list("pk", flat=True)
        keys = list(articles[: MOST_ON_TOPIC + 1])
        found.update(keys if len(keys) <= MOST_ON_TOPIC else [])
    return found


# URLs by tags


def addresses_showing(tags):
    """Iterable of the absolute addresses, in every language and on every site, that show ``tags``.

    With ``DIPTYCH_PURGE_PREFIXES``, all addresses of a site are one that ends in an asterisk.
    """
    by_kind = defaultdict(set)
    for tag in tags:
        kind, _colon, value = tag.partition(":")
        by_kind[kind].add(value)
    is_everywhere = EVERYWHERE & by_kind.keys() or any("*" in each for each in by_kind.values())
    if is_everywhere or (by_kind["image"] and _is_shown_everywhere(by_kind["image"])):
        return addresses_of_everything()
    changed = {_page_key(key) for key in by_kind["page"]}
    changed |= _referring_to(get_image_model(), by_kind["image"])
    for label in filter(_is_model, by_kind):
        changed |= _referring_to(apps.get_model(label), by_kind[label])
    shown = pages_showing(changed) if changed else set()
    shown |= {_page_key(key) for kind in ("topic", "author", "related") for key in by_kind[kind]}
    shown |= _on_topics(by_kind["topic"])
    found = addresses_of_pages(shown)
    months = {tuple(map(int, each.split("-")[-2:])) for each in by_kind["month"]}
    found |= addresses_of_archive(months | _months_of(shown))
    if by_kind["list"]:
        found |= addresses_of_lists(by_kind["list"]) | _addresses_naming_untranslated()
    too_many = len(found) > MOST_ADDRESSES and _has_prefixes()
    return addresses_of_everything() if too_many else sorted(found)


def _is_model(kind):
    """Whether tags of this kind name objects, as ``application.model:1`` does."""
    return "." in kind


def addresses_of_pages(page_ids):
    """The addresses of pages, their feeds and their entries in the API, in every language."""
    return _addresses(PageLanguage.objects.filter(page__in=page_ids))


def addresses_of_lists(languages):
    """Home pages, lists and feeds in ``languages``, and the sitemaps, which are of all."""
    kinds = _models_by_kind(LISTS)
    rows = PageLanguage.objects.filter(language__in=languages, page__content_type__in=list(kinds))
    found = _addresses(rows, paginated=(ArticleIndexPage, PrintIssueIndexPage))
    views = [*product(languages, VIEWS_OF_LISTS)]
    views += product(available_languages(), VIEWS_OF_LANGUAGES)
    for language, name in views:
        found |= _reversed(language, name)
    return found | _addresses_of_sitemaps()


def _months_of(page_ids):
    """The year and month of each of the articles among the pages, in all languages."""
    kinds = list(_models_by_kind([ArticlePage]))
    rows = PageLanguage.objects.filter(page__in=page_ids, page__content_type__in=kinds, live=True)
    dates = rows.exclude(printed_date=None).values_list("printed_date", flat=True)
    moments = (localtime(date, get_default_timezone()) for date in dates)
    return {(moment.year, moment.month) for moment in moments}


def _months_with_articles():
    """The year and month of all articles."""
    return {
        (month.year, month.month)
        for language, root in product(available_languages(), _root_pages())
        for month in months_of(language, root)
    }


def addresses_of_archive(months):
    """The pages of the archive that list the articles of ``months``, pairs of year and month.

    In all languages, as each page links to those of the others.
    """
    periods = {each for year, month in months for each in (Period(year), Period(year, month))}
    roots, found = _root_pages(), set()
    for language, period in product(available_languages(), periods):
        lists = [articles_of(language, root, period) for root in roots]
        numbers = set().union(*map(_numbers, lists))
        for url in _reversed(language, period.view_name, *period.arguments):
            found |= {url, *(f"{url}?page={number}" for number in numbers)}
    return found


def _root_pages():
    return set(Site.objects.values_list("root_page", flat=True))


def _addresses_naming_untranslated():
    """The front pages in every language, where the settings of a journal let them name articles
    that are live in others only. Topics are told by tags of their own."""
    chosen = JournalSettings.objects.values_list("untranslated_on", flat=True)
    if not any("home" in (places or ()) for places in chosen):
        return set()
    homes = list(_models_by_kind([HomePage]))
    return _addresses(PageLanguage.objects.filter(page__content_type__in=homes))


def _addresses_of_sitemaps():
    """The sitemap of every site and its parts, one that is gone perhaps included."""
    try:
        path = reverse(SITEMAP)
    except NoReverseMatch:
        return set()
    found = set()
    for site in Site.objects.select_related("root_page"):
        numbers = range(1, number_of_parts(site) + 2)
        parts = (f"?p={number}" for number in numbers)
        found.update(f"{site.root_url}{path}{part}" for part in ("", *parts))
    return found


def addresses_of_everything():
    """All addresses: with prefixes one for each site, else lists and then pages, newest first."""
    if _has_prefixes():
        yield from sorted(f"{root.root_url}/*" for root in Site.get_site_root_paths())
        return
    languages = available_languages()
    others = [_reversed(language, name) for language, name in product(languages, WITHOUT_ARTICLES)]
    yield from sorted(addresses_of_lists(languages).union(*others))
    yield from sorted(addresses_of_archive(_months_with_articles()))
    rows = PageLanguage.objects.filter(live=True).order_by("-page_id", "pk")
    for keys in _in_batches(rows.values_list("pk", flat=True)):
        yield from sorted(_addresses(PageLanguage.objects.filter(pk__in=keys)))


def _in_batches(values):
    """Lists of at most :data:`MOST_ADDRESSES` of ``values``."""
    values = iter(values)
    return iter(lambda: list(islice(values, MOST_ADDRESSES)), [])


def _has_prefixes():
    return getattr(settings, "DIPTYCH_PURGE_PREFIXES", False)


def _addresses(rows, paginated=PAGINATED):
    """The addresses of rows of the page × language table.

    ``paginated`` are the page types of which not only the first page of the list is meant.
    """
    model_of = _models_by_kind((*PAGINATED, ArticlePage))
    paths_below, found = _paths_below_by_kind(), set()
    values = rows.values_list("language", "url_path", "page_id", "page__content_type_id")
    for language, url_path, page_id, kind in values:
        model = model_of.get(kind)
        urls = public_urls(language, [url_path])
        found.update(urls)
        if model in paginated:
            numbers = _numbers(_listed_by(model, page_id, language))
            found.update(f"{url}?page={number}" for url in urls for number in numbers)
        if kind in paths_below:
            below = paths_below[kind](language)
            found.update(address_below(url, path.strip("/")) for url in urls for path in below)
        found |= _attached(language, model, page_id)
    return found


def _models_by_kind(models):
    """The keys of the content types of ``models`` and of types derived from them: ``{key: model}``.

    The model is the one of ``models``.
    """
    found = {
        derived: model
        for model in models
        for derived in get_page_models()
        if issubclass(derived, model)
    }
    kinds = ContentType.objects.get_for_models(*found)
    return {kinds[derived].pk: model for derived, model in found.items()}


def _paths_below_by_kind():
    """The methods that return the subpaths of pages: ``{key of content type: method}``."""
    models = [each for each in get_page_models() if issubclass(each, ServedBelowMixin)]
    kinds = ContentType.objects.get_for_models(*models)
    return {kind.pk: model.paths_below for model, kind in kinds.items()}


def _attached(language, model, page_id):
    """The addresses of the feeds of a page, or of its entry in the API and of its citations."""
    if model is ArticlePage:
        names = ("diptych_api:articles:detail", *CITING)
        return set().union(*(_reversed(language, name, page_id) for name in names))
    views = VIEWS_OF_PAGES.get(model, ())
    return set().union(*(_reversed(language, name, page_id) for name in views))


def _listed_by(model, page_id, language):
    """The tags of the lists on a page of ``model``."""
    if model is PrintIssueIndexPage:
        return model.objects.get(pk=page_id).listed_in(language)
    return ArticleList(language, page_id)


def _numbers(listed):
    """The numbers of the pages of a list, the second to one that is gone perhaps."""
    numbers = range(2, MOST_PAGES_OF_LIST + 1)
    return [number for number in numbers if reaches_page(listed, number - 1)]


def _reversed(language, name, *arguments):
    """The address of a view on every site; empty in a project that does not have it."""
    try:
        with override(language):
            path = reverse(name, args=arguments)
    except NoReverseMatch:
        return set()
    roots = Site.get_site_root_paths()
    return {root.root_url + path for root in roots if root_in(language, root) == root}


# Purging


def purge_raised(sender, tags, **kwargs):
    """Purge the URLs that depend on ``tags``: a receiver of ``versions_raised``."""
    if apps.is_installed(FRONTEND_CACHE):
        enqueue_purge(purge_tags, sorted(tags), lambda: addresses_showing(tags))


def purge_deleted(sender, instance, **kwargs):
    """Purge the URLs that show a page, found before its deletion: of ``pre_delete``."""
    if not apps.is_installed(FRONTEND_CACHE) or not instance.live:
        return
    found = list(addresses_showing({f"page:{instance.pk}"}))
    after_commit(enqueue_purge, purge_addresses, found)


@task()
def purge_tags(tags):
    """Purge the URLs that depend on ``tags``."""
    purge_addresses.func(addresses_showing(tags))


@task()
def purge_addresses(addresses):
    """Purge addresses, in batches for each host."""
    for batch in _in_batches(addresses):
        purge_urls.func(batch)


def connect():
    """Connect the receivers; called once when the application is ready."""
    versions_raised.connect(purge_raised, dispatch_uid="diptych_purge_raised")
    pre_delete.connect(purge_deleted, sender=Page, dispatch_uid="diptych_purge_deleted")
