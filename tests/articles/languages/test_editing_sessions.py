"""What people at the same page are told of each other."""

import pytest
from django.urls import reverse
from wagtail.models import Comment

from tests.articles.languages.windows import Window, texts
from tests.factories import make_article
from tests.tiers import one_of


def test_the_tab_says_who_changed_it(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    ben.write(headline_en="Giraffe").autosave()
    assert "Ana changed the text in French" in ben.html
    assert "in English at" not in ben.html


def ping(window):
    response = window.client.get(window.address)
    module = response.context["editing_sessions"]
    data = {
        "revision_id": window.form["loaded_revision_id"],
        "revision_created_at": window.form["loaded_revision_created_at"],
    }
    return window.client.post(module.ping_url, data)


def test_nobody_is_interrupted_but_everybody_is_told(elephant, ana, ben):
    ana.write(headline_fr="Girafe").autosave()
    answer = ping(ben).json()
    assert not any(session["revision_id"] for session in answer["other_sessions"])
    assert "Ana changed the text in French" in answer["html"]
    assert "#diptych-others-fr" in answer["html"]
    assert "diptych/editing-sessions" in answer["ping_url"]
    again = ben.client.post(answer["ping_url"], {})
    assert again.status_code == 200


@pytest.mark.parametrize(
    "posted",
    one_of(
        [
            {},
            {"revision_id": "x", "revision_created_at": "x"},
            {"revision_id": "99999", "revision_created_at": "2026-13-45T00:00:00"},
            {"revision_id": "", "revision_created_at": "2026-01-01T00:00:00"},
        ],
        "odd",
    ),
)
def test_odd_pings_are_answered(elephant, ana, posted):
    address = f"/admin/diptych/editing-sessions/{elephant.pk}/1/?language=xx&language=fr"
    assert ana.client.post(address, posted).status_code == 200


def test_pinging_needs_the_right_to_edit(elephant, client, reader):
    address = f"/admin/diptych/editing-sessions/{elephant.pk}/1/"
    assert reader.post(address).status_code == 302
    assert Window(elephant).client.get(address).status_code == 405


@pytest.fixture
def translating(journal, admin):
    """A window of somebody alone, saved by itself when half of the English headline was typed."""
    page = make_article(journal, "Le lac", None, live_in=("fr",))
    address = reverse("diptych_translate", args=(page.pk, "en"))
    admin.post(f"{address}start-empty/")
    window = Window(page, client=admin, address=address)
    assert window.write(headline_en="The la").autosave()["success"]
    return window


@pytest.mark.rare
def test_nobody_is_told_of_the_address_that_saving_made(translating):
    assert texts(translating.page, "url_slug_en") == ("the-la",)
    for values in ({"headline_en": "The lake"}, {"lead_en": "Two banks."}):
        assert translating.write(**values).autosave()["success"]
        assert "another window" not in translating.html
    translating.save()
    assert "another window" not in translating.html


def test_the_address_that_saving_made_is_written_over(translating):
    assert translating.write(url_slug_en="the-lake").autosave()["success"]
    assert texts(translating.page, "url_slug_en") == ("the-lake",)


@pytest.mark.rare
def test_an_address_from_another_window_is_told(translating):
    other = Window(translating.page, client=translating.client, address=translating.address)
    assert other.write(url_slug_en="the-lake").autosave()["success"]
    assert translating.write(lead_en="Two banks.").autosave()["success"]
    assert "You changed this in another window" in translating.html
    assert texts(translating.page, "url_slug_en") == ("the-lake",)


def test_a_deleted_comment_stays_deleted(elephant, ana, ben):
    comment = Comment.objects.create(page=elephant, user=ana.user, text="Hm", contentpath="lead_fr")
    number = str(comment.pk)
    ben.write(
        **{
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "1",
            "comments-0-id": number,
            "comments-0-text": "Hm",
            "comments-0-contentpath": "lead_fr",
            "comments-0-position": "",
            "comments-0-DELETE": "",
            "comments-0-resolved": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
        }
    )
    comment.delete()
    assert ben.write(headline_en="Giraffe").autosave()["success"]
