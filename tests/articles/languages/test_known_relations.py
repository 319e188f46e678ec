"""What a page refers to is looked up once, and still has to exist."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps
from wagtail.models import Site
from wagtail.search.backends import get_search_backend

from diptych.articles.languages.config.known_relations import RelatedObjects
from diptych.articles.models import ArticleAuthor, ArticlePage
from tests.factories import make_article, make_author, make_image, make_user

pytestmark = pytest.mark.django_db


def lookups_of(row):
    with CaptureQueriesContext(connection) as queries:
        row.clean_fields()
    return len(queries)


def test_what_is_in_memory_is_not_looked_up_again(journal):
    row = ArticleAuthor(article=make_article(journal), author=make_author(journal, "Autrice"))
    assert lookups_of(row) == 0
    assert lookups_of(ArticleAuthor(article=row.article, author_id=row.author_id)) == 1


def test_what_is_known_by_its_key_only_has_to_exist(journal):
    article = make_article(journal, hero_image=make_image())
    article.hero_image_id += 1000
    with pytest.raises(ValidationError) as caught:
        article.full_clean()
    assert "hero_image" in caught.value.message_dict


def test_an_object_that_was_never_stored_is_refused(journal):
    article = make_article(journal)
    article.hero_image = type(make_image())(pk=987_654)
    with pytest.raises(ValidationError) as caught:
        article.full_clean()
    assert "hero_image" in caught.value.message_dict


def found(words):
    return list(get_search_backend().autocomplete(words, ArticlePage))


def test_editors_find_what_was_saved_and_nothing_that_was_deleted(journal):
    article = make_article(journal, "Baleine", "Whale")
    article.headline_en = "Narwhal"
    article.save()
    assert found("Narwh") == [article]
    article.delete()
    assert found("Narwh") == []


@pytest.fixture
def model():
    """With a foreign key to a column that is not the primary key, as a host may have."""
    with isolate_apps("diptych.articles"):

        class Piece(models.Model):  # noqa: DJ008
            owner = models.ForeignKey(
                type(make_user("reader")), models.CASCADE, to_field="username", related_name="+"
            )
            site = models.ForeignKey(Site, models.CASCADE, related_name="+")
            picture = models.ForeignKey(
                type(make_image()), models.CASCADE, null=True, related_name="+"
            )

            class Meta:
                app_label = "diptych"

        yield Piece


def test_a_key_to_another_column_is_looked_up_by_it(model, journal):
    owner = make_user("editor")
    data = {"owner": owner.username, "site": str(journal.site.pk), "picture": None}
    related = RelatedObjects(model, data)
    assert related.are_complete
    piece = model(owner_id=owner.username, site_id=journal.site.pk)
    related.attach_to(piece)
    assert model.owner.is_cached(piece) and piece.owner == owner
    assert model.site.is_cached(piece) and piece.site == journal.site


def test_a_key_to_what_is_gone_is_noticed(model, journal):
    assert not RelatedObjects(model, {"owner": "nobody", "site": journal.site.pk}).are_complete
    assert not RelatedObjects(
        model, {"owner": make_user("editor").username, "site": 0}
    ).are_complete
