"""Several people have the same page open: what each wrote is there when all have saved."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import (
    PUBLISH_FRENCH,
    article_form,
    autosave,
    autosave_new,
    draft_of,
    errors,
    newest_page,
)
from tests.articles.languages.windows import Window, texts
from tests.articles.permissions.world import member
from tests.factories import make_author, write_draft
from tests.tiers import one_of


def newest(page):
    return ArticlePage.objects.get(pk=page.pk).latest_revision.content


def body(page, language):
    """As data: PostgreSQL keeps the keys of a block in an order of its own."""
    return json.loads(newest(page)[f"body_{language}"])


# Different parts


def test_each_writes_a_language(elephant, ana, ben):
    for turn in range(3):
        assert ana.write(headline_fr=f"Girafe {turn}").autosave()["success"]
        assert ben.write(headline_en=f"Giraffe {turn}").autosave()["success"]
    assert texts(elephant, "headline_fr", "headline_en") == ("Girafe 2", "Giraffe 2")


@pytest.mark.rare
def test_each_writes_a_field_of_one_language(elephant, ana, ben):
    for turn in range(3):
        assert ana.write(headline_fr=f"Girafe {turn}").autosave()["success"]
        assert ben.write(lead_fr=f"Chapeau {turn}").autosave()["success"]
    assert texts(elephant, "headline_fr", "lead_fr") == ("Girafe 2", "Chapeau 2")


@pytest.mark.parametrize("last", one_of(["ana", "ben"], "rare"))
def test_bodies_stay_what_they_were(elephant, ana, ben, last):
    before = body(elephant, "en")
    ana.write_body("fr", "Un", "Deux").autosave()
    french = body(elephant, "fr")
    assert "Deux" in str(french)
    window = ana if last == "ana" else ben
    window.write(lead_en="Lead.").autosave()
    assert body(elephant, "fr") == french
    assert body(elephant, "en") == before


def test_saving_by_hand_merges_too(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    assert ben.write(headline_en="Giraffe").post().status_code == 302
    assert ana.write(lead_fr="Chapeau").post().status_code == 302
    assert texts(elephant, "headline_fr", "headline_en", "lead_fr") == (
        "Girafe",
        "Giraffe",
        "Chapeau",
    )


def test_publishing_takes_along_what_others_wrote(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_en="Giraffe").autosave()
    assert ben.write(lead_fr="Chapeau.").post(PUBLISH_FRENCH).status_code == 302
    elephant.refresh_from_db()
    assert (elephant.headline_fr, elephant.lead_fr, elephant.headline_en) == (
        "Girafe",
        "Chapeau.",
        "Elephant",
    )
    assert texts(elephant, "headline_en") == ("Giraffe",)


@pytest.mark.rare
def test_what_an_editor_may_have_normalised_is_no_change(elephant, ana, ben):
    """Line ends, outer spaces and the marks of the rich text editor."""
    write_draft(elephant, lead_fr="Un\nDeux")
    ana.load()
    ana.write(lead_fr="Un\r\nDeux  ")
    ben.load().write(lead_fr="Trois").autosave()
    assert ana.write(lead_en="Lead 2.").autosave()["success"]
    assert texts(elephant, "lead_fr", "lead_en") == ("Trois", "Lead 2.")


@pytest.mark.rare
def test_both_write_the_same(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    assert ben.write(headline_fr="Girafe").autosave()["success"]
    assert ana.write(headline_fr="Girafe 2").autosave()["success"]
    assert texts(elephant, "headline_fr") == ("Girafe 2",)


@pytest.mark.rare
def test_an_address_that_saving_fills_in_is_no_change_of_somebody_else(elephant, ana):
    ana.write(url_slug_fr="").autosave()
    assert ana.write(url_slug_fr="girafe").autosave()["success"]
    assert texts(elephant, "url_slug_fr") == ("girafe",)


def test_a_new_page_goes_on_in_the_window_it_was_begun_in(journal, admin):
    """The answer to the first automatic save carries what the form shows."""
    form = {**article_form("Girafe"), "diptych-base": ""}
    answer = autosave_new(admin, journal.articles, form).json()
    base = answer["field_updates"]["diptych-base"]
    page = newest_page()
    write_draft(page, headline_en="Giraffe")
    form = {**article_form("Girafe 2"), "diptych-base": base}
    answer = autosave(admin, page, form, answer["revision_id"]).json()
    assert answer["success"]
    assert texts(page, "headline_fr", "headline_en") == ("Girafe 2", "Giraffe")


# The same part


def test_a_conflict_stops_saving_and_loses_nothing(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    answer = ben.write(headline_fr="Gazelle", lead_en="Lead 2.").autosave()
    assert (answer["success"], answer["error_code"]) == (False, "validation_error")
    assert "Headline (French)" in answer["error_message"]
    assert texts(elephant, "headline_fr", "lead_en") == ("Girafe", elephant.lead_en)
    response = ben.save()
    assert list(errors(response)) == ["headline_fr"]
    assert not response.context["autosave_enabled"], "the browser would decide by itself"
    assert "Ana" in ben.html
    assert "Girafe" in ben.html
    assert ben.form["headline_fr"] == "Gazelle"
    assert ben.form["lead_en"] == "Lead 2."


@pytest.mark.rare
def test_saving_again_is_a_decision(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_fr="Gazelle", lead_en="Lead 2.").save()
    assert ben.post().status_code == 302
    assert texts(elephant, "headline_fr", "lead_en") == ("Gazelle", "Lead 2.")
    assert "Girafe" in [revision.content["headline_fr"] for revision in elephant.revisions.all()]


def test_taking_over_the_other_text_ends_the_conflict(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_fr="Gazelle").save()
    assert ben.write(headline_fr="Girafe").post().status_code == 302
    assert texts(elephant, "headline_fr") == ("Girafe",)


@pytest.mark.rare
def test_a_third_change_while_deciding_is_a_conflict_again(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_fr="Gazelle").save()
    ana.write(headline_fr="Girafe 2").autosave()
    response = ben.post()
    assert "Girafe 2" in str(errors(response)["headline_fr"])


@pytest.mark.rare
def test_bodies_in_conflict_are_shown_whole(elephant, ana, ben):
    words = " ".join(f"mot{number}" for number in range(300))
    ana.write_body("fr", words).autosave()
    ben.write_body("fr", "Autre").save()
    assert "mot299" in ben.html
    assert "Autre" in ben.html
    assert texts(elephant, "body_fr")[0].stream_block


@pytest.mark.rare
def test_what_was_overwritten_stays_in_history(elephant, ana, ben):
    """Even if the one who wrote it goes on in a window that shows it."""
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_fr="Gazelle").save()
    ben.post()
    assert ana.write(lead_fr="Chapeau").autosave()["success"]
    assert texts(elephant, "headline_fr", "lead_fr") == ("Gazelle", "Chapeau")
    assert "Girafe" in [revision.content["headline_fr"] for revision in elephant.revisions.all()]


@pytest.mark.rare
def test_one_person_in_two_windows(elephant, ana):
    other = Window(elephant, client=ana.client)
    ana.write(headline_fr="Girafe").autosave()
    assert other.write(headline_en="Giraffe").autosave()["success"]
    other.write(headline_fr="Gazelle").save()
    assert "another window" in other.html


# Other screens and other permissions


@pytest.mark.rare
def test_the_translating_view_merges_too(journal, elephant, ana):
    address = reverse("diptych_translate", args=(elephant.pk, "en"))
    ben = Window(elephant, name="Ben", address=address)
    for turn in range(2):
        assert ana.write(headline_fr=f"Girafe {turn}").autosave()["success"]
        assert ben.write(headline_en=f"Giraffe {turn}").autosave()["success"]
    assert texts(elephant, "headline_fr", "headline_en") == ("Girafe 1", "Giraffe 1")
    ana.write(lead_en="One.").autosave()
    assert not ben.write(lead_en="Two.").autosave()["success"]
    assert ben.save().status_code == 200
    assert "Ana" in ben.html
    assert ben.post().status_code == 302
    assert texts(elephant, "lead_en") == ("Two.",)


@pytest.mark.rare
def test_somebody_with_the_right_to_one_language(journal, elephant, ana):
    call_command("diptych_groups", verbosity=0)
    author = make_author(journal)
    ana.add_row("authors", author=str(author.pk), role_fr="", role_en="")
    ana.autosave()
    ben = Window(elephant, client=member("editors-en"))
    for turn in range(3):
        assert ana.write(headline_fr=f"Girafe {turn}", lead_fr=f"{turn}").autosave()["success"]
        assert ben.write(headline_en=f"Giraffe {turn}").autosave()["success"]
    draft = draft_of(elephant)
    assert (draft.headline_fr, draft.lead_fr, draft.headline_en) == ("Girafe 2", "2", "Giraffe 2")
    assert draft.authors.count() == 1


@pytest.mark.rare
def test_saving_by_hand_says_what_was_kept(journal, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_en="Giraffe").save()
    assert "Ana changed the text in French" in ben.html
    assert "It has been kept." in ben.html
