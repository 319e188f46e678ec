"""Views of a host keep their addresses, and their misses are no matter of the pages."""

import pytest

from tests.factories import make_article
from tests.tiers import one_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.articles.addresses.besides")]


@pytest.mark.parametrize(
    "path", ["/search/?page=99", "/api/v3/", "/api/v3", "/api/", "/nowhere/", "/nowhere"]
)
@pytest.mark.parametrize("language", one_of(["fr", "en"], "matrix"))
def test_a_miss_of_the_host_stays_its_own(journal, client, path, language):
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 404 or response["Location"] == f"{path}/"
    if response.status_code != 404:
        assert client.get(response["Location"]).status_code == 404


def test_its_own_views_answer_beside_those_of_the_journal(journal, client):
    assert client.get("/search/").content == b"Search of the host"
    assert client.get("/api/v2/").content == b"API of the host"
    assert client.get("/fr/search/").status_code == 200
    assert client.get("/fr/api/articles/").status_code == 200


@pytest.mark.parametrize("accepted", ["fr", "en"])
def test_a_page_is_found_without_its_prefix(journal, client, accepted):
    """At the address that Wagtail would give it, or at that of the language of the browser."""
    make_article(journal)
    response = client.get("/articles/le-lac-gele/?a=b", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (301, "/fr/articles/le-lac-gele/?a=b")
    assert response["Cache-Control"] == "max-age=3600"
    path = "/stories/the-lake-freezes/"
    response = client.get(f"{path}?a=b", headers={"accept-language": accepted})
    if accepted == "en":
        assert (response.status_code, response["Location"]) == (302, f"/en{path}?a=b")
        assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("accepted", ["fr", "en"])
def test_the_root_leads_to_the_home_page_in_the_language_of_the_browser(journal, client, accepted):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{accepted}/")
