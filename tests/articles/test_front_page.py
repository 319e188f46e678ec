"""The front page, as editors arrange it and as readers of each language find it.

One journal is made for the whole file; what a test does to it is undone.
"""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from diptych.articles.lists.front_page import ARTICLES_IN_A_ROW, BRIEFS, NEWEST, SECONDS
from diptych.articles.models import ArticlePage, FrontArticle, FrontTopic, HomePage, TopicPage
from diptych.articles.models.home import RowForm
from tests.factories import make_article, make_journal, make_topic, publish_draft
from tests.forms import form_values

START = datetime(2026, 5, 1, tzinfo=get_current_timezone())
#: More than the head of the page, one row and the newest need.
NUMBER = 1 + SECONDS + ARTICLES_IN_A_ROW + NEWEST + 1


class Front:
    """What stands on the front page in one language, by headline."""

    def __init__(self, client, language):
        context = client.get(f"/{language}/").context
        self.lead = context["lead"].headline if context["lead"] else None
        self.seconds = [article.headline for article in context["seconds"]]
        self.briefs = [article.headline for article in context["briefs"]]
        self.newest = [article.headline for article in context["newest"]]
        self.rows = {
            row["topic"].headline: [article.headline for article in row["articles"]]
            for row in context["topic_rows"]
        }
        self.forms = {row["topic"].headline: row["form"] for row in context["topic_rows"]}

    @property
    def everything(self):
        of_rows = [headline for row in self.rows.values() for headline in row]
        return [self.lead, *self.seconds, *self.briefs, *of_rows, *self.newest]


def make_world():
    journal = make_journal()
    climate, cities = make_topic(journal), make_topic(journal, "Villes", "Cities")
    quiet = make_topic(journal, "Discret", "Quiet")
    make_topic(journal, "Sans article", "Without articles")
    french_only = make_topic(journal, "Genève", "Geneva", live_in=("fr",))
    numbered = [
        make_article(
            journal,
            f"fr {number}",
            f"en {number}",
            topics=[climate, cities, french_only],
            publication_date=START - timedelta(days=number),
        )
        for number in range(NUMBER)
    ]
    long_ago = START - timedelta(days=5000)
    make_article(journal, "Ancien", "Old", topics=[quiet], publication_date=long_ago)
    french = {"live_in": ("fr",), "publication_date": long_ago - timedelta(days=9)}
    make_article(journal, "Seulement", None, **french)
    make_article(journal, "Aussi", None, **french)
    make_article(journal, "Brouillon", "Draft", live_in=())
    return SimpleNamespace(home=journal.home.pk, numbered=[page.pk for page in numbered])


@pytest.fixture(scope="module")
def stored_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(stored_world, db):
    return stored_world


def article(headline):
    return ArticlePage.objects.get(headline_fr=headline)


def topic(headline):
    return TopicPage.objects.get(headline_fr=headline)


def arrange(world, lead=None, seconds=(), topics=(), **values):
    """Publish the front page with these choices, by French headline."""
    publish_draft(
        HomePage.objects.get(pk=world.home),
        lead_article_id=article(lead).pk if lead else None,
        front_articles=[FrontArticle(article=article(each)) for each in seconds],
        front_topics=[FrontTopic(topic=topic(each)) for each in topics],
        **values,
    )


def test_where_nothing_is_chosen_the_newest_fill_the_page(client, world):
    front = Front(client, "en")
    assert front.everything[:3] == ["en 0", "en 1", "en 2"]
    assert front.briefs == ["en 3", "en 4", "en 5"]
    assert front.rows == {
        "Climate": ["en 6", "en 7", "en 8"],
        "Cities": ["en 9", "en 10", "en 11"],
        "Quiet": ["Old"],
    }
    assert front.newest == [f"en {number}" for number in range(12, NUMBER)]
    assert len(front.everything) == len(set(front.everything))


def test_editors_choose_what_leads_what_stands_beside_it_and_the_topics(client, world):
    arrange(
        world,
        lead="fr 9",
        seconds=["fr 7", "Ancien"],
        topics=["Villes", "Discret", "Climat"],
        newest_count=2,
    )
    front = Front(client, "fr")
    assert (front.lead, front.seconds) == ("fr 9", ["fr 7", "Ancien"])
    assert front.briefs == ["fr 0", "fr 1"]
    assert front.rows == {"Villes": ["fr 2", "fr 3", "fr 4"], "Climat": ["fr 5", "fr 6", "fr 8"]}
    assert front.newest == []


def test_headlines_of_the_newest_leave_most_of_a_small_journal_to_the_topics(client, world):
    arrange(world, newest_count=24)
    assert len(Front(client, "fr").briefs) == BRIEFS
    ArticlePage.objects.exclude(headline_fr__in=[f"fr {each}" for each in range(5)]).delete()
    front = Front(client, "fr")
    assert (front.briefs, front.rows) == ([], {"Climat": ["fr 3", "fr 4"]})


def test_editors_choose_the_form_of_a_row(client, world):
    arrange(world, topics=["Climat", "Villes"])
    home = HomePage.objects.get(pk=world.home)
    row = home.front_topics.get(topic__title="Villes")
    row.form = RowForm.TEXT
    publish_draft(home, front_topics=[home.front_topics.get(topic__title="Climat"), row])
    assert Front(client, "fr").forms == {"Climat": "", "Villes": "text"}


def test_a_choice_that_is_not_live_in_a_language_makes_room_there_only(client, world):
    arrange(world, "Seulement", ["Aussi", "Brouillon", "fr 5"], ["Genève"])
    french, english = Front(client, "fr"), Front(client, "en")
    assert (french.lead, french.seconds) == ("Seulement", ["Aussi", "fr 5"])
    assert (english.lead, english.seconds) == ("en 0", ["en 5", "en 1"])
    assert (list(french.rows), list(english.rows)) == (["Genève"], [])
    for front in (french, english):
        assert len(front.everything) == len(set(front.everything))


def test_what_is_chosen_to_stand_beside_the_lead_does_not_become_the_lead(client, world):
    arrange(world, seconds=["fr 0"])
    front = Front(client, "fr")
    assert (front.lead, front.seconds) == ("fr 1", ["fr 0", "fr 2"])


def test_an_article_that_was_chosen_twice_is_shown_once(client, world):
    arrange(world, "fr 3", ["fr 3", "fr 4", "fr 4"])
    assert Front(client, "fr").everything[:3] == ["fr 3", "fr 4", "fr 0"]


def test_topics_and_newest_can_be_left_out(client, world):
    arrange(world, topic_rows=False, newest_count=0)
    assert Front(client, "fr").everything == ["fr 0", "fr 1", "fr 2"]


def test_what_was_chosen_and_is_deleted_leaves_no_gap(client, world):
    arrange(world, "fr 4", ["fr 3"], ["Discret", "Villes"])
    for page in (article("fr 4"), article("fr 3"), topic("Discret")):
        page.delete()
    front = Front(client, "fr")
    assert front.everything[:3] == ["fr 0", "fr 1", "fr 2"]
    assert list(front.rows) == ["Villes"]


@pytest.mark.rare
def test_the_only_article_leads_wherever_it_was_put(client, world):
    ArticlePage.objects.exclude(headline_fr="fr 0").delete()
    arrange(world, seconds=["fr 0"])
    assert Front(client, "fr").everything == ["fr 0"]
    ArticlePage.objects.all().delete()
    assert Front(client, "fr").everything == [None]


def test_editors_arrange_it_in_the_admin(admin, world):
    address = reverse("wagtailadmin_pages:edit", args=[world.home])
    form = form_values(admin.get(address).content.decode())
    chosen = nested_form_data(
        {
            "lead_article": article("fr 5").pk,
            "front_articles": inline_formset([{"article": article("fr 4").pk}]),
            "front_topics": inline_formset([{"topic": topic("Villes").pk, "form": "equal"}]),
            "topic_rows": "on",
            "newest_count": 1,
            "action-publish": "publish",
        }
    )
    for name, value in chosen.items():
        form[name] = value
    assert admin.post(address, form).status_code == 302
    front = Front(admin, "en")
    assert front.everything == ["en 5", "en 4", "en 0", "en 1", "en 2", "en 3", "en 6"]
    assert (front.briefs, front.forms) == (["en 1"], {"Cities": "equal"})
    form["newest_count"] = 25
    assert admin.post(address, form).context["form"].errors["newest_count"]
