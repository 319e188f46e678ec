"""Pictures whose words stand on the image: shown to translators, and due where they are missing."""

import pytest

from tests.articles.admin.html import text_of
from tests.articles.side_by_side.screen import body, look, mark, three_paragraphs
from tests.factories import make_image, write_draft

pytestmark = pytest.mark.rare

FINISHED = "Everything is translated and up to date."


@pytest.fixture
def image(db):
    """An image that says in French alone what it shows."""
    return make_image(alt_fr="Deux montagnes.", caption_fr="Vu de Morges.", alt_en="")


def picture(image, **values):
    return {"image": image.pk, "alt": "", "caption": "", "decorative": False, **values}


def illustrated(journal, image, **values):
    """An article of a main picture and one in the text, all of whose texts are translated."""
    blocks = ("a", "image", picture(image))
    page = three_paragraphs(journal, hero_image=image, body_fr=body(blocks))
    english = body(("a", "image", picture(image, **values)))
    write_draft(page, headline_en="The lake", lead_en="Two shores.", body_en=english)
    return page


def words_at(screen, key):
    return text_of(screen.place(key).select_one(".diptych-place"))


def test_translators_see_what_readers_of_the_source_get_from_the_image(journal, image, translator):
    screen = look(translator, illustrated(journal, image))
    said = words_at(screen, "body.a")
    assert "The image’s own alternative text Deux montagnes." in said
    assert "The image’s own caption Vu de Morges." in said
    assert "Deux montagnes." in words_at(screen, "hero_alt")
    assert "Vu de Morges." in words_at(screen, "hero_caption")


def test_a_picture_without_words_in_the_language_is_to_be_done(journal, image, translator):
    screen = look(translator, illustrated(journal, image))
    assert screen.places["body.a"] == screen.places["hero_alt"] == "wordless"
    assert "Alternative text missing" in words_at(screen, "body.a")
    assert screen.place("body.a").has_attr("data-due")
    assert screen.buttons("body.a") == []
    assert screen.summary == "2 alternative texts missing"


def test_words_of_the_place_will_do(journal, image, translator):
    page = illustrated(journal, image, alt="Two mountains.", caption="From Morges.")
    write_draft(page, hero_alt_en="Two mountains.", hero_caption_en="From Morges.")
    screen = look(translator, page)
    assert set(screen.places.values()) == {"translated"}
    assert screen.summary == FINISHED


def test_words_of_the_image_will_do(journal, image, translator):
    page = illustrated(journal, image)
    image.alt_en = "Two mountains."
    image.save()
    screen = look(translator, page)
    assert screen.places["body.a"] == screen.places["hero_caption"] == "captionless"
    assert screen.places["hero_alt"] == "translated"
    assert screen.summary == FINISHED


def test_a_decorative_picture_needs_no_words(journal, image, translator):
    page = illustrated(journal, image, decorative=True)
    write_draft(page, hero_alt_en="Two mountains.")
    assert look(translator, page).summary == FINISHED


def test_a_gallery_counts_each_of_its_pictures(journal, image, translator):
    items = [{"type": "item", "id": name, "value": picture(image)} for name in ("x", "y")]
    gallery = body(("g", "gallery", {"pictures": items}))
    page = three_paragraphs(journal, body_fr=gallery)
    write_draft(page, headline_en="The lake", lead_en="Two shores.", body_en=gallery)
    screen = look(translator, page)
    assert screen.places["body.g"] == "wordless"
    assert words_at(screen, "body.g").count("Deux montagnes.") == 2
    assert screen.summary == "2 alternative texts missing"


def test_own_words_left_empty_still_lack_an_alternative_text(journal, image, translator):
    page = three_paragraphs(journal, hero_image=image, hero_alt_fr="Deux sommets.")
    write_draft(page, headline_en="The lake", lead_en="Two shores.")
    screen = look(translator, page)
    assert screen.places["hero_alt"] == "untranslated"
    assert "Leave it empty" in screen.buttons("hero_alt")
    mark(translator, page, "diptych-confirm", "hero_alt")
    assert look(translator, page).places["hero_alt"] == "wordless"
