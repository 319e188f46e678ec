"""The history of a page by language, and the comparison of two versions in one of them."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import PageLogEntry

from diptych.articles.models import ArticlePage
from tests.factories import make_article, make_author, make_user, publish_draft


@pytest.fixture
def writer(db):
    return make_user("admin")


@pytest.fixture
def article(journal, writer):
    """Three versions after the first: in French, in English, in both."""
    article = make_article(journal)
    edit(article, writer, headline_fr="Titre deux")
    edit(article, writer, headline_en="Headline three")
    edit(article, writer, headline_fr="Titre quatre", headline_en="Headline four")
    return article


def edit(article, user, **values):
    """Save a draft as the editor does: with an entry in the log."""
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, log_action=True)


def history(client, article, **query):
    address = reverse("wagtailadmin_pages:history", args=(article.pk,))
    response = client.get(address, query)
    assert response.status_code == 200
    return response


def entries(response):
    return list(response.context["object_list"])


def cells(response):
    """The cell of each entry that says which languages it is about."""
    table = response.context["table"]
    names = [column.name for column in table.columns.values()]
    assert "languages" in names
    where = names.index("languages")
    body = BeautifulSoup(response.content, "lxml").select("table.listing tbody tr")
    return [" ".join(row.find_all("td", recursive=False)[where].text.split()) for row in body]


def versions(article):
    return list(article.revisions.order_by("pk"))


def restore_addresses(article, revision):
    return {
        language: reverse("diptych_restore_language", args=(article.pk, revision.pk, language))
        for language in ("fr", "en")
    }


def test_rows_are_compared_in_the_language(journal, admin):
    article = make_article(journal, authors=[make_author(journal)])
    draft = article.get_latest_revision_as_object()
    entry = draft.authors.get()
    entry.role_fr, entry.role_en = "Photographies", "Photographs"
    draft.authors = [entry]
    draft.save_revision()
    french = compare(admin, article, language="fr").content.decode()
    assert "Photographies" in french and "Photographs" not in french
    draft.save_revision()
    names = (article.pk, *(each.pk for each in versions(article)[-2:]))
    address = reverse("wagtailadmin_pages:revisions_compare", args=names)
    assert "Photographies" not in admin.get(address, {"language": "fr"}).content.decode()


def test_each_entry_says_which_languages_it_changed(admin, article):
    both, english, french = cells(history(admin, article))[:3]
    assert ("French" in both, "English" in both) == (True, True)
    assert ("French" in english, "English" in english) == (False, True)
    assert ("French" in french, "English" in french) == (True, False)


def test_the_history_is_filtered_by_language(admin, article):
    _first, french, english, both = versions(article)

    def shown(*languages):
        found = entries(history(admin, article, language=languages))
        return {entry.revision_id for entry in found}

    assert shown("fr") >= {both.pk, french.pk} and english.pk not in shown("fr")
    assert shown("en") >= {both.pk, english.pk} and french.pk not in shown("en")
    assert shown("fr", "en") >= {both.pk, french.pk, english.pk}
    assert shown("xx") >= {both.pk, french.pk, english.pk}


def test_an_entry_about_one_language_is_found_by_it(admin, article, writer):
    article.refresh_from_db()
    article.unpublish_languages(["en"], user=writer)
    entry = PageLogEntry.objects.get(page=article, action="diptych.unpublish_language")
    assert entry in entries(history(admin, article, language="en"))
    assert entry not in entries(history(admin, article, language="fr"))


def test_an_old_version_is_restored_in_one_language_from_its_entry(admin, article):
    _first, french, _english, newest = versions(article)
    page = history(admin, article).content.decode()
    for language, url in restore_addresses(article, french).items():
        assert escape(url) in page, language
    for url in restore_addresses(article, newest).values():
        assert url not in page


def test_an_entry_leads_to_its_comparison_in_one_language(admin, article):
    first, french, _english, _both = versions(article)
    args = (article.pk, first.pk, french.pk)
    url = reverse("wagtailadmin_pages:revisions_compare", args=args)
    page = history(admin, article).content.decode()
    assert f"{url}?language=fr" in page
    assert f"{url}?language=en" not in page


def compare(client, article, **query):
    first, *_others, newest = versions(article)
    args = (article.pk, first.pk, newest.pk)
    return client.get(reverse("wagtailadmin_pages:revisions_compare", args=args), query)


def compared(client, article, **query):
    """What stands in the table of a comparison."""
    page = BeautifulSoup(compare(client, article, **query).content, "lxml")
    return page.select_one("table.listing tbody").text


def test_a_comparison_of_one_language_shows_nothing_of_the_other(admin, article):
    french = compared(admin, article, language="fr")
    assert "quatre" in french and "four" not in french
    english = compared(admin, article, language="en")
    assert "four" in english and "quatre" not in english
    everything = compared(admin, article)
    assert "four" in everything and "quatre" in everything


def test_a_comparison_leads_to_the_other_languages(admin, article):
    for query in ({}, {"language": "fr"}):
        page = compare(admin, article, **query).content.decode()
        assert 'href="?language=fr"' in page and 'href="?language=en"' in page


def test_a_comparison_in_an_unknown_language_is_not_found(admin, article):
    assert compare(admin, article, language="xx").status_code == 404


@pytest.mark.scale
def test_the_history_costs_the_same_however_long_it_is(
    admin, article, writer, django_assert_max_num_queries
):
    history(admin, article)
    with CaptureQueriesContext(connection) as few:
        history(admin, article)
    for number in range(12):
        edit(article, writer, headline_fr=f"Titre {number}", headline_en=f"Headline {number}")
    with django_assert_max_num_queries(len(few)):
        assert len(entries(history(admin, article))) > 12


def test_the_editor_says_since_when_a_language_is_live(admin, article):
    publish_draft(article, headline_fr="Titre cinq")
    address = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    assert "Live since" in admin.get(address).content.decode()
