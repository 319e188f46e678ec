"""References of a page to other models, looked up together when a draft is read."""

import pytest
from django.db import models
from django.test.utils import isolate_apps
from wagtail.models import Site

from articles.languages.known_relations import RelatedObjects
from tests.factories import make_image, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def model():
    """With a foreign key to a column that is not the primary key, as a host may have."""
    with isolate_apps("articles"):

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
