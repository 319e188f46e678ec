"""Copies say in every language what their original says, whoever makes them."""

import pytest

from diptych.articles.languages.config.fields import written_columns
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import draft_of
from tests.articles.permissions.ways import address
from tests.articles.permissions.world import GROUPS, LANGUAGES, draft_text, member, public_text
from tests.factories import make_plain_page

pytestmark = pytest.mark.rare

NAMES = {
    "new_headline_fr": "Copie",
    "new_slug_fr": "copie",
    "new_headline_en": "Copy",
    "new_slug_en": "copy",
}
MAKING = ("chiefs", "editors-fr", "editors-en")


def copy(client, page, **values):
    data = {**NAMES, "new_parent_page": page.get_parent().pk, **values}
    return client.post(address("copy", page.pk), data)


def texts(page, language):
    """What is written in a language, apart from the address."""
    names = written_columns(type(page), language)
    stored = type(page).objects.get(pk=page.pk)
    return {
        (part, name): str(getattr(each, name))
        for part, each in (("public", stored), ("draft", draft_of(page)))
        for name in names
        if name != f"url_slug_{language}"
    }


@pytest.mark.parametrize("group", MAKING)
def test_only_the_names_of_their_own_languages_are_new(world, group):
    copy(member(group), world.article)
    made = ArticlePage.objects.exclude(alias_of__isnull=False).order_by("pk").last()
    assert made.pk != world.article.pk
    for language in LANGUAGES:
        own = language in GROUPS[group]["edit"]
        assert (texts(made, language) == texts(world.article, language)) != own
        for each in (made, draft_of(made)):
            named = getattr(each, f"headline_{language}") == NAMES[f"new_headline_{language}"]
            assert named == own
    assert made.url_slug_fr != world.article.url_slug_fr
    assert made.url_slug_en != world.article.url_slug_en


@pytest.mark.parametrize("group", ["translators-fr-en", "translators-en-fr"])
def test_whoever_may_not_add_pages_copies_nothing(world, group):
    before = ArticlePage.objects.count()
    copy(member(group), world.article)
    assert ArticlePage.objects.count() == before


@pytest.mark.parametrize("group", MAKING)
def test_the_original_stays_as_it_is(world, group):
    before = [
        (draft_text(world.article, code), public_text(world.article, code)) for code in LANGUAGES
    ]
    copy(member(group), world.article, publish_copies="on")
    after = [
        (draft_text(world.article, code), public_text(world.article, code)) for code in LANGUAGES
    ]
    assert after == before


@pytest.mark.parametrize("group", MAKING)
def test_copies_are_live_only_in_languages_that_may_be_published(world, group):
    copy(member(group), world.article, publish_copies="on")
    made = ArticlePage.objects.exclude(alias_of__isnull=False).order_by("pk").last()
    assert made.live_languages == [code for code in LANGUAGES if code in GROUPS[group]["publish"]]
    assert (made.headline_en == "Public in English") == ("en" not in GROUPS[group]["edit"])


@pytest.mark.parametrize("group", MAKING)
def test_pages_below_are_copied_with_all_they_say(world, group):
    parent = make_plain_page(world.journal, "Parent", "Parent page")
    below = make_plain_page(world.journal, "Enfant", "Child", parent=parent)
    copy(member(group), parent, copy_subpages="on", publish_copies="on")
    made = type(below).objects.order_by("pk").last()
    assert made.pk != below.pk
    for language in LANGUAGES:
        assert texts(made, language) == texts(below, language)
    assert made.live_languages == [code for code in LANGUAGES if code in GROUPS[group]["publish"]]


@pytest.mark.parametrize("group", MAKING)
def test_an_alias_is_made_by_those_who_may_publish_every_language(world, group):
    before = ArticlePage.objects.filter(alias_of=world.article).count()
    copy(member(group), world.article, alias="on")
    made = ArticlePage.objects.filter(alias_of=world.article).count() - before
    assert made == (1 if group == "chiefs" else 0)
