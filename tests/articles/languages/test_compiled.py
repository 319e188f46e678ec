"""Queries that are compiled once give what Django's own give, with any values."""

import pytest

from diptych.articles.languages.index.compiled import _statement, instances_of
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from tests.factories import make_article
from tests.kept import statements_of


def one(model, language, pk):
    return plain(model).only(f"headline_{language}").filter(pk=pk)


def at(languages, branch, depth, *addresses):
    rows = PageLanguage.objects.filter(language__in=languages, url_path__in=addresses)
    return rows.filter(page__path__startswith=branch, page__depth__gt=depth).order_by("pk")


def test_a_page_has_the_columns_that_were_asked_for(journal):
    for article in (make_article(journal), make_article(journal, "L’île", "The island")):
        for language in ("fr", "en"):
            (found,) = instances_of(ArticlePage, one, (ArticlePage, language), (article.pk,))
            assert found == article
            expected = one(ArticlePage, language, article.pk).get()
            assert found.get_deferred_fields() == expected.get_deferred_fields()
            name = f"headline_{language}"
            assert getattr(found, name) == getattr(article, name)
    assert instances_of(ArticlePage, one, (ArticlePage, "fr"), (0,)) == []


@pytest.mark.parametrize("number", range(4))
def test_conditions_take_each_value_in_its_place(journal, number):
    articles = [make_article(journal, f"Île {n}", f"Island {n}") for n in range(3)]
    addresses = [article.address_in("en") for article in articles][:number]
    addresses += ["/home/it's %s/", "/home/diptychvalue000/", "/1987000001/"]
    for values in (
        (journal.home.path, journal.home.depth, *addresses),
        (articles[0].path, 1, *addresses),
        ("ZZZZ", 99, *addresses),
    ):
        found = instances_of(PageLanguage, at, (("fr", "en"),), values)
        assert found == list(at(("fr", "en"), *values))


def test_sql_is_compiled_once_for_each_number_of_values(journal):
    article = make_article(journal)
    _statement.cache_clear()
    sql = [
        statements_of(lambda pk=pk: instances_of(ArticlePage, one, (ArticlePage, "fr"), (pk,)))
        for pk in (article.pk, journal.home.pk)
    ]
    assert _statement.cache_info().misses == 1
    assert all(len(each) == 1 for each in sql)
