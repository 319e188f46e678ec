"""What is near an article is shown while it is being written, with the reasons."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.factories import make_article, make_journal, make_topic, paragraphs, sign_in

pytestmark = pytest.mark.django_db

ICE = "Ice covers the frozen harbour while skaters cross the northern lake. " * 8
TAX = "The budget raises the tax on income and the minister defends the deficit. " * 8


@pytest.fixture
def journal():
    return make_journal()


def suggestions_of(client, article):
    """The answer to a form that is not valid, which compares what is stored."""
    answer = client.post(reverse("diptych_related_suggestions", args=[article.pk]), {})
    assert answer.status_code == 200
    return answer


def test_the_nearest_comes_first_with_the_reasons(client, journal):
    climate = make_topic(journal)
    make_article(journal, "Budget", "Budget day", body_en=paragraphs(TAX))
    make_article(journal, "Glace", "Skating north", body_en=paragraphs(ICE), topics=[climate])
    written = make_article(journal, body_en=paragraphs(ICE), topics=[climate], live_in=())
    call_command("rebuild_related", verbosity=0)
    sign_in(client)
    answer = suggestions_of(client, written)
    english = next(each for each in answer.context["languages"] if each["code"] == "en")
    assert [each.name for each in english["shown"]] == ["Skating north", "Budget day"]
    assert "Same topics: Climate" in english["shown"][0].why
    assert "“" in english["shown"][0].why


def test_a_pick_that_is_not_live_in_a_language_is_told(client, journal):
    hidden = make_article(journal, "Caché", "Hidden", live_in=("fr",))
    make_article(journal, "Autre", "Other")
    written = make_article(journal, picks=[hidden])
    call_command("rebuild_related", verbosity=0)
    sign_in(client)
    by_language = {
        each["code"]: each for each in suggestions_of(client, written).context["languages"]
    }
    assert by_language["fr"]["missing"] == []
    [(pick, instead)] = by_language["en"]["missing"]
    assert (pick.name, instead.name) == ("Hidden", "Other")


def test_whoever_may_not_edit_is_told_nothing(client, journal):
    written = make_article(journal)
    sign_in(client, "reader")
    answer = client.post(reverse("diptych_related_suggestions", args=[written.pk]), {})
    assert answer.status_code in (302, 403)
