"""What crawlers are told: the pages there are, the news among them, and where to read of both."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from wagtail.models import Page, PageViewRestriction, Site

from diptych.articles.models import (
    ArticlePage,
    JournalSettings,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
    StandardPage,
)
from diptych.articles.syndication.sitemaps import LanguageSitemap, seconds_until_news_differ
from tests.factories import (
    make_article,
    make_author,
    make_journal,
    make_page,
    make_plain_page,
    make_topic,
    publish_draft,
)

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
FRENCH, ENGLISH = f"{SITE}/fr/articles/le-lac-gele/", f"{SITE}/en/stories/the-lake-freezes/"
#: Addresses of the archive and of the page about feeds.
VIEWS = re.compile("/(archive|feeds)/")
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(scope="module")
def schema():
    return etree.XMLSchema(file=str(Path(__file__).parent / "sitemap.xsd"))


@pytest.fixture
def read(client, schema):
    """A file for crawlers, checked against the schema."""

    def read(address, **headers):
        response = client.get(address, headers=headers)
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
        document = etree.fromstring(response.content)
        schema.assertValid(document)
        return document

    return read


def addresses(document):
    return document.xpath("//s:loc/text()", namespaces=NAMES)


def apart_from_views(addresses):
    """Those of pages, and those of the archive and of the page about feeds."""
    views = [each for each in addresses if VIEWS.search(each)]
    return [each for each in addresses if each not in views], views


def versions_by_address(document):
    found = {}
    for url in document.xpath("s:url", namespaces=NAMES):
        links = url.xpath("xhtml:link", namespaces=NAMES)
        versions = {link.get("hreflang"): link.get("href") for link in links}
        found[url.findtext("s:loc", namespaces=NAMES)] = versions
    return found


def test_every_page_names_its_versions_and_they_name_it(journal, read):
    make_article(journal)
    make_article(journal, "Seul", "Only", live_in=("fr",))
    found = versions_by_address(read("/sitemap.xml"))
    pages, views = apart_from_views(found)
    # The archive itself, a year and a month, and the page about feeds, in each language.
    assert (len(pages), len(views)) == (2 * 5 + 1, 2 * 4)
    assert found[FRENCH] == found[ENGLISH]
    assert found[FRENCH] == {"fr": FRENCH, "en": ENGLISH, "x-default": FRENCH}
    alone = f"{SITE}/fr/articles/seul/"
    assert found[alone] == {"fr": alone, "x-default": alone}
    for address, versions in found.items():
        assert address in versions.values()
        # The root leads to a front page, and is no page itself.
        pages = set(versions.values()) - {f"{SITE}/"}
        assert all(found[each] == versions for each in pages)


def test_each_language_says_when_it_changed(journal, read):
    article = publish_draft(make_article(journal), lead_fr="Un chapeau corrigé.")
    article.write_column("updated_at", "fr", timezone.now() - timedelta(days=3))
    article.write_column("first_public_at", "en", timezone.now() - timedelta(days=9))
    document = read("/sitemap.xml")

    def change_of(address):
        (found,) = document.xpath(f"s:url[s:loc='{address}']/s:lastmod/text()", namespaces=NAMES)
        return found

    today = timezone.localdate()
    assert change_of(FRENCH) == (today - timedelta(days=3)).isoformat()
    assert change_of(ENGLISH) == (today - timedelta(days=9)).isoformat()


def test_what_may_not_be_seen_is_in_no_sitemap(journal, read):
    before = addresses(read("/sitemap.xml"))
    make_article(journal, "Brouillon", "Draft", live_in=())
    private = make_article(journal)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    alias = private.create_alias(parent=journal.articles, update_slug="alias")
    assert alias.live
    assert addresses(read("/sitemap.xml")) == before
    assert addresses(read("/sitemap-news.xml")) == []


def test_each_site_has_its_own(journal, read):
    other = make_journal("other.example")
    make_article(other, "Ailleurs", "Elsewhere")
    found = addresses(read("/sitemap.xml", host="other.example"))
    assert all(each.startswith("http://other.example/") for each in found)
    pages, views = apart_from_views(found)
    assert (len(pages), len(views)) == (2 * 5, 2 * 4)
    assert not [each for each in addresses(read("/sitemap.xml")) if "other" in each]
    news = addresses(read("/sitemap-news.xml", host="other.example"))
    assert set(news) == {
        "http://other.example/fr/articles/ailleurs/",
        "http://other.example/en/stories/elsewhere/",
    }


def test_a_large_site_is_told_in_parts(journal, read, client, monkeypatch):
    whole = addresses(read("/sitemap.xml"))
    monkeypatch.setattr(LanguageSitemap, "limit", 3)
    parts = addresses(read("/sitemap.xml"))
    assert parts == [f"{SITE}/sitemap.xml?p=1", f"{SITE}/sitemap.xml?p=2"]
    found = [each for part in parts for each in addresses(read(part.removeprefix(SITE)))]
    # What is no page stands at the end of the first part.
    assert apart_from_views(found) == apart_from_views(whole)
    for wrong in ("0", "3", "-1", "abc", "9" * 5000):
        assert client.get(f"/sitemap.xml?p={wrong}").status_code == 404


@pytest.mark.scale
def test_more_pages_cost_no_more_queries(journal, client):
    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    def counts():
        return [count(address) for address in ("/sitemap.xml", "/sitemap-news.xml", "/robots.txt")]

    make_article(journal)
    make_topic(journal)
    make_plain_page(journal)
    few = counts()
    for number in range(4):
        make_article(journal, f"Un {number}", f"One {number}")
        make_topic(journal, f"Sujet {number}", f"Subject {number}")
    assert counts() == few


def test_news_are_two_days_old_at_most_in_their_language(journal, read):
    settings = JournalSettings.for_site(journal.site)
    settings.name_fr, settings.name_en = "Passerelle", "Footbridge & co."
    settings.save()
    make_article(journal, en="Ice\x0b & <snow>", url_slug_en="ice", live_in=("fr", "en"))
    now = timezone.now()
    for name, hours in (("Ancien", -49), ("À venir", 1)):
        date = now + timedelta(hours=hours)
        make_article(journal, name, name, publication_date=date)
    document = read("/sitemap-news.xml")
    told = {
        (
            url.findtext("s:loc", namespaces=NAMES),
            url.findtext(".//news:name", namespaces=NAMES),
            url.findtext(".//news:language", namespaces=NAMES),
            url.findtext(".//news:title", namespaces=NAMES),
        )
        for url in document.xpath("s:url", namespaces=NAMES)
    }
    assert told == {
        (FRENCH, "Passerelle", "fr", "Le lac gèle"),
        (f"{SITE}/en/stories/ice/", "Footbridge & co.", "en", "Ice & <snow>"),
    }


def test_a_translation_of_today_is_news_in_its_language(journal, read):
    article = make_article(journal)
    article.set_text("first_public_at", "fr", timezone.now() - timedelta(days=9))
    article.save()
    assert addresses(read("/sitemap-news.xml")) == [ENGLISH]


def test_news_hold_until_an_article_leaves_them_or_comes_in(journal, read):
    assert seconds_until_news_differ(journal.site) is None
    for name, hours in (("Un", -47), ("Deux", -1), ("Ancien", -49), ("Trois", 3)):
        date = timezone.now() + timedelta(hours=hours)
        make_article(journal, name, name, publication_date=date)
    assert 3500 < seconds_until_news_differ(journal.site) <= 3600
    ArticlePage.objects.get(headline_fr="Un").delete()
    assert 10700 < seconds_until_news_differ(journal.site) <= 10800


def test_robots_know_the_news_before_there_are_any(journal, client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert f"Sitemap: {SITE}/sitemap-news.xml" in lines


def test_a_list_has_changed_when_its_newest_article_came(journal, client):
    series = make_page(SeriesPage, journal.home, "Le gel", "The frost")
    topic, author = make_topic(journal), make_author(journal)
    of = {"topics": [topic], "authors": [author], "series": series}
    make_article(journal, **of)
    article = make_article(journal, "Le bois", "The wood", **of)
    make_article(journal, "Le feu", "The fire", live_in=("fr",), topics=[topic])
    came = datetime(2040, 5, 4, tzinfo=UTC)
    ArticlePage.objects.filter(pk=article.pk).update(first_public_at_en=came)
    document = etree.fromstring(client.get("/sitemap.xml").content)
    for page in (journal.home, journal.articles, topic, author, series):
        path = f"s:url[s:loc='{SITE}{page.url_in('en')}']/s:lastmod"
        assert document.findtext(path, namespaces=NAMES).startswith("2040-05-04")
        path = path.replace(page.url_in("en"), page.url_in("fr"))
        assert not document.findtext(path, namespaces=NAMES).startswith("2040")


def test_an_index_has_changed_when_a_page_of_it_did(journal, client):
    topic, author = make_topic(journal), make_author(journal)
    article = make_article(journal, topics=[topic], authors=[author])
    issues = make_page(PrintIssueIndexPage, journal.home, "Numéros", "Issues")
    issue = make_page(PrintIssuePage, issues, "Le froid", "The cold")
    came = datetime(2040, 5, 4, tzinfo=UTC)
    ArticlePage.objects.filter(pk=article.pk).update(first_public_at_en=came)
    PrintIssuePage.objects.filter(pk=issue.pk).update(updated_at_en=came)
    document = etree.fromstring(client.get("/sitemap.xml").content)
    for index in (journal.topics, journal.authors, issues):
        dates = {
            code: document.findtext(
                f"s:url[s:loc='{SITE}{index.url_in(code)}']/s:lastmod", namespaces=NAMES
            )
            for code in ("fr", "en")
        }
        assert dates["en"].startswith("2040-05-04") and not dates["fr"].startswith("2040")


def test_the_front_page_is_for_readers_of_other_languages_where_they_choose(journal, client):
    root = f"{SITE}/"
    document = etree.fromstring(client.get("/sitemap.xml").content)
    path = f"s:url[s:loc='{SITE}/fr/']/xhtml:link[@hreflang='x-default']/@href"
    assert document.xpath(path, namespaces=NAMES) == [root]
    head = BeautifulSoup(client.get("/en/").content, "lxml").head
    assert head.select_one("link[hreflang=x-default]")["href"] == root


def test_robots_are_told_where_the_sitemaps_are(journal, client):
    make_article(make_journal("other.example"))
    make_article(journal)
    for host in ("testserver", "other.example"):
        lines = client.get("/robots.txt", headers={"host": host}).content.decode().splitlines()
        assert lines[0] == "User-agent: *"
        assert "Disallow: /admin/" in lines and "Disallow: /language/" in lines
        assert f"Sitemap: http://{host}/sitemap.xml" in lines
        assert f"Sitemap: http://{host}/sitemap-news.xml" in lines


def test_without_a_site_there_is_nothing_to_tell(client):
    Site.objects.all().delete()
    for address, status in (
        ("/sitemap.xml", 404),
        ("/sitemap-news.xml", 404),
        ("/robots.txt", 200),
    ):
        assert client.get(address).status_code == status


def test_a_page_of_another_kind_may_name_a_day_only(client, journal, monkeypatch):
    make_article(journal)
    make_plain_page(journal)
    day = {"location": f"{SITE}/en/about/", "lastmod": date(2024, 5, 17)}
    monkeypatch.setattr(StandardPage, "get_sitemap_urls", lambda page, request: [day])
    answer = client.get("/sitemap.xml")
    assert "<lastmod>2024-05-17</lastmod>" in answer.content.decode()
    assert answer["Last-Modified"]


def test_no_text_is_fetched_to_name_a_page(client, journal):
    make_article(journal)
    with CaptureQueriesContext(connection) as queries:
        client.get("/sitemap.xml")
        client.get("/en/stories/")
    statements = "\n".join(query["sql"] for query in queries)
    assert '"diptych_articlepage"."headline_en"' in statements
    for column in ("body_en", "provenance_en"):
        assert f'"diptych_articlepage"."{column}"' not in statements


@pytest.mark.urls("tests.articles.addresses.besides")
def test_what_a_page_type_says_of_itself_stands_there(journal, read, monkeypatch):
    """Pages of other types may give dates, hints and addresses that have to be escaped."""
    urls = [
        {
            "location": f"{SITE}/plain/?a=1&b=2",
            "lastmod": date(2026, 3, 2),
            "changefreq": "weekly",
            "priority": 0.4,
            "alternates": [{"lang_code": "de", "location": f'{SITE}/"&de"/'}],
        },
        {"location": f"{SITE}/bare/", "lastmod": datetime(2026, 3, 2, 23, 30, tzinfo=UTC)},
    ]
    journal.home.add_child(instance=Page(title="Plain", slug="plain"))
    monkeypatch.setattr(Page, "get_sitemap_urls", lambda page, request=None: urls)
    document = read("/sitemap.xml")

    def values(name, address):
        return document.xpath(f"s:url[s:loc='{address}']/s:{name}/text()", namespaces=NAMES)

    hinted = urls[0]["location"]
    assert values("lastmod", hinted) == ["2026-03-02"]
    assert (values("changefreq", hinted), values("priority", hinted)) == (["weekly"], ["0.4"])
    assert versions_by_address(document)[hinted] == {"de": f'{SITE}/"&de"/'}
    bare = urls[1]["location"]
    assert values("lastmod", bare) == ["2026-03-03"]  # in the time zone of the site
    assert versions_by_address(document)[bare] == {} and not values("priority", bare)
