"""Pages of types without languages are served at one address, which everything names."""

import re
from urllib.parse import quote

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from diptych.articles.models.republishing import RepublishingMixin
from tests.factories import make_article, make_journal, make_plain_page

BESIDES = pytest.mark.urls("tests.articles.addresses.besides")
UNPREFIXED = pytest.mark.urls("tests.articles.addresses.unprefixed")

pytestmark = pytest.mark.django_db


@pytest.fixture
def breads(journal):
    """A page of Wagtail's own type, which has no languages, and one below it."""
    home = journal.home
    page = home.add_child(instance=Page(title="Breads", slug="breads"))
    page.add_child(instance=Page(title="Rye", slug="rye"))
    return page


@BESIDES
def test_a_front_page_without_languages_may_have_some_later(client, breads):
    """Browsers remember a permanent redirect, and would not see that the site leads here then."""
    site = Site.objects.get()
    plain = Page.objects.get(depth=1).add_child(instance=Page(title="Plain", slug="plain"))
    site.root_page = plain
    site.save()
    answer = client.get("/fr/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "max-age" not in answer.headers.get("Cache-Control", "")


def places(client, path, **headers):
    """The statuses and addresses on the way from ``path``."""
    response = client.get(path, follow=True, headers=headers)
    return [*[url for url, _status in response.redirect_chain], response.status_code]


def sitemap_of(client, path="/sitemap.xml", **headers):
    found = client.get(path, headers=headers).content.decode()
    return [url for url in re.findall("<loc>(.+?)</loc>", found) if "breads" in url]


@BESIDES
@pytest.mark.parametrize("accepted", ["fr", "en"])
def test_beside_wagtails_addresses_it_stands_there_alone(client, breads, accepted):
    for prefix in ("/fr", "/en"):
        for path in ("/breads/", "/breads/rye/"):
            headers = {"accept-language": accepted}
            assert places(client, f"{prefix}{path}?a=b", **headers) == [f"{path}?a=b", 200]
            assert places(client, path, **headers) == [200]
    assert breads.get_full_url() == "http://testserver/breads/"
    expected = ["http://testserver/breads/", "http://testserver/breads/rye/"]
    assert sitemap_of(client, **{"accept-language": accepted}) == expected
    assert sitemap_of(client, "/wagtail.xml", **{"accept-language": accepted}) == expected


@pytest.mark.parametrize("accepted", ["fr", "en"])
def test_without_those_it_stands_below_the_language_of_the_project(client, breads, accepted):
    headers = {"accept-language": accepted}
    assert places(client, "/fr/breads/rye/", **headers) == [200]
    assert places(client, "/en/breads/rye/?a=b", **headers) == ["/fr/breads/rye/?a=b", 200]
    assert places(client, "/breads/rye/", **headers)[-2:] == ["/fr/breads/rye/", 200]
    assert sitemap_of(client, **headers)[0] == "http://testserver/fr/breads/"


@UNPREFIXED
def test_it_has_no_prefix_where_the_language_of_the_project_has_none(client, breads):
    assert places(client, "/breads/rye/") == [200]
    assert places(client, "/en/breads/rye/") == ["/breads/rye/", 200]
    assert places(client, "/fr/breads/rye/") == ["/breads/rye/", 200]
    assert sitemap_of(client)[0] == breads.get_full_url() == "http://testserver/breads/"


@pytest.mark.parametrize(
    ("urlconf", "path"),
    [("besides", "/über-uns/"), ("below_locales", "/fr/über-uns/"), ("unprefixed", "/über-uns/")],
)
def test_letters_with_marks_in_its_address_are_no_other_address(client, settings, urlconf, path):
    settings.ROOT_URLCONF = f"tests.articles.addresses.{urlconf}"
    make_journal().home.add_child(instance=Page(title="Über uns", slug="über-uns"))
    assert places(client, path) == [200]
    assert places(client, "/en/über-uns/") == [quote(path), 200]


@BESIDES
def test_a_page_with_a_routing_of_its_own_stands_where_it_says(client, breads, monkeypatch):
    """A blog that has its pages at their dates, as page types of a host may do."""
    rye = breads.get_children().get()

    def route(page, request, components):
        if page.pk == breads.pk and components[:3] == ["2024", "05", "rye"]:
            return RouteResult(rye, kwargs={})
        return usual_route(page, request, components)

    def get_url_parts(page, request=None):
        site, root, path = usual_parts(page, request)
        return site, root, path.replace("breads/rye", "breads/2024/05/rye")

    usual_route, usual_parts = Page.route, Page.get_url_parts
    monkeypatch.setattr(Page, "route", route)
    assert places(client, "/en/breads/2024/05/rye/") == [200]
    monkeypatch.setattr(Page, "get_url_parts", get_url_parts)
    at = "/breads/2024/05/rye/"
    assert places(client, f"/en{at}") == [at, 200]
    assert places(client, "/en/breads/rye/") == [at, 200]


@BESIDES
def test_its_address_ends_as_wagtail_has_it(client, breads, monkeypatch):
    monkeypatch.setattr("wagtail.models.pages.WAGTAIL_APPEND_SLASH", False)
    assert client.get("/fr/breads/")["Location"] == "/breads"


@UNPREFIXED
def test_an_address_without_a_last_slash_is_not_redirected_to_itself(client, breads, monkeypatch):
    monkeypatch.setattr("wagtail.models.pages.WAGTAIL_APPEND_SLASH", False)
    assert client.get("/breads/").status_code == 200


@BESIDES
def test_a_setting_has_it_served_below_each_prefix_too(client, breads, settings):
    settings.DIPTYCH_OTHER_PAGES_BELOW_PREFIXES = True
    for path in ("/fr/breads/", "/en/breads/"):
        response = client.get(path)
        assert response.status_code == 200
        assert response["Link"] == '<http://testserver/breads/>; rel="canonical"'
    assert "Link" not in client.get("/breads/")


@BESIDES
def test_a_page_that_is_sent_a_form_is_not_redirected(client, breads):
    assert client.post("/en/breads/").status_code == 200


@BESIDES
def test_below_a_page_in_several_languages_it_stands_below_the_address_wagtail_gives(
    journal, client
):
    stories = journal.articles
    stories.add_child(instance=Page(title="Plain", slug="plain"))
    for path in ("/fr/articles/plain/", "/en/stories/plain/"):
        assert places(client, path) == ["/articles/plain/", 200]
    assert places(client, "/articles/plain/") == [200]


@BESIDES
def test_a_home_page_without_languages_stays_at_the_root(journal, client):
    welcome = Page(title="Welcome", slug="welcome")
    Page.get_first_root_node().add_child(instance=welcome)
    journal.site.root_page = welcome
    journal.site.save()
    page = make_plain_page(journal, "Horaires", "Opening hours", parent=welcome)
    assert places(client, "/") == [200]
    assert places(client, "/fr/") == places(client, "/en/") == ["/", 200]
    assert places(client, "/fr/horaires/") == places(client, "/en/opening-hours/") == [200]
    assert places(client, "/horaires/") == ["/fr/horaires/", 200]
    assert page.full_url_in("en") == "http://testserver/en/opening-hours/"


def test_the_entrance_leads_to_a_home_page_without_languages(journal, client):
    welcome = Page(title="Welcome", slug="welcome")
    Page.get_first_root_node().add_child(instance=welcome)
    journal.site.root_page = welcome
    journal.site.save()
    assert places(client, "/", **{"accept-language": "en"}) == ["/fr/", 200]


@BESIDES
def test_wagtails_addresses_show_no_page_in_several_languages(journal, client):
    """Neither one that is live in no language, nor where a redirect leads elsewhere."""
    make_article(journal, "Caché", "Hidden", live_in=())
    assert client.get("/articles/cache/").status_code == 404
    moved = make_article(journal, "Parti", "Gone")
    Redirect.add_redirect("/articles/parti", redirect_to="/search/", is_permanent=False)
    assert places(client, "/articles/parti/") == ["/search/", 200]
    assert places(client, moved.url_in("fr")) == [200]


@pytest.mark.parametrize("answer", [None, (7, "https://elsewhere.example", "/somewhere/")])
def test_a_base_class_with_addresses_of_its_own_is_asked(journal, monkeypatch, answer):
    article = make_article(journal)
    asked = []

    def get_url_parts(page, request=None):
        asked.append(page.url_path)
        return answer

    monkeypatch.setattr(RepublishingMixin, "get_url_parts", get_url_parts, raising=False)
    assert article.full_url_in("en") == (answer and "https://elsewhere.example/somewhere/")
    assert asked == [article.address_in("en")]
