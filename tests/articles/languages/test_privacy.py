"""What is kept private is in no list, at whatever size of the site and with few steps."""

import uuid
from itertools import pairwise

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage, StandardPage
from tests.factories import make_article, make_plain_page
from tests.tiers import one_of

PAGES = 1500


def restrict(*pages):
    for page in pages:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def alias_of(page, slug):
    action = CreatePageAliasAction(page, update_slug=slug)
    return action.execute(skip_permission_checks=True)


def visible(model=ArticlePage):
    return set(model.objects.visible_in("en").values_list("pk", flat=True))


def test_a_restriction_hides_a_page_and_all_below_it(journal):
    section = make_plain_page(journal, "Dossier", "File")
    below = make_plain_page(journal, "Un", "One", parent=section)
    beside = make_plain_page(journal, "Deux", "Two")
    assert visible(StandardPage) == {section.pk, below.pk, beside.pk}
    restrict(section)
    assert visible(StandardPage) == {beside.pk}


def test_an_alias_is_as_private_as_the_page_it_follows(journal, reader):
    page = make_article(journal, "Un", "One")
    alias = alias_of(page, "un-bis")
    assert visible() == {page.pk, alias.pk}
    restrict(page)
    assert reader.get(alias.url).status_code == 302
    assert visible() == set()


def test_an_alias_of_an_alias_is_kept_from_visitors_as_the_page_both_follow(journal, reader):
    page = make_article(journal, "Un", "One")
    alias = alias_of(alias_of(page, "un-bis"), "un-ter")
    assert reader.get(alias.url).status_code == 200
    assert alias.pk in visible()
    restrict(page)
    assert reader.get(alias.url).status_code == 302
    assert visible() == set()


def test_a_chain_of_aliases_made_otherwise_is_shortened_by_a_rebuild(journal):
    page = make_article(journal, "Un", "One")
    aliases = [alias_of(page, f"un-{number}").pk for number in range(4)]
    for alias, source in pairwise(aliases):
        Page.objects.filter(pk=source).update(alias_of=alias)
    restrict(page)
    call_command("rebuild_page_languages", verbosity=0)
    assert set(page.aliases.values_list("pk", flat=True)) == set(aliases)
    assert visible() == set()


def test_aliases_in_a_ring_are_left_alone(journal):
    page = make_article(journal, "Un", "One")
    first, second = alias_of(page, "un-a").pk, alias_of(page, "un-b").pk
    Page.objects.filter(pk=first).update(alias_of=second)
    Page.objects.filter(pk=second).update(alias_of=first)
    call_command("rebuild_page_languages", verbosity=0)
    ArticlePage.objects.get(pk=first).save(clean=False)
    assert Page.objects.get(pk=first).alias_of_id == second


def test_what_stands_below_a_private_alias_is_private(journal):
    section = make_plain_page(journal, "Dossier", "File")
    alias = alias_of(section, "dossier-bis")
    below = make_plain_page(journal, "Un", "One", parent=alias)
    assert below.pk in visible(StandardPage)
    restrict(section)
    assert visible(StandardPage) == set()


@pytest.fixture
def many(journal):
    """A large site, whose size the database knows."""
    home = Page.objects.get(pk=journal.home.pk)
    kind = ContentType.objects.get_for_model(StandardPage)
    pages = [
        Page(
            path=Page._get_path(home.path, home.depth + 1, 100 + number),
            depth=home.depth + 1,
            title=f"p{number}",
            slug=f"p{number}",
            url_path=f"/accueil/p{number}/",
            locale_id=home.locale_id,
            content_type=kind,
            translation_key=uuid.uuid4(),
            live=True,
        )
        for number in range(PAGES)
    ]
    Page.objects.bulk_create(pages)
    values = {"language": "en", "live": True, "translated": True}
    PageLanguage.objects.bulk_create(
        PageLanguage(page=page, slug=page.slug, url_path=page.url_path, **values)
        for page in Page.objects.filter(slug__in=[page.slug for page in pages])
    )


def steps_of(queryset):
    """How many thousand steps SQLite takes for a query."""
    steps = []
    connection.connection.set_progress_handler(lambda: steps.append(1) and None, 1000)
    try:
        assert len(queryset) >= PAGES
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(steps)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
@pytest.mark.parametrize("restrictions", [0, 3])
@pytest.mark.parametrize("analysed_at", one_of(["never", "before", "after"], "matrix"))
def test_privacy_costs_little_for_each_page(journal, many, restrictions, analysed_at):
    private = [make_article(journal, f"Privé {each}", f"Private {each}") for each in range(3)]
    if analysed_at == "before":
        connection.cursor().execute("ANALYZE")
    restrict(*private[:restrictions])
    if analysed_at == "after":
        connection.cursor().execute("ANALYZE")
    rows = PageLanguage.objects.visible_in("en").values_list("pk", flat=True)
    assert steps_of(rows) < PAGES * 0.5
