"""Caches in front that purge by tags get those of a page as a header."""

import pytest

from diptych.articles.caching.tag_headers import LONGEST, SEPARATORS, header_of
from diptych.articles.caching.versions import with_any


def test_nothing_is_sent_by_default(article, ask):
    answer = ask(article.url_in("fr"))
    assert not SEPARATORS.keys() & answer.headers.keys()


@pytest.mark.parametrize("name", SEPARATORS)
def test_a_page_names_its_tags(article, ask, settings, name):
    settings.DIPTYCH_PAGES_TAG_HEADERS = [name]
    for _rendered_then_kept in range(2):
        answer = ask(article.url_in("fr"))
        tags = answer[name].split(SEPARATORS[name])
        assert {"everything", "page:*", f"page:{article.pk}", "list:fr", "menu"} <= set(tags)
        assert tags == sorted(tags) and answer[name].isascii()
    assert not {name, *SEPARATORS} - {name} & answer.headers.keys()
    assert name not in ask("/fr/articles/none/").headers


@pytest.mark.parametrize("name", SEPARATORS)
@pytest.mark.parametrize("number", [3, 200, 5000])
def test_it_is_short_and_every_change_is_found_by_it(name, number):
    tags = {"menu", *(f"page:{pk}" for pk in range(number)), "list:fr", "image:7"}
    value = header_of(name, tags)
    assert len(value) <= LONGEST
    for tag in (*tags, "everything", "page:*"):
        assert with_any({tag}) & set(value.split(SEPARATORS[name]))
    assert not with_any({"image:8", "list:en"}) & set(value.split(SEPARATORS[name]))
