"""The command ``rebuild_search_index``."""

import re

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diptych.articles.languages.models import PageLanguage
from diptych.articles.search.models import SearchEntry, SearchText, SearchWord
from tests.articles.search.reading import found
from tests.factories import make_article, publish_draft


def test_rebuilding_the_index_finds_the_same(glacier, journal):
    make_article(journal, "Glacier secret", "Secret", live_in=["fr"])
    publish_draft(glacier, lead_en="The great thaw.")
    call_command("rebuild_search_index", verbosity=0)
    assert found("thaw", "en") == ["glacier"]
    assert found("secret", "en") == []
    assert sorted(found("glacier", "fr")) == ["glacier", "glacier-secret"]


def test_the_index_is_rebuilt_with_as_many_queries_for_one_page_more(journal):
    def reads():
        """Queries that read pages, while the whole index is written."""
        with CaptureQueriesContext(connection) as queries:
            call_command("rebuild_search_index", verbosity=0)
        statements = [each["sql"] for each in queries]
        return len([sql for sql in statements if sql.startswith("SELECT")])

    make_article(journal, "Un", "One")
    reads()  # what is cached while a process lives is read once
    before = reads()
    for number in range(5):
        make_article(journal, f"Page {number}", f"Story {number}")
    assert reads() == before
    assert found("story", "en") != []


def test_rebuilding_twice_and_from_nothing_is_the_same(glacier):
    call_command("rebuild_search_index", verbosity=0)
    before = _all_that_is_known()
    call_command("rebuild_search_index", verbosity=0)
    assert _all_that_is_known() == before
    for model in (SearchEntry, SearchWord):
        model.objects.all().delete()
    assert found("glacier", "fr") == []
    call_command("rebuild_search_index", tables=True, verbosity=0)
    assert found("glacier", "fr") == ["glacier"]
    assert _all_that_is_known() == before


def test_rebuilding_forgets_what_is_not_live(glacier):
    assert SearchEntry.objects.filter(row__page=glacier, row__language="en").exists()
    PageLanguage.objects.filter(page=glacier, language="en").update(live=False)
    call_command("rebuild_search_index", verbosity=0)
    assert [each.row.language for each in SearchEntry.objects.filter(row__page=glacier)] == ["fr"]


def test_rebuilding_says_how_many_pages_there_are(glacier, capsys):
    call_command("rebuild_search_index")
    (said,) = capsys.readouterr().out.splitlines()
    assert re.search(r"\d+", said)
    call_command("rebuild_search_index", verbosity=0)
    assert not capsys.readouterr().out


def _all_that_is_known():
    words = SearchWord.objects.order_by("language", "word")
    return [
        list(SearchEntry.objects.order_by("pk").values_list()),
        list(SearchText.objects.order_by("pk").values_list()),
        list(words.values_list("language", "word", "stem", "documents")),
    ]
