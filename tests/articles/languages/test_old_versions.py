"""Going back to an old version replaces nothing that was saved since its screen was opened."""

import pytest
from django.urls import reverse

from tests.articles.admin.html import messages
from tests.articles.languages import editor
from tests.articles.languages.windows import Window, saved_at_the_same_moment, texts
from tests.factories import write_draft

pytestmark = pytest.mark.rare


@pytest.fixture
def first(elephant):
    """The first version of an article that has a newer draft."""
    revision = elephant.revisions.order_by("pk").first()
    write_draft(elephant, headline_fr="Girafe", headline_en="Giraffe")
    return revision


@pytest.fixture
def carl(elephant, first):
    """Somebody who has the first version open."""
    names = (elephant.pk, first.pk)
    address = reverse("wagtailadmin_pages:revisions_revert", args=names)
    return Window(elephant, name="Carl", address=address)


@pytest.fixture
def dora(elephant, first):
    """Somebody who has the newest draft open."""
    return Window(elephant, name="Dora")


def headlines(page):
    return texts(page, "headline_fr", "headline_en")


def test_nobody_has_saved_since(elephant, carl):
    assert carl.save().status_code == 302
    assert headlines(elephant) == ("Éléphant", "Elephant")


@pytest.mark.parametrize("press", [None, editor.PUBLISH, editor.PUBLISH_FRENCH])
def test_what_somebody_has_saved_since_is_asked_about(elephant, carl, dora, press):
    dora.write(headline_en="Rhinoceros").save()

    response = carl.write(lead_fr="Un mot de plus.").save(press)

    assert headlines(elephant) == ("Girafe", "Rhinoceros")
    elephant.refresh_from_db()
    assert elephant.headline_fr == "Éléphant"
    assert any("Dora" in said for said in messages(response))
    assert carl.form["lead_fr"] == "Un mot de plus."
    assert carl.form["headline_fr"] == "Éléphant"

    assert carl.save(press).status_code == 302
    assert texts(elephant, "headline_fr", "lead_fr") == ("Éléphant", "Un mot de plus.")


def test_a_draft_that_saves_itself_counts_as_well(elephant, carl, dora):
    dora.write(headline_en="Rhinoceros").autosave()
    carl.load()
    dora.write(headline_en="Hippopotamus").autosave()

    assert carl.save().status_code == 200
    assert headlines(elephant) == ("Girafe", "Hippopotamus")


def test_what_is_saved_in_another_window_is_asked_about(elephant, carl):
    window = Window(elephant, client=carl.client)
    window.write(headline_en="Rhinoceros").post()

    (said,) = [each for each in messages(carl.save()) if "fenêtre" in each or "window" in each]

    assert "Carl" not in said
    assert headlines(elephant) == ("Girafe", "Rhinoceros")


def test_two_saves_at_the_same_moment(elephant, carl, dora):
    with saved_at_the_same_moment(dora.write(headline_en="Rhinoceros")):
        assert carl.save().status_code == 200
    assert headlines(elephant) == ("Girafe", "Rhinoceros")
    # The screen that was shown again may not know of it either.
    assert carl.save().status_code == 200
    assert headlines(elephant) == ("Girafe", "Rhinoceros")
    assert carl.save().status_code == 302
