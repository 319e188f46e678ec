"""The forms of the rows of the front page: what editors choose, and what pictures allow."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from diptych.themes.parts.topic_rows import form_of_row
from tests.factories import make_article, make_image, make_topic


def row(*pictured, form=""):
    return {"articles": [SimpleNamespace(hero=each) for each in pictured], "form": form}


def test_forms_take_turns_where_editors_leave_it_open():
    forms = [form_of_row(row(True, True, True), number) for number in range(5)]
    assert forms == ["large", "equal", "mirror", "text", "large"]


def test_the_form_that_editors_chose_is_kept_in_every_place():
    for form in ("equal", "text"):
        assert {form_of_row(row(True, True, form=form), each) for each in range(4)} == {form}
    assert [form_of_row(row(True, True, form="large"), each) for each in (1, 2)] == [
        "large",
        "mirror",
    ]


@pytest.mark.parametrize("form", ["", "large", "equal", "text", "unknown"])
def test_a_form_that_lacks_pictures_makes_room_for_another(form):
    for number in range(4):
        assert form_of_row(row(False, False, form=form), number) == "text"
        assert form_of_row(row(False, True, form=form), number) == "text"
        assert form_of_row(row(True, False, form=form), number) != "equal"
        assert form_of_row(row(True, form=form), number) == "single"


@pytest.mark.django_db
@pytest.mark.rare
def test_rows_have_the_name_of_their_topic_and_no_description(journal, client):
    topic = make_topic(journal, "Climat", "Climate", description_fr="Le temps qu’il fait.")
    picture = make_image(width=64, height=48)
    for number in range(9):
        hero = {"hero_image": picture} if number % 2 else {}
        make_article(journal, f"Lac {number}", f"Lake {number}", topics=[topic], **hero)
    page = BeautifulSoup(client.get("/fr/").content, "lxml")
    (found,) = page.select(".topic-row")
    assert found.select_one(".topic-row__title").get_text(strip=True) == "Climat"
    assert "Le temps" not in found.get_text()
    assert len(found.select(".card")) == 3
    briefs = page.select(".front__briefs .card")
    assert len(briefs) == 2
    assert not page.select(".front__briefs img, .front__briefs .byline")
