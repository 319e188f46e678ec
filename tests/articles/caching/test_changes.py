"""The tags that each change invalidates, and changes that invalidate none."""

import pytest
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.models import Collection, Page, PageViewRestriction

from diptych.articles.caching.models import Change
from diptych.articles.models import ArticlePage, JournalSettings
from diptych.themes.models import AppearanceSettings
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_image,
    make_page,
    make_topic,
    publish_draft,
    sign_in,
    write_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def invalidated(db, monkeypatch):
    """Call it after a change, for the tags invalidated since the last call.

    With `monkeypatch`, changes are made really: a recording would write the log and nothing else.
    """

    def tags():
        found = {tag for change in Change.objects.all() for tag in change.tags.split()}
        Change.objects.all().delete()
        connection.run_on_commit.clear()
        return found

    tags()
    return tags


def test_an_article_names_the_lists_that_it_is_in(journal):
    topic, author = make_topic(journal), make_author(journal)
    article = make_article(journal, topics=[topic], authors=[author])
    assert article.cache_tags() == {f"topic:{topic.pk}", f"author:{author.pk}"}


def test_publishing_invalidates_the_page_and_its_lists(journal, invalidated):
    topic, author = make_topic(journal), make_author(journal)
    invalidated()
    article = make_article(journal, live_in=["fr"], topics=[topic], authors=[author])
    tags = invalidated()
    own = {f"page:{article.pk}", f"topic:{topic.pk}", f"author:{author.pk}", "list:fr"}
    assert own <= tags
    assert "list:en" not in tags


def test_draft_invalidates_nothing(journal, invalidated):
    article, unpublished = make_article(journal), make_article(journal, live_in=[])
    invalidated()
    write_draft(article, headline_fr="Autre titre")
    write_draft(unpublished, headline_fr="Autre titre")
    draft = ArticlePage.objects.get(pk=unpublished.pk)
    draft.headline_fr = "Encore un autre"
    draft.save()
    make_article(journal, live_in=[])
    assert invalidated() == set()


def test_publishing_a_draft_invalidates(journal, invalidated):
    article = make_article(journal)
    invalidated()
    publish_draft(article, lead_fr="Autre chapeau")
    assert {f"page:{article.pk}", "list:fr"} <= invalidated()


def test_loaddata_invalidates_everything(journal, invalidated, tmp_path):
    article = make_article(journal)
    invalidated()
    article.lead_fr = "Un autre chapeau."
    stored = tmp_path / "article.json"
    stored.write_text(serializers.serialize("json", [article]))
    call_command("loaddata", str(stored), verbosity=0)
    assert invalidated() == {"everything"}


def test_article_leaves_a_topic(journal, invalidated):
    before, after = make_topic(journal), make_topic(journal, fr="Ville", en="City")
    article = make_article(journal, topics=[before])
    invalidated()
    row = article.topics.get()
    row.topic = after
    article.topics = [row]
    article.save()
    assert {f"topic:{before.pk}", f"topic:{after.pk}"} <= invalidated()


def test_language_taken_offline(journal, invalidated):
    article = make_article(journal)
    invalidated()
    article.unpublish_languages(["en"])
    assert {f"page:{article.pk}", "list:en"} <= invalidated()


def test_whole_page_taken_offline(journal, invalidated):
    article = make_article(journal)
    invalidated()
    article.unpublish()
    assert {f"page:{article.pk}", "list:fr", "list:en"} <= invalidated()


def test_deleted(journal, invalidated):
    article = make_article(journal)
    invalidated()
    pk = article.pk
    Page.objects.get(pk=pk).delete()
    assert {f"page:{pk}", "list:fr", "list:en"} <= invalidated()


def test_alias_follows(journal, invalidated):
    article = make_article(journal)
    alias = make_alias(article)
    invalidated()
    publish_draft(article, lead_fr="Autre chapeau")
    assert f"page:{alias.pk}" in invalidated()


def test_renaming_a_section_invalidates_what_stands_below_it(journal, invalidated):
    article = make_article(journal)
    invalidated()
    publish_draft(journal.articles, url_slug_fr="textes")
    assert {f"page:{article.pk}", "menu"} <= invalidated()


@pytest.mark.parametrize("change", ["set", "groups", "removed"])
def test_privacy_invalidates_everything(journal, invalidated, change):
    restriction = PageViewRestriction(page=journal.articles, restriction_type="login")
    if change != "set":
        restriction.save()
    invalidated()
    if change == "set":
        restriction.save()
    elif change == "groups":
        restriction.groups.add(Group.objects.first())
    else:
        restriction.delete()
    assert invalidated() == {"everything"}


def test_moving_invalidates_everything(journal, invalidated):
    article = make_article(journal)
    section = make_page(type(journal.articles), journal.home, "Archives", "Archive")
    invalidated()
    article.move(section, pos="last-child")
    assert "everything" in invalidated()


def test_moving_a_collection_invalidates_everything(journal, invalidated, client):
    root = Collection.get_first_root_node()
    inner = root.add_child(name="Open")
    private = Collection.objects.get(pk=root.pk).add_child(name="Private")
    address = reverse("wagtailadmin_collections:edit", args=[inner.pk])
    sign_in(client)
    invalidated()
    client.post(address, {"name": "Open", "parent": private.pk})
    assert "everything" in invalidated()


def test_renaming_the_site_invalidates_everything(journal, invalidated):
    invalidated()
    journal.site.site_name = "Autre nom"
    journal.site.save()
    assert invalidated() == {"everything"}


def test_settings(journal, invalidated):
    settings = JournalSettings.for_site(journal.site)
    invalidated()
    settings.name_fr = "Autre nom"
    settings.save()
    assert invalidated() == {"settings"}


def test_appearance(journal, invalidated):
    appearance = AppearanceSettings.for_site(journal.site)
    invalidated()
    appearance.theme = "revue"
    appearance.save()
    assert invalidated() == {"settings", "theme"}


def test_image(invalidated):
    image = make_image()
    assert invalidated() == set()
    image.alt_fr = "Un lac sous la glace"
    image.save()
    assert invalidated() == {f"image:{image.pk}"}
    image.get_rendition("width-20")
    assert invalidated() == set()
    image.renditions.all().delete()
    assert invalidated() == {f"image:{image.pk}"}


def test_deleted_image(invalidated):
    image = make_image()
    pk = image.pk
    image.delete()
    assert f"image:{pk}" in invalidated()


def test_related_articles(journal, invalidated):
    from diptych.articles.related.neighbours import write_neighbours

    first, second = make_article(journal), make_article(journal, fr="Le glacier", en="The glacier")
    row, other = (page.languages.get(language="fr").pk for page in (first, second))
    write_neighbours({row: {}})
    invalidated()
    write_neighbours({row: {other: 1}})
    assert invalidated() == {f"related:{first.pk}"}
    write_neighbours({row: {other: 1}})
    assert invalidated() == set()
