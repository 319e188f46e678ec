"""Whatever shows something that has changed is purged from the front-end cache."""

import re
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from django.test import Client
from wagtail.contrib.frontend_cache.backends.base import BaseBackend
from wagtail.models import PageViewRestriction, Site

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.delivery import purging
from diptych.articles.languages.publication.service import publish_languages, unpublish_languages
from diptych.articles.languages.routes import frontend_caches
from diptych.articles.models import (
    JournalSettings,
    PrintIssueEntry,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
)
from diptych.articles.newsletter.models import Newsletter
from diptych.articles.syndication.sitemaps import LanguageSitemap
from diptych.themes.models import AppearanceSettings
from tests.articles.languages.caches import commit_all, install_frontend_cache
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_page,
    make_plain_page,
    make_topic,
    publish_draft,
    write_draft,
)
from tests.tiers import one_of

ADDRESS = "http://testserver"
#: A link in a page, a feed, a sitemap or the API.
LINK = re.compile(r'(?:href="|<loc>|url": ?")([^"<#]+)')

pytestmark = pytest.mark.django_db


class Batches(BaseBackend):
    """Records the batches that are purged."""

    recorded = []

    def purge_batch(self, urls):
        self.recorded.append(list(urls))


#: What no page has a link to.
UNLINKED = {"/sitemap.xml", "/sitemap-news.xml", "/robots.txt"} | {
    f"/{language}/{end}"
    for language in ("fr", "en")
    for end in ("api/articles/", "newsletter/", "newsletter/sent/", "offline.html", "feed/")
}


@pytest.fixture
def purged(journal, settings, monkeypatch, django_capture_on_commit_callbacks):
    """What a change purges of all that readers have seen before: ``purged(lambda: …)`` gives paths.

    Whatever is not purged has to be as before: a cache in front goes on sending it.
    """

    def purge(change, *others):
        install()
        commit_all()
        seen = all_that_readers_see(others)
        Batches.recorded.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        found = {url.removeprefix(ADDRESS) for batch in Batches.recorded for url in batch}
        commit_all()
        if found != {"/*"}:
            unpurged = seen.keys() - found
            assert not [path for path in unpurged if content_of(path) != seen[path]]
        return found

    def install():
        install_frontend_cache(monkeypatch)
        monkeypatch.setattr(
            "diptych.articles.languages.routes.addresses.purge_paths", lambda *arguments: None
        )
        settings.DIPTYCH_PAGES_CACHE_CONTROL = {"s-maxage": 600}
        settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.Batches"}}
        JournalSettings.for_site(journal.site)
        AppearanceSettings.for_site(journal.site)

    return purge


def content_of(path):
    """What a cache in front may store of ``path``, or ``None``."""
    response = Client().get(path)
    return response.content if "s-maxage=600" in response.get("Cache-Control", "") else None


def all_that_readers_see(others):
    """``{path: content}`` of all addresses that can be reached from the front pages."""
    seen, left = {}, {"/fr/", "/en/", *UNLINKED, *others}
    while left:
        path = left.pop()
        if (content := content_of(path)) is not None:
            seen[path] = content
            links = (urljoin(path, link) for link in LINK.findall(content.decode()))
            paths = {link.removeprefix(ADDRESS).replace("&amp;", "&") for link in links}
            left |= {
                each for each in paths - seen.keys() if each.startswith(("/fr/", "/en/", "/site"))
            }
    return seen


def both(fr, en):
    return {f"/fr/{fr}", f"/en/{en}"}


LISTS = both("", "") | both("articles/", "stories/") | both("thematiques/", "topics/")
LISTS |= both("auteurs/", "authors/") | both("feed/", "feed/") | both("feed/rss/", "feed/rss/")
LISTS |= both("feeds/", "feeds/") | {"/sitemap.xml", "/sitemap-news.xml", "/robots.txt"}
LISTS |= both("api/articles/", "api/articles/")


def make_newsletters(journal):
    for language in ("fr", "en"):
        Newsletter.objects.create(site=journal.site, language=language, name="N", is_open=True)


def change(page):
    return lambda: publish_draft(page, lead_fr="Autre chapeau.", lead_en="Another lead.")


def test_an_article_is_purged_with_all_that_shows_it(journal, purged):
    topic, author = make_topic(journal), make_author(journal)
    make_topic(journal, "Océans", "Oceans")
    make_plain_page(journal)
    page = make_article(journal, "Éléphant", "Elephant", topics=[topic], authors=[author])
    found = purged(change(page), f"/fr/api/articles/{page.pk}/")
    assert both("articles/elephant/", "stories/elephant/") | LISTS <= found
    assert both("articles/elephant/fr-en/", "stories/elephant/en-fr/") <= found
    assert both("thematiques/climat/", "topics/climate/") <= found
    assert both("auteurs/lea-rochat/", "authors/lea-rochat/") <= found
    feeds = {f"/fr/feed/topic/{topic.pk}/atom/", f"/en/feed/author/{author.pk}/json/"}
    assert {*feeds, f"/fr/api/articles/{page.pk}/"} <= found
    assert len(Batches.recorded) == 1


@pytest.mark.rare
def test_an_article_that_becomes_private_is_purged_beside_its_translation_too(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant")
    found = purged(lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"))
    assert both("articles/elephant/", "stories/elephant/") <= found
    assert both("articles/elephant/fr-en/", "stories/elephant/en-fr/") <= found


@pytest.mark.rare
def test_only_lists_of_the_languages_of_a_page_are_purged(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    found = purged(lambda: publish_draft(page, lead_fr="Autre chapeau."))
    assert {"/fr/", "/fr/articles/", "/fr/articles/elephant/", "/fr/feed/"} <= found
    assert not found & {"/en/", "/en/stories/", "/en/feed/"}


@pytest.mark.rare
def test_articles_that_suggest_or_link_to_it_are_purged(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant")
    make_article(journal, "Tigre", "Tiger", picks=[page])
    link = f'<p><a linktype="page" id="{page.pk}">Ici</a></p>'
    make_article(journal, "Lion", "Lion", body_fr=blocks(("paragraph", link)))
    found = purged(change(page))
    assert both("articles/tigre/", "stories/tiger/") <= found
    assert both("articles/lion/", "stories/lion/") <= found
    assert both("articles/tigre/", "stories/tiger/") <= purged(page.specific.delete)


@pytest.mark.rare
def test_articles_beside_it_are_purged(journal, purged):
    topic = make_topic(journal)
    for fr, en in (("Un", "One"), ("Deux", "Two")):
        page = make_article(journal, fr, en, topics=[topic])
    assert both("articles/un/", "stories/one/") <= purged(change(page))
    assert both("articles/un/", "stories/one/") <= purged(page.unpublish)


@pytest.mark.rare
def test_all_parts_of_a_series_are_purged(journal, purged):
    series = make_page(SeriesPage, journal.home, "Dossier", "Series")
    for number, (fr, en) in enumerate((("Un", "One"), ("Deux", "Two"), ("Trois", "Three"))):
        page = make_article(journal, fr, en, series=series, series_part=number + 1)
    found = purged(change(page))
    assert both("dossier/", "series/") | both("articles/un/", "stories/one/") <= found


@pytest.mark.rare
def test_a_print_issue_is_purged_with_its_list_and_its_articles(journal, purged, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    article = make_article(journal, "Un", "One")
    issues = make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")
    make_page(PrintIssuePage, issues, "Avril", "April")
    entries = [PrintIssueEntry(article=article)]
    issue = make_page(PrintIssuePage, issues, "Mai", "May", entries=entries)
    shown = both("articles/un/", "stories/one/") | both("numeros/", "print-issues/")
    shown |= both("numeros/?page=2", "print-issues/?page=2")
    assert shown | both("numeros/mai/", "print-issues/may/") <= purged(change(issue))
    assert shown <= purged(issue.unpublish)


@pytest.mark.rare
def test_articles_show_the_name_of_their_author_and_topic(journal, purged):
    topic, author = make_topic(journal), make_author(journal)
    make_article(journal, "Éléphant", "Elephant", topics=[topic], authors=[author])
    for page in (topic, author):
        found = purged(lambda page=page: publish_draft(page, headline_fr="Autre nom"))
        assert both("articles/elephant/", "stories/elephant/") <= found


def test_a_page_that_is_deleted_is_purged(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant", topics=[make_topic(journal)])
    found = purged(page.specific.delete)
    assert both("articles/elephant/", "stories/elephant/") | LISTS <= found
    assert both("thematiques/climat/", "topics/climate/") <= found


@pytest.mark.rare
def test_pages_with_an_image_are_purged_when_it_changes(journal, purged):
    image = make_image()
    make_article(journal, "Éléphant", "Elephant", hero_image=image)
    make_article(journal, "Tigre", "Tiger")
    image.alt_fr = "Un autre texte"
    found = purged(image.save)
    assert both("articles/elephant/", "stories/elephant/") <= found
    assert "/fr/articles/tigre/" not in found


@pytest.mark.parametrize(
    "change",
    one_of(
        [
            lambda page: JournalSettings.for_site(Site.objects.get()).save(),
            lambda page: AppearanceSettings.for_site(Site.objects.get()).save(),
            lambda page: publish_draft(page, show_in_menus=True),
            lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
            lambda page: invalidate_tags("texts:fr"),
            lambda page: invalidate_tags("related:*"),
        ],
        "matrix",
    ),
    ids=["settings", "theme", "menu", "privacy", "texts", "many"],
)
@pytest.mark.parametrize("prefixes", one_of([True, False], "rare"))
def test_what_all_pages_show_purges_all_pages(journal, purged, settings, change, prefixes):
    settings.DIPTYCH_PURGE_PREFIXES = prefixes
    page = make_plain_page(journal)
    make_newsletters(journal)
    make_article(journal, "Éléphant", "Elephant")
    found = purged(lambda: change(page))
    everything = LISTS | both("articles/elephant/", "stories/elephant/")
    everything |= both("newsletter/", "newsletter/") | both("offline.html", "offline.html")
    assert found == {"/*"} if prefixes else everything <= found


@pytest.mark.rare
def test_all_pages_of_a_list_are_purged(journal, purged, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    topic = make_topic(journal)
    for fr, en in (("Un", "One"), ("Deux", "Two"), ("Trois", "Three")):
        page = make_article(journal, fr, en, topics=[topic])
    found = purged(change(page))
    for path in ("/fr/articles/", "/en/topics/climate/"):
        assert {f"{path}?page=2", f"{path}?page=3"} <= found
        assert content_of(f"{path}?page=4") is None


@pytest.mark.rare
def test_many_addresses_are_purged_as_everything(journal, purged, settings, monkeypatch):
    settings.DIPTYCH_PURGE_PREFIXES = True
    monkeypatch.setattr(purging, "MOST_ADDRESSES", 3)
    assert purged(change(make_article(journal, "Éléphant", "Elephant"))) == {"/*"}


def test_every_page_is_purged_in_batches_without_prefixes(journal, purged, monkeypatch):
    monkeypatch.setattr(frontend_caches, "BATCH", 3)
    names = (("Un", "One"), ("Deux", "Two"), ("Trois", "Three"))
    pages = [make_article(journal, *name) for name in names]
    entries = {f"/en/api/articles/{page.pk}/" for page in pages}
    found = purged(lambda: invalidate_tags("everything"), *entries)
    assert {f"/fr/articles/{name}/" for name in ("un", "deux", "trois")} | LISTS <= found
    assert entries <= found
    assert max(map(len, Batches.recorded)) == 3


@pytest.mark.rare
def test_all_parts_of_the_sitemap_are_purged(journal, purged, monkeypatch):
    monkeypatch.setattr(LanguageSitemap, "limit", 4)
    page = make_article(journal, "Éléphant", "Elephant")
    found = {each for each in purged(change(page)) if each.startswith("/sitemap.xml")}
    parts = -(-LanguageSitemap(site=journal.site).items().count() // 4)
    assert parts == 2
    assert found == {"/sitemap.xml", *(f"/sitemap.xml?p={number}" for number in (1, 2))}


@pytest.mark.parametrize("change", [publish_languages, unpublish_languages])
@pytest.mark.rare
def test_the_newsletter_is_purged_with_what_may_open_or_close_a_language(journal, purged, change):
    make_newsletters(journal)
    page = make_article(journal, live_in=["fr"] if change is publish_languages else ["fr", "en"])
    found = purged(lambda: change(page.specific, ["en"]))
    assert "/fr/newsletter/" in found, "The switch of one names the other."
    assert "/fr/newsletter/sent/" in found


def test_a_draft_purges_nothing(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant")
    assert purged(lambda: write_draft(page, headline_fr="Brouillon")) == set()


def test_without_the_application_nothing_is_purged(
    journal, settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.Batches"}}
    Batches.recorded.clear()
    page = make_article(journal, "Éléphant", "Elephant")
    with django_capture_on_commit_callbacks(execute=True):
        change(page)()
        page.specific.delete()
    assert Batches.recorded == []


@pytest.mark.rare
def test_front_pages_that_name_articles_in_other_languages_are_purged(journal, purged):
    settings = JournalSettings.for_site(journal.site)
    settings.untranslated_on = ["topics", "home"]
    settings.save()
    topic = make_topic(journal)
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"], topics=[topic])
    found = purged(lambda: publish_draft(page, lead_fr="Autre chapeau."))
    assert {"/en/", "/en/topics/climate/"} <= found
    assert "/en/stories/" not in found


@pytest.mark.rare
def test_the_archive_is_purged_where_the_article_stood_and_stands(journal, purged):
    page = make_article(journal, publication_date=datetime(2026, 9, 15, 12, tzinfo=UTC))
    moved = datetime(2025, 3, 15, 12, tzinfo=UTC)
    assert content_of("/fr/archive/2025/") is None, "No cache in front keeps that it is missing."
    found = purged(lambda: publish_draft(page, publication_date=moved))
    for end in ("", "2026/", "2026/09/"):
        assert both(f"archive/{end}", f"archive/{end}") <= found
    found = purged(lambda: publish_draft(page, headline_fr="Autre titre"))
    assert {"/fr/archive/2025/03/", "/fr/archive/2025/"} <= found
    found = purged(lambda: unpublish_languages(page.specific, ["fr"]))
    assert "/fr/archive/2025/03/" in found
    assert "/en/archive/2025/03/" in found, "It says whether there is one in French."
