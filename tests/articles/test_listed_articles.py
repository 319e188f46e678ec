"""The rows of lists say what a query over all articles says, whatever is done to the articles."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, PageViewRestriction, Site

from diptych.articles.languages.bin.deleting import move_to_bin
from diptych.articles.languages.bin.restoring import restore_from_bin
from diptych.articles.languages.publication.rebuilding import outdated_pages
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.models import (
    ArticleAuthor,
    ArticleIndexPage,
    ArticlePage,
    ArticleTopic,
    AuthorPage,
    HomePage,
    ListedArticle,
    TopicPage,
    listed,
)
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_journal,
    make_page,
    make_plain_page,
    make_topic,
    publish_draft,
)


@pytest.fixture
def lake(journal):
    topics = [make_topic(journal), make_topic(journal, "Villes", "Cities")]
    make_article(journal, "Autre", "Other", topics=topics[:1])
    make_article(journal, "Seul", None, live_in=["fr"], topics=topics)
    return make_article(journal, topics=topics[:1], authors=[make_author(journal)])


def by_query(page, language):
    """The articles that belong into the list of ``page``, newest first, by query."""
    articles = ArticlePage.objects.visible_in(language)
    if isinstance(page, ArticleIndexPage):
        articles = articles.child_of(page)
    elif isinstance(page, HomePage):
        articles = articles.descendant_of(page).gathered_for(page)
    else:
        name = "on_topic" if isinstance(page, TopicPage) else "by_author"
        articles = getattr(articles.gathered_for(page), name)(page)
    with translation.override(language):
        return list(articles.newest_first().values_list("pk", flat=True))


def check():
    """Compare every list with a query; returns how many entries there are."""
    for kind in (HomePage, ArticleIndexPage, TopicPage, AuthorPage):
        for page in kind.objects.all():
            for language in ("fr", "en"):
                if kind is HomePage:
                    listed = ArticleList(language, page.pk)
                else:
                    listed = page.listed_in(language)
                assert listed.ids() == by_query(page, language), (page, language)
    assert outdated_pages() == []
    return ListedArticle.objects.count()


def test_publishing_dating_and_taking_down(lake):
    number = check()
    assert number > 10
    publish_draft(lake, publication_date=timezone.now() - timedelta(days=9))
    assert check() == number
    lake.unpublish_languages(["en"])
    assert check() == number - 4
    lake.unpublish()
    assert check() == number - 8


def test_other_topics_and_authors(journal, lake):
    other = TopicPage.objects.get(headline_en="Cities")
    publish_draft(lake, topics=[ArticleTopic(topic=other)])
    check()
    author = ArticleAuthor(author=make_author(journal, "Plume"))
    publish_draft(lake, authors=[author], topics=[])
    check()
    other.delete()
    check()


def test_rows_saved_without_their_article(journal, lake, client):
    def shown(address):
        return "the-lake-freezes" in client.get(address).content.decode()

    cities = TopicPage.objects.get(headline_en="Cities")
    climate = TopicPage.objects.get(headline_en="Climate")
    assert not shown("/en/topics/cities/")
    entry = ArticleTopic.objects.create(article_id=lake.pk, topic=cities)
    assert shown("/en/topics/cities/")
    entry.delete()
    assert not shown("/en/topics/cities/")
    entry = ArticleTopic.objects.get(article=lake)
    entry.topic = cities
    entry.save()
    assert shown("/en/topics/cities/") and not shown("/en/topics/climate/")
    entry.topic, entry.article = climate, ArticlePage.objects.get(headline_en="Other")
    entry.save()
    assert not (shown("/en/topics/cities/") or shown("/en/topics/climate/"))
    address = AuthorPage.objects.get().get_url()
    assert shown(address)
    ArticleAuthor.objects.filter(article=lake).delete()
    assert not shown(address)
    article = ArticlePage.objects.get(pk=lake.pk)
    article.topics.add(ArticleTopic(topic=climate))
    article.topics.commit()
    assert shown("/en/topics/climate/")
    check()


def test_a_draft_is_not_listed_by_its_rows(journal, lake):
    lake.unpublish()
    number = check()
    ArticleTopic.objects.create(article=lake, topic=make_topic(journal, "Eaux", "Waters"))
    assert check() == number


def test_lists_follow_such_a_row_within_a_transaction(journal, lake, monkeypatch):
    savepoints, depth = [], len(connection.savepoint_ids)
    monkeypatch.setattr(
        listed, "write_lists", lambda rows: savepoints.append(len(connection.savepoint_ids))
    )
    cities = TopicPage.objects.get(headline_en="Cities")
    ArticleTopic.objects.create(article=lake, topic=cities).delete()
    assert len(savepoints) == 2
    assert min(savepoints) > depth


def test_lists_are_written_once_while_an_article_is_saved(journal, lake, monkeypatch):
    written = []
    monkeypatch.setattr(
        listed, "write_lists", lambda rows: written.append({row.page_id for row in rows})
    )
    topics = [ArticleTopic(topic=each) for each in TopicPage.objects.all()]
    lake.topics, lake.authors = topics, []
    lake.save()
    assert written == [{lake.pk}]
    TopicPage.objects.get(headline_en="Cities").delete()
    assert written == [{lake.pk}]


def test_pages_that_list_nothing_ask_for_no_lists(journal, lake):
    with CaptureQueriesContext(connection) as queries:
        make_plain_page(journal)
    table = ListedArticle._meta.db_table
    assert not [each["sql"] for each in queries if table in each["sql"]]


def test_privacy_and_moves(journal, lake):
    number = check()
    section = make_page(ArticleIndexPage, journal.home, "Membres", "Members")
    kind = PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page=section, restriction_type=kind)
    lake.move(Page.objects.get(pk=section.pk), pos="last-child")
    assert check() == number - 8
    restriction.delete()
    assert check() == number


@pytest.mark.rare
def test_aliases(journal, lake):
    section = make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    number = check()
    alias = make_alias(lake, section)
    assert check() == number + 2
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert check() == number + 8
    second = make_alias(alias, journal.articles, "second")
    check()
    Page.objects.get(pk=alias.pk).delete()
    second = ArticlePage.objects.get(pk=second.pk)
    assert not (second.alias_of_id or second.live)
    assert check() == number
    publish_draft(second)
    assert check() > number


def test_the_bin(journal, lake):
    number = check()
    topic = TopicPage.objects.get(headline_en="Climate")
    for page in (lake, topic):
        key = page.pk
        move_to_bin(Page.objects.get(pk=key).specific)
        assert check() < number
        restore_from_bin(key)
        assert check() == number


@pytest.mark.rare
def test_several_sites(journal, lake):
    other = make_journal("other.example")
    check()
    alias = make_alias(lake, other.articles)
    topic = make_alias(TopicPage.objects.get(headline_en="Climate"), other.topics)
    check()
    assert topic.listed_in("en").ids() == [alias.pk]
    inner = make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    make_article(replace(journal, articles=inner), "Ici", "Here")
    Page.objects.get(pk=inner.pk).move(Page.objects.get(pk=other.home.pk), pos="last-child")
    check()
    lake.move(Page.objects.get(pk=other.articles.pk), pos="last-child")
    check()
    Site.objects.get(hostname="other.example").delete()
    check()


def test_rows_that_are_wrong_are_repaired(lake):
    number = check()
    ListedArticle.objects.filter(article=lake.pk, language="en").delete()
    ListedArticle.objects.filter(article=lake.pk).update(printed_date=timezone.now())
    call_command("rebuild_page_languages", verbosity=0)
    assert check() == number


@pytest.mark.rare
def test_the_last_page_is_read_from_the_end(journal, settings, django_assert_num_queries):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 2
    pages = [make_article(journal, f"Un {each}", f"One {each}").pk for each in range(7)]
    for number in range(1, 5):
        listed = journal.articles.listed_in("en")
        assert listed.count() == 7
        part = listed[2 * number - 2 : 2 * number]
        assert [each.pk for each in part] == pages[::-1][2 * number - 2 : 2 * number]
    assert journal.articles.listed_in("en")[100:102] == []


def test_what_is_listed_by_mistake_is_not_shown(journal, lake, client):
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page_id=lake.pk, restriction_type=PageViewRestriction.LOGIN)]
    )
    lake.languages.update(is_private=True)
    assert ListedArticle.objects.filter(article=lake.pk).exists()
    for address in (
        "/en/",
        "/en/stories/",
        "/en/feed/",
        "/en/topics/climate/",
        "/en/api/articles/",
    ):
        assert "the-lake-freezes" not in client.get(address).content.decode(), address
