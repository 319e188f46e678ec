"""Whichever way a page becomes private or public, everything for readers follows at once."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, PageViewRestriction

from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.rebuilding import outdated_pages
from diptych.articles.models import ArticleIndexPage
from tests.articles.languages.bin_screens import delete, restore
from tests.factories import make_alias, make_article, make_page, publish_draft

PLACES = {
    "home": "/en/",
    "section": "/en/stories/",
    "feed": "/en/feed/",
    "api": "/en/api/articles/",
    "search": "/en/search/?q=lake",
    "sitemap": "/sitemap.xml",
    "news": "/sitemap-news.xml",
}


def restrict(page):
    kind = PageViewRestriction.LOGIN
    return PageViewRestriction.objects.create(page_id=page.pk, restriction_type=kind)


@pytest.fixture
def lake(journal):
    make_article(journal, "Autre", "Other")
    return make_article(journal)


@pytest.fixture
def members(journal):
    """A private section."""
    section = make_page(ArticleIndexPage, journal.home, "Membres", "Members")
    restrict(section)
    return section


@pytest.fixture
def shown(reader):
    """Where readers are led to an address that ends so; asked at every place for readers."""

    def shown(slug="the-lake-freezes/"):
        places = {}
        for name, address in PLACES.items():
            response = reader.get(address)
            assert response.status_code == 200 or name == "section", address
            places[name] = slug in response.content.decode()
        assert outdated_pages() == []
        found = {name for name, is_there in places.items() if is_there}
        assert not found or found >= {"feed", "api", "search", "sitemap", "news"}
        return bool(found)

    return shown


def test_a_restriction_of_the_page_set_and_removed_in_the_admin(lake, admin, shown):
    address = reverse("wagtailadmin_pages:set_privacy", args=(lake.pk,))
    assert shown()
    admin.post(address, {"restriction_type": "login"})
    assert not shown()
    admin.post(address, {"restriction_type": "password", "password": "glace"})
    assert not shown()
    admin.post(address, {"restriction_type": "none"})
    assert shown()


@pytest.mark.rare
def test_a_restriction_of_an_ancestor_set_and_removed_in_the_admin(journal, lake, admin, shown):
    address = reverse("wagtailadmin_pages:set_privacy", args=(journal.articles.pk,))
    admin.post(address, {"restriction_type": "login"})
    assert not shown()
    admin.post(address, {"restriction_type": "none"})
    assert shown()


@pytest.mark.rare
def test_one_of_two_restrictions_removed(journal, lake, shown):
    above, own = restrict(journal.articles), restrict(lake)
    above.delete()
    assert not shown()
    own.delete()
    assert shown()


@pytest.mark.rare
def test_restrictions_removed_together_by_a_query(journal, lake, shown):
    restrict(journal.articles)
    restrict(lake)
    assert not shown()
    PageViewRestriction.objects.all().delete()
    assert shown()


@pytest.mark.rare
def test_a_restriction_given_to_another_page(journal, lake, shown):
    restriction = restrict(journal.topics)
    assert shown()
    restriction.page_id = lake.pk
    restriction.save()
    assert not shown()
    restriction.page_id = journal.topics.pk
    restriction.save()
    assert shown()


@pytest.mark.rare
def test_a_page_moved_into_and_out_of_a_private_section(journal, lake, members, admin, shown):
    for target, expected in ((members, False), (journal.articles, True)):
        admin.post(reverse("wagtailadmin_pages:move_confirm", args=(lake.pk, target.pk)))
        assert Page.objects.get(pk=lake.pk).get_parent().pk == target.pk
        assert shown() == expected


@pytest.mark.rare
def test_a_section_moved_with_what_stands_below_it(journal, members, shown):
    inner = make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    make_article(replace(journal, articles=inner))
    assert shown()
    Page.objects.get(pk=inner.pk).move(Page.objects.get(pk=members.pk), pos="last-child")
    assert not shown()


@pytest.mark.rare
def test_a_copy_into_a_private_section(journal, lake, members, shown):
    copy = lake.copy(to=Page.objects.get(pk=members.pk), update_attrs={"slug": "copie"})
    assert PageLanguage.objects.filter(page_id=copy.pk, is_private=True).count() == 2
    assert not shown(copy.specific.url_slug_fr)
    assert shown()


@pytest.mark.rare
def test_a_copy_of_a_private_page_beside_it(journal, lake, shown):
    restrict(lake)
    copy = lake.copy(update_attrs={"slug": "copie"})
    is_private = copy.get_view_restrictions().exists()
    rows = PageLanguage.objects.filter(page_id=copy.pk)
    assert set(rows.values_list("is_private", flat=True)) == {is_private}
    assert outdated_pages() == []


@pytest.mark.rare
def test_an_alias_and_what_it_follows(journal, lake, reader, shown):
    section = make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    alias = make_alias(lake, section)
    restriction = restrict(lake)
    assert not shown()
    assert alias.url not in reader.get(section.url_in("en")).content.decode()
    restriction.delete()
    assert shown()
    assert reader.get(alias.url_in("en")).status_code == 200


@pytest.mark.rare
def test_an_alias_of_a_page_in_a_private_section(journal, lake, members):
    lake.move(Page.objects.get(pk=members.pk), pos="last-child")
    alias = make_alias(lake, journal.articles)
    assert set(alias.languages.values_list("is_private", flat=True)) == {True}
    lake = Page.objects.get(pk=lake.pk).specific
    lake.move(Page.objects.get(pk=journal.topics.pk), pos="last-child")
    assert set(alias.languages.values_list("is_private", flat=True)) == {False}
    assert outdated_pages() == []


@pytest.mark.rare
def test_an_alias_that_becomes_a_page_of_its_own(journal, lake):
    alias = make_alias(lake, slug="encore")
    restrict(lake)
    assert set(alias.languages.values_list("is_private", flat=True)) == {True}
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert set(alias.languages.values_list("is_private", flat=True)) == {False}
    assert outdated_pages() == []


@pytest.mark.rare
def test_an_alias_whose_private_original_is_deleted(journal, lake):
    alias = make_alias(lake, slug="encore")
    restrict(lake)
    lake.delete()
    assert set(alias.languages.values_list("is_private", flat=True)) == {False}
    assert outdated_pages() == []


@pytest.mark.rare
def test_a_private_page_in_the_bin_and_back(lake, admin, shown):
    restrict(lake)
    delete(admin, lake)
    assert not PageViewRestriction.objects.exists()
    assert not shown()
    restore(admin, lake)
    assert PageViewRestriction.objects.filter(page_id=lake.pk).exists()
    assert not shown()


@pytest.mark.rare
def test_a_private_page_published_again_stays_private(lake, shown):
    restrict(lake)
    publish_draft(lake, lead_en="New lead.")
    assert not shown()
    lake.unpublish()
    lake.refresh_from_db()
    lake.save_revision().publish()
    assert not shown()


@pytest.mark.rare
def test_a_restriction_written_behind_the_back_of_signals_is_found_and_repaired(lake, shown):
    kind = PageViewRestriction.LOGIN
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page_id=lake.pk, restriction_type=kind)]
    )
    assert outdated_pages() == [lake.pk]
    call_command("rebuild_page_languages", verbosity=0)
    assert not shown()


@pytest.mark.rare
def test_the_migration_marks_the_rows_of_private_pages(journal, lake, members):
    article = make_article(replace(journal, articles=members), "Privé", "Private")
    alias = make_alias(article, journal.articles)
    below = make_article(replace(journal, articles=Page.objects.get(pk=alias.pk)), "Là", "There")
    rows = PageLanguage.objects.filter(is_private=True)
    expected = set(rows.values_list("page_id", flat=True))
    assert expected == {members.pk, article.pk, alias.pk, below.pk}
    rows.update(is_private=False)
    migration = import_module("diptych.articles.languages.migrations.0006_page_language_is_private")
    migration.fill(apps, None)
    assert set(rows.all().values_list("page_id", flat=True)) == expected
