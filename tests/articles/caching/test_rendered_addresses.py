"""What a cache in front of the site may store is recorded with its tags."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from diptych.articles.caching import rendered_addresses, storage, versions
from diptych.articles.caching.models import Change, RenderedAddress
from diptych.articles.caching.versions import ProcessState, invalidate_tags
from diptych.articles.languages.models import UnpurgedAddress
from tests.articles.caching.workers import BehindCache, Worker, put_cache_in_front
from tests.factories import publish_draft

ORIGIN = "http://testserver"


@pytest.fixture
def front(monkeypatch, settings, article):
    put_cache_in_front(monkeypatch, settings)
    return BehindCache(Worker(monkeypatch, "behind", Client()))


def recorded():
    return {each.address.removeprefix(ORIGIN): each for each in RenderedAddress.objects.all()}


def test_an_address_is_recorded_with_what_it_shows(article, front):
    url = article.url_in("fr")
    front.answer(url)
    assert {f"page:{article.pk}", "list:fr", "everything"} <= set(recorded()[url].tags.split())
    publish_draft(article, lead_fr="Un tout autre chapeau.")
    assert "Un tout autre chapeau." in front.answer(url)[2].decode()
    assert not UnpurgedAddress.objects.exists()
    assert not Change.objects.filter(is_purged=False).exists()


def test_nothing_is_recorded_without_a_cache_in_front(article, ask):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask(article.url_in("fr"))
    assert not any("renderedaddress" in each["sql"].lower() for each in queries)
    publish_draft(article, lead_fr="Un tout autre chapeau.")
    assert not RenderedAddress.objects.exists() and not UnpurgedAddress.objects.exists()
    assert not Change.objects.filter(is_purged=False).exists()


def test_what_is_kept_already_is_not_recorded_again(article, front):
    front.answer(article.url_in("fr"))
    with CaptureQueriesContext(connection) as queries:
        front.worker.answer(article.url_in("fr"))
    assert len(queries) == 2, "Both read the log of changes, before and afterwards."


@pytest.mark.parametrize("query", ["?utm_source=x", "?page=2&x=1"])
def test_an_address_with_other_keys_is_not_stored_in_front(front, query):
    path = f"/fr/articles/{query}"
    front.answer(path)
    assert front.stored == {} and path not in recorded()


@pytest.mark.parametrize("uri", ["/fr/%61rticles/", "/fr/articles/?", "//fr/articles/"])
@pytest.mark.parametrize("name", ["RAW_URI", "REQUEST_URI"])
def test_an_address_in_another_spelling_is_not_stored_in_front(front, uri, name):
    """Caches in front know addresses as they are spelt, as nginx by `$request_uri`."""
    response = Client().get("/fr/articles/", **{name: uri})
    assert response["Cache-Control"] == "max-age=0, s-maxage=0" and not recorded()
    response = Client().get("/fr/articles/?page=1", **{name: "/fr/articles/?page=1"})
    assert "s-maxage=600" in response["Cache-Control"]
    assert set(recorded()) == {"/fr/articles/?page=1"}


def test_what_is_missing_or_redirected_is_not_stored_in_front(article, front):
    for path, status in (("/fr/articles/none/", 404), ("/fr/articles", 301), ("/", 302)):
        response = Client().get(path)
        assert response.status_code == status
        assert "s-maxage=0" in response["Cache-Control"] or "max-age=0" in response["Cache-Control"]


def test_encoded_addresses_are_purged_as_they_are_asked_for(article, front):
    publish_draft(article, url_slug_fr="été")
    path = "/fr/articles/%C3%A9t%C3%A9/"
    assert front.answer(path) and path in front.stored and path in recorded()


def test_a_page_of_before_is_purged_after_it_was_rendered_anew(article, front):
    """A cache has the first, another server of it asks for the second before the purge."""
    url = article.url_in("fr")
    front.answer(url)
    row = RenderedAddress.objects.get(address=f"{ORIGIN}{url}")
    RenderedAddress.objects.update(tags=f"{row.tags} image:4711")
    storage.memory.clear()
    Client().get(url)
    assert "image:4711" not in RenderedAddress.objects.get(pk=row.pk).tags
    invalidate_tags("image:4711")
    assert url not in front.stored


def test_a_page_from_the_store_is_recorded_by_who_sends_it(article, front, pages_on_disk):
    url = article.url_in("fr")
    front.answer(url)
    RenderedAddress.objects.all().delete()
    storage.memory.clear()
    Client().get(url)
    assert url in recorded()


def test_a_change_while_a_page_is_sent_purges_it(article, front, monkeypatch):
    url, record = article.url_in("fr"), rendered_addresses.record

    def record_later(*arguments):
        monkeypatch.setattr(rendered_addresses, "record", record)
        with monkeypatch.context() as other:
            other.setattr(versions, "process_state", ProcessState())
            publish_draft(article, lead_fr="Un tout autre chapeau.")
        front.stored[url] = b"old"  # stored after the purge, as its answer came later
        record(*arguments)

    monkeypatch.setattr(rendered_addresses, "record", record_later)
    Client().get(url)
    assert url not in front.stored


def test_the_oldest_are_forgotten_and_purged(front, monkeypatch):
    monkeypatch.setattr(RenderedAddress, "MOST", 1)
    for path in ("/fr/", "/en/", "/fr/articles/"):
        front.answer(path)
    rendered_addresses.forget_oldest()
    assert set(recorded()) == set(front.stored) == {"/fr/", "/en/", "/fr/articles/"}
    RenderedAddress.objects.exclude(address__endswith="/en/").update(
        rendered_at=now() - timedelta(hours=3)
    )
    rendered_addresses.forget_oldest()
    assert set(recorded()) == set(front.stored) == {"/en/"}


def test_while_the_database_does_not_answer_nothing_is_recorded(article, front, ask):
    asked, url = [], article.url_in("fr")

    def unanswered(execute, sql, params, many, context):
        asked.append(sql)
        raise OperationalError("timeout expired")

    front.answer(url)
    with front.worker.running(), connection.execute_wrapper(unanswered):
        answers = [ask(url) for _time in range(5)]
    assert {each.status_code for each in answers} == {200}
    assert len(asked) == 2, "The log is read once, and not again for a while."
    assert all("s-maxage=0, stale-if-error=" in each["Cache-Control"] for each in answers)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_what_cannot_be_recorded_is_answered_and_logged(article, front, ask, caplog, error):
    def broken(execute, sql, params, many, context):
        if "rendered" in sql:
            raise error("the connection is closed")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        assert ask(article.url_in("fr")).status_code == 200
    assert "could not be recorded" in caplog.text
