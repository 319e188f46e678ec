"""Whatever is asked for, the answer is a page, a redirect or "not found", never a failure."""

from contextlib import suppress
from itertools import product

import pytest
from django.http import Http404
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diptych.articles.languages.urls import serve
from tests.factories import make_article

ODD = [
    "/fr/nulle-part/",
    "/fr/articles/nulle-part/",
    "/fr/articles/elephant/nulle-part/",
    "/en/stories/elephant/elephant/",
    "/fr//articles//elephant/",
    "/fr/articles/elephant//",
    "/fr/articles/elephant/../../",
    "/fr/articles/./elephant/",
    "/fr/%00/",
    "/fr/articles/ele%00phant/",
    "/fr/%ff%fe/",
    "/fr/%E0%A4%A/",
    "/fr/%c3%28/",
    "/fr/%2e%2e/%2e%2e/etc/passwd",
    "/fr/%F0%9F%90%98/",
    "/fr/articles/%2Felephant/",
    "/fr/articles/elephant%0d%0aSet-Cookie:x/",
    "/fr/articles/' OR 1=1/",
    "/fr/~1/",
    "/fr/%/",
    "/fr/_/",
    "/fr/articles/ELEPHANT/",
    "/de/articles/elephant/",
    "/xx/",
    "/fr-ch/articles/",
    "/FR/",
    "/accueil/articles/elephant/",
    "/fr/accueil/articles/elephant/",
]


@pytest.fixture
def article(journal):
    return make_article(journal, "Éléphant", "Elephant")


@pytest.mark.odd
def test_an_odd_address_is_not_found(article, reader, subtests):
    for address in ODD:
        with subtests.test(address):
            assert reader.get(address, follow=True).status_code == 404


def test_an_address_of_eight_kilobytes_is_not_found(article, reader, subtests):
    paths = ["x" * 8192, "x/" * 4096, "articles/" * 910, "é/" * 1000, "elephant-" * 900]
    for prefix, path in product(["fr", "en", "de"], paths):
        with subtests.test(prefix=prefix, path=path[:9]):
            assert reader.get(f"/{prefix}/{path}/", follow=True).status_code == 404


def test_an_address_with_a_query_of_any_kind_is_still_found(article, reader):
    for query in ("?", "?x=%00", "?page=99999999999999999999", "?q=" + "x" * 4000, "?%ff"):
        assert reader.get(f"/fr/articles/elephant/{query}").status_code == 200


@pytest.mark.odd
@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(path=st.text(max_size=60))
def test_any_path_at_all_is_served_or_not_found(article, path):
    """Below the address patterns, which let only words through: no text upsets the search."""
    request = RequestFactory().get("/")
    with suppress(Http404):
        assert serve(request, path).status_code in (200, 301)
