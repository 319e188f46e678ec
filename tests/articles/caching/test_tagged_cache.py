"""What a process keeps in memory: used while nothing has changed, made anew once something has."""

import time

import pytest
from django.core.signals import request_finished, request_started
from django.db import transaction
from django.test import RequestFactory
from wagtail.models import Locale, Page, Site

from diptych.articles.caching.models import Change
from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.caching.versions import (
    depends_on,
    invalidate_tags,
    longest_life,
    recording,
    versions_of,
)
from diptych.articles.models import JournalSettings

pytestmark = pytest.mark.usefixtures("committed")


class Numbers:
    """Makes another number each time it is called."""

    def __init__(self):
        self.made = 0

    def __call__(self):
        depends_on("image:1")
        self.made += 1
        return self.made


@pytest.fixture
def kept():
    values, numbers = TaggedCache(size=2), Numbers()
    return lambda key="one": values.get(key, ["menu"], numbers)


def test_made_once_until_a_tag_is_raised(kept):
    assert [kept(), kept()] == [1, 1]
    invalidate_tags("page:1")
    assert kept() == 1
    invalidate_tags("menu")
    assert [kept(), kept()] == [2, 2]


def test_depends_on_what_was_used_to_make_it(kept):
    assert kept() == 1
    invalidate_tags("image:1")
    assert kept() == 2


def test_what_is_rendered_depends_on_it_whether_made_or_found(kept):
    for _time in range(2):
        with recording() as used:
            kept()
        assert used == {"menu", "image:1"}


def test_within_a_transaction_that_changes_something_nothing_is_kept(kept):
    assert kept() == 1
    with transaction.atomic():
        invalidate_tags("menu")
        assert [kept(), kept()] == [2, 3]
    assert [kept(), kept()] == [4, 4]


def test_what_changes_during_a_request_is_made_anew_by_the_next(kept):
    """A value made from newer rows than the request knows of is not taken for one of these."""
    request_started.send(None)
    assert kept("other") == 1
    invalidate_tags("page:7")
    request_finished.send(None)
    invalidate_tags("menu")
    assert [kept("other"), kept("other")] == [2, 2]


def test_what_a_request_read_before_it_raised_something_is_not_kept_as_newer(kept):
    request_started.send(None)
    versions_of(["menu"])
    Change.objects.create(tags="menu")  # by another process, after the request has read its rows
    invalidate_tags("settings")
    assert kept() == 1
    request_finished.send(None)
    assert [kept(), kept()] == [2, 2]


def test_what_was_not_used_for_longest_goes_first(kept):
    assert [kept("one"), kept("two"), kept("one"), kept("three")] == [1, 2, 1, 3]
    assert [kept("three"), kept("one"), kept("two")] == [3, 1, 4]
    invalidate_tags("menu")
    assert [kept("one"), kept("three"), kept("one")] == [5, 6, 5]


def test_nothing_is_kept_for_longer_than_pages_are(kept, monkeypatch):
    assert [kept(), kept()] == [1, 1]
    later = time.monotonic() + longest_life() + 1
    monkeypatch.setattr("diptych.articles.caching.tagged_cache.time.monotonic", lambda: later)
    assert kept() == 2


class Row:
    """What :meth:`TaggedCache.get_pages` is given in place of a page."""

    def __init__(self, pk):
        self.pk, self.live = pk, pk != 3


def test_pages_that_are_not_known_are_fetched_together():
    values, fetched = TaggedCache(), []

    def ask(*ids):
        def fetch(missing):
            fetched.append(missing)
            return {pk: Row(pk) for pk in missing if pk != 4}

        return values.get_pages("rows", ids, fetch, lambda page: [f"image:{page.pk}"])

    assert [*ask(1, 2)] == [1, 2]
    assert {*ask(2, 3, 4, 1)} == {1, 2, 3}
    assert fetched == [[1, 2], [3, 4]]
    invalidate_tags("image:2")
    found = ask(1, 2, 3)
    assert fetched[2:] == [[2, 3]]
    assert found[1].cached_tags == ("page:1", "image:1") and found[3].cached_tags == ()
    found[1].live = None
    assert ask(1)[1].live is True
    with recording() as used:
        ask(1, 4)
    assert used == {"page:1", "image:1", "page:4"}


@pytest.fixture
def site():
    locale, _is_new = Locale.objects.get_or_create(language_code="fr")
    root = Page.add_root(instance=Page(title="Root", slug="beginning", locale=locale))
    return Site.objects.create(hostname="here", root_page=root)


def settings_of(site):
    request = RequestFactory().get("/")
    request._wagtail_site = site
    return JournalSettings.for_request(request)


def test_settings_are_read_once_and_each_request_has_its_own(site, django_assert_num_queries):
    settings_of(site)  # makes the row
    first = settings_of(site)
    with django_assert_num_queries(1):  # Has anything changed?
        second = settings_of(site)
    assert second == first and second is not first
    second.name = "Only here"
    assert settings_of(site).name == first.name


def test_without_a_site_there_are_no_settings():
    with pytest.raises(JournalSettings.DoesNotExist):
        settings_of(None)


def test_settings_that_were_saved_are_read_anew(site):
    settings = settings_of(site)
    settings.name = "Diptyque"
    settings.save()
    assert settings_of(site).name == "Diptyque"


def test_those_not_used_for_longest_leave_when_all_weigh_too_much():
    values = TaggedCache(size=10, weigh=len)
    made = []

    def get(key, length):
        def make():
            made.append(key)
            return "x" * length

        return values.get(key, ["page:1"], make)

    for key, length in (("a", 4), ("b", 4), ("a", 4), ("c", 4), ("a", 4), ("long", 11), ("a", 4)):
        get(key, length)
    assert made == ["a", "b", "c", "long", "a"]
