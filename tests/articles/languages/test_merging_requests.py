"""What an edit screen sends along when it is saved, and what becomes of the history."""

import json

import pytest
from wagtail.models import PageLogEntry, Revision

from diptych.articles.languages.translations.merging.parts import Base
from tests.articles.languages.windows import saved_at_the_same_moment, texts
from tests.factories import make_article

pytestmark = pytest.mark.rare


def test_without_a_base_an_open_form_of_the_latest_draft_counts(elephant, ana):
    del ana.form["diptych-base"]
    assert ana.write(headline_fr="Girafe").autosave()["success"]


def test_without_a_base_an_older_form_is_refused_and_shows_where_it_differs(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    del ben.form["diptych-base"]
    assert not ben.write(lead_en="Lead 2.").autosave()["success"]
    response = ben.post()
    assert response.status_code == 409
    assert set(response.context["form"].errors) == {"headline_fr", "lead_en"}
    assert texts(elephant, "headline_fr", "lead_en") == ("Girafe", elephant.lead_en)


GARBAGE = [
    "x",
    "[]",
    "{}",
    "null",
    "12",
    '{"parts": [], "written": []}',
    '{"parts": {"headline_fr": 5}, "written": []}',
    '{"parts": {"headline_fr": ["a"]}, "written": []}',
    '{"parts": {"headline_fr": [["a"], "b"]}, "written": []}',
    '{"parts": {}, "written": [[]]}',
    '{"parts": {}, "written": null}',
    "[" * 100_000,
    "\x00",
]


def test_a_base_that_is_made_up_is_refused_and_nothing_is_lost(elephant, ana, ben, subtests):
    ana.write(headline_fr="Girafe").autosave()
    for garbage in GARBAGE:
        with subtests.test(garbage[:80]):
            ben.write(**{"diptych-base": garbage, "headline_en": "Giraffe"})
            assert ben.autosave()["error_code"] == "invalid_revision"
    response = ben.save()
    assert response.status_code == 409
    assert set(response.context["form"].errors) == {"headline_fr", "headline_en"}
    assert texts(elephant, "headline_fr", "headline_en") == ("Girafe", "Elephant")
    assert ben.post().status_code == 302


def test_the_base_of_another_page_is_made_up(elephant, ana, journal):
    other = make_article(journal, "Autre", "Other")
    form = ana.form["diptych-base"]
    assert Base.read(form, elephant) and Base.read(form, other) is None
    base = json.loads(form.rpartition(":")[0])
    base["parts"] |= {"path": "x", "nonsense": ["a", "b"]}
    assert Base.read(f"{json.dumps(base)}:{form.rpartition(':')[2]}", elephant) is None


def test_a_revision_that_is_not_there_is_no_obstacle(elephant, ana, subtests):
    for number in ("999999", "x", "", "-1", "²"):
        with subtests.test(number):
            ana.revision = number
            assert ana.write(headline_fr=f"Girafe {number}").autosave()["success"]


def test_purged_revisions_are_not_needed(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_en="Giraffe").autosave()
    elephant.revisions.exclude(pk=ben.revision).delete()
    assert ana.write(headline_fr="Girafe 2").autosave()["success"]
    assert texts(elephant, "headline_fr", "headline_en") == ("Girafe 2", "Giraffe")
    ana.write(lead_fr="Un").autosave()
    elephant.revisions.exclude(pk=ana.revision).delete()
    ben.write(lead_fr="Deux").save()
    assert "Un" in ben.html


def test_who_changed_it_may_not_be_known_any_more(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ana.user.delete()
    ben.write(headline_fr="Gazelle").save()
    assert "Somebody changed this" in ben.html


def test_two_saves_at_the_same_moment(elephant, ana, ben):
    """One is saved between the other's reading the page and writing it."""
    with saved_at_the_same_moment(ben.write(headline_en="Giraffe")):
        assert ana.write(headline_fr="Girafe").autosave()["success"]
    assert texts(elephant, "headline_fr", "headline_en") == ("Girafe", "Giraffe")


def test_a_conflict_of_the_same_moment(elephant, ana, ben):
    with saved_at_the_same_moment(ben.write(headline_fr="Gazelle")):
        assert not ana.write(headline_fr="Girafe").autosave()["success"]
    assert texts(elephant, "headline_fr") == ("Gazelle",)


# History


def test_taking_turns_leaves_one_draft_for_each(elephant, ana, ben):
    before = elephant.revisions.count(), PageLogEntry.objects.filter(page=elephant).count()
    for turn in range(10):
        ana.write(headline_fr=f"Girafe {turn}").autosave()
        ben.write(headline_en=f"Giraffe {turn}").autosave()
    assert elephant.revisions.count() == before[0] + 2
    history = ana.client.get(f"/admin/pages/{elephant.pk}/history/")
    assert len(history.context["object_list"]) == before[1] + 2
    languages = {
        revision.user_id: {row.language for row in revision.diptych_languages.all()}
        for revision in elephant.revisions.exclude(user=None)
    }
    assert languages == {ana.user.pk: {"fr"}, ben.user.pk: {"en"}}


def test_a_draft_that_went_live_is_not_gone_on_with(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    Revision.objects.get(pk=ana.revision).publish()
    ana.write(headline_fr="Girafe 2").autosave()
    elephant.refresh_from_db()
    assert elephant.headline_fr == "Girafe"
    assert elephant.live_revision.content["headline_fr"] == "Girafe"
    assert texts(elephant, "headline_fr") == ("Girafe 2",)


def test_nobody_goes_on_with_a_draft_of_somebody_else(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.revision = ana.revision
    assert ben.write(headline_en="Giraffe").autosave()["success"]
    assert ben.revision != ana.revision
    assert Revision.objects.get(pk=ben.revision).user == ben.user
