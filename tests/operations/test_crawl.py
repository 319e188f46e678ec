"""A walk through the whole demo from its front door, with the eyes of a crawler."""

import json
from urllib.parse import urlsplit

import feedparser
import pytest
from django.test import Client

from tests.operations.conftest import PORT
from tests.operations.crawling import MOVED, SEARCH, crawl
from tests.themes.structured import graph_of, schema_faults

pytestmark = [pytest.mark.django_db, pytest.mark.demo]

SITE = f"http://127.0.0.1:{PORT}"
#: How addresses end at which an article is read in two languages.
BESIDE = ("/fr-en/", "/en-fr/")


@pytest.fixture(scope="module")
def answers(demo, django_db_blocker):
    # Three articles in a feed say as much about it as twenty.
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("diptych.articles.syndication.feeds.views.LENGTH", 3)
        return crawl(f"{SITE}/")


@pytest.fixture(scope="module")
def pages(answers):
    """The pages that search engines may list, by address."""
    return {
        address: each
        for address, each in answers.items()
        if each.is_indexed and _is_of_a_language(address) and not address.endswith(BESIDE)
    }


def _is_of_a_language(address):
    return urlsplit(address).path.startswith(("/fr/", "/en/"))


def _can_move(address):
    """The front door and the choice of a language lead on; nothing else does."""
    path = urlsplit(address).path
    return path == "/" or path.startswith("/language/")


def _says_what_is_missing(answer):
    """Whether a page is not translated, and leads to where it can be read."""
    return answer.status == 404 and bool(answer.page.select("main a[hreflang]"))


def test_every_link_leads_somewhere(answers, pages):
    missing = {address for each in answers.values() for address in each.missing}
    wrong = {
        address: each.status
        for address, each in answers.items()
        if each.status != 200
        and not (each.status == MOVED and _can_move(address))
        and not (address in missing and _says_what_is_missing(each))
    }
    assert wrong == {}
    assert len(pages) > 60


def test_every_address_is_its_own_and_no_other(pages):
    named = {address: page.canonical for address, page in pages.items()}
    assert named == {address: [address] for address in pages}


def test_articles_side_by_side_lead_search_engines_to_one_alone(answers, pages):
    found = {address: page for address, page in answers.items() if address.endswith(BESIDE)}
    assert len(found) > 20
    for address, page in found.items():
        alone = f"{address[:-6]}"
        assert alone in pages
        assert page.canonical == [alone] and page.alternates == {}


def test_every_version_names_the_others_as_they_name_it(answers, pages):
    for address, page in pages.items():
        versions = page.alternates
        language = urlsplit(address).path[1:3]
        assert versions[language] == address and versions["x-default"] in versions.values()
        # The root leads to a front page, and is no page itself.
        for each in (url for url in versions.values() if urlsplit(url).path != "/"):
            assert answers[each].alternates == versions, (address, each)


def test_every_page_speaks_the_language_of_its_address(answers):
    wrong = [
        address
        for address, each in answers.items()
        if each.page
        and each.page.html["lang"] not in (urlsplit(address).path[1:3], "")
        and urlsplit(address).path.startswith(("/fr/", "/en/"))
    ]
    assert wrong == []


def test_no_page_has_faults_in_its_markup(answers):
    found = {address: each.faults() for address, each in answers.items() if each.page}
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_every_page_says_all_it_should_of_itself(pages):
    for address, page in pages.items():
        assert schema_faults(graph_of(page.content)) == [], address
        for name in ("description", "og:title", "og:description", "og:url", "og:image"):
            found = page.page.select(f'meta[name="{name}"], meta[property="{name}"]')
            assert [bool(each["content"]) for each in found] == [True], (address, name)


def test_no_two_pages_have_the_same_title(pages):
    titles = {}
    for address, page in pages.items():
        titles.setdefault(page.page.title.text, []).append(address)
    of_one_language = [
        shared
        for shared in titles.values()
        if len({urlsplit(each).path[1:3] for each in shared}) < len(shared)
    ]
    assert of_one_language == []


def test_every_feed_can_be_read(answers, pages):
    feeds = {each for page in pages.values() for each in page.feeds}
    assert len(feeds) > 60
    for address in feeds:
        answer = answers[address]
        if answer.kind.startswith("application/feed+json"):
            assert json.loads(answer.content)["items"], address
            continue
        headers = {"content-type": answer.kind}
        parsed = feedparser.parse(answer.content, response_headers=headers)
        assert not parsed.bozo and parsed.entries, (address, parsed.get("bozo_exception"))


def test_the_sitemap_holds_every_page_that_a_link_leads_to(pages):
    client = Client(headers={"host": urlsplit(SITE).netloc})
    sitemap = client.get("/sitemap.xml").content.decode()
    told = {each.partition("</loc>")[0] for each in sitemap.split("<loc>")[1:]}
    # The search is found through its links: it is no page of the tree.
    expected = {each for each in pages if "?page=" not in each and not each.endswith(SEARCH)}
    assert expected <= told
