"""Publishing a selection of pages names the languages of each, before and after."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from diptych.articles.models import ArticleIndexPage, ArticleTopic
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.languages.editor import live_in
from tests.articles.worklist.people import browser_of, make_translator
from tests.factories import make_article, make_page, make_topic, sign_in, write_draft

ADDRESS = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))


def asked(client, *pages):
    """What the confirmation says of each page, by its title."""
    response = client.get(ADDRESS, {"id": [page.pk for page in pages]})
    rows = soup(response).select(".nice-padding > ul > li")
    return {
        text_of(row.a): [text_of(note) for note in row.find_all("p", recursive=False)]
        for row in rows
    }


def row_of(client, page):
    """What the confirmation says of one page, as an element."""
    found = soup(client.get(ADDRESS, {"id": page.pk}))
    return found.select_one(".nice-padding > ul > li")


def publish(client, *pages, **data):
    """The messages after the confirmation."""
    back = reverse("wagtailadmin_explore_root")
    query = {"id": [page.pk for page in pages], "next": back}
    assert client.post(ADDRESS, data, query_params=query).status_code == 302
    return messages(client.get(back, follow=True))


@pytest.fixture
def pages(journal):
    """A new page in French, one with a newer English draft, and one without changes."""
    new = make_article(journal, "Nouveau", None, live_in=())
    changed = make_article(journal, "Le pont", "The bridge")
    write_draft(changed, headline_en="The new bridge")
    return new, changed, make_article(journal, "La neige", "The snow")


def test_each_row_names_its_languages_before_and_after(pages, admin):
    assert asked(admin, *pages) == {
        "Nouveau": ["Will be published in French."],
        "Le pont": ["Will be published in English."],
        "La neige": ["Nothing new for readers in any language that you may publish."],
    }
    (said,) = publish(admin, *pages)
    assert said.startswith("2 pages have been published. ")
    assert "In French: Nouveau" in said
    assert "In English: Le pont" in said
    assert "Nothing new for readers: La neige" in said


@pytest.mark.rare
def test_a_language_that_is_written_and_was_never_live_is_published(journal, admin):
    drafted = [
        make_article(journal, f"La neige {number}", f"The snow {number}", live_in=["fr"])
        for number in range(2)
    ]
    half = make_article(journal, "La pluie", "The rain", live_in=["fr"], lead_en="")
    gone = make_article(journal, "Le vent", "The wind")
    gone.unpublish_languages(["en"])
    rows = asked(admin, *drafted, half, gone)
    assert rows["La neige 0"] == rows["La neige 1"] == ["Will be published in English."]
    nothing = ["Nothing new for readers in any language that you may publish."]
    assert rows["La pluie"] == rows["Le vent"] == nothing
    (said,) = publish(admin, *drafted, half, gone)
    assert said.startswith("2 pages have been published. In English: La neige 0; La neige 1.")
    assert said.endswith("Nothing new for readers: La pluie; Le vent")
    assert [live_in(page) for page in (*drafted, half, gone)] == [["fr", "en"]] * 2 + [["fr"]] * 2
    (said,) = publish(admin, half)
    assert said == "Nothing new for readers: La pluie"


def test_open_places_of_a_language_that_was_never_live_are_asked_about(journal, admin):
    page = make_article(journal, "La digue", "The dyke", live_in=["fr"])
    write_draft(page, body_en=page.body_fr)
    assert "Publish English with 1 place still in French?" in text_of(row_of(admin, page))
    publish(admin, page)
    assert live_in(page) == ["fr"]
    publish(admin, page, confirmed=confirmations(admin, page))
    assert live_in(page) == ["fr", "en"]


def test_what_all_languages_share_is_new_for_readers(journal, admin):
    page = make_article(journal, "La digue", "The dyke")
    draft = page.get_latest_revision_as_object()
    draft.topics.add(ArticleTopic(topic=make_topic(journal)))
    draft.save_revision()
    assert asked(admin, page) == {"La digue": ["Will be published in French and English."]}
    (said,) = publish(admin, page)
    assert said == "1 page has been published. In French and English: La digue"
    nothing = ["Nothing new for readers in any language that you may publish."]
    assert asked(admin, page) == {"La digue": nothing}


def test_who_may_not_publish_what_is_shared_is_told_nothing_is_new(journal, publisher):
    page = make_article(journal, "La digue", "The dyke")
    draft = page.get_latest_revision_as_object()
    draft.topics.add(ArticleTopic(topic=make_topic(journal)))
    draft.save_revision()
    nothing = ["Nothing new for readers in any language that you may publish."]
    assert asked(publisher, page) == {"La digue": nothing}


@pytest.mark.rare
def test_the_same_in_french(pages, client):
    sign_in(client, "admin", language="fr")
    assert asked(client, *pages[:2]) == {
        "Nouveau": ["Sera publiée en français."],
        "Le pont": ["Sera publiée en anglais."],
    }
    (said,) = publish(client, *pages[:2])
    assert "En français : Nouveau" in said
    assert "En anglais : Le pont" in said


def test_what_will_be_refused_is_said_before(journal, admin):
    page = make_article(journal, "Moitié", None, live_in=(), lead_fr="")
    assert asked(admin, page)["Moitié"] == ["Will not be published."]
    (link,) = row_of(admin, page).ul.select("a")
    assert text_of(link.parent) == "French: The lead is missing."
    assert link["href"] == f"/admin/pages/{page.pk}/edit/#:w:contentpath=lead_fr"


@pytest.fixture
def publisher(journal):
    """May publish English alone."""
    user = make_translator(journal, "pia", "en", actions=("edit", "publish"))
    GroupPagePermission.objects.create(
        group=user.groups.get(name="Translators: pia"),
        page=journal.home,
        permission=Permission.objects.get(codename="publish_page"),
    )
    return browser_of(user)


def test_languages_that_the_person_may_not_publish_are_named_as_left_out(journal, publisher):
    page = make_article(journal, "Le pont", "The bridge")
    write_draft(page, headline_en="The new bridge", headline_fr="Le nouveau pont")
    assert asked(publisher, page) == {"Le nouveau pont": ["Will be published in English."]}
    (said,) = publish(publisher, page)
    assert said == (
        "1 page has been published. In English: Le nouveau pont."
        " Left out in French, which you may not publish: Le nouveau pont"
    )
    page.refresh_from_db()
    assert (page.headline_en, page.headline_fr) == ("The new bridge", "Le pont")


def test_pages_of_which_nothing_may_be_published_are_named(journal, publisher):
    pages = [make_article(journal, headline, None) for headline in ("Le lac", "La neige")]
    for page in pages:
        write_draft(page, lead_fr="Autre chose.")
    never_live = make_article(journal, "Le vent", "The wind", live_in=("en",))
    left, said = publish(publisher, *pages, never_live)
    assert left.startswith("2 pages have been left as they are, as this would change a language")
    assert left.endswith(": Le lac; La neige")
    assert said == (
        "Nothing new for readers: The wind. Left out in French, which you may not publish: The wind"
    )


def test_a_page_with_a_date_is_not_live_yet(journal, admin):
    page = make_article(journal, "Demain", None, live_in=())
    write_draft(page, go_live_at=timezone.now() + timedelta(days=1))
    (said,) = publish(admin, page)
    assert "Not live yet in French: Demain" in said
    assert live_in(page) == []


def test_pages_below_are_named_after(journal, admin):
    section = make_page(ArticleIndexPage, journal.home, "Rubrique", "Section", live_in=())
    journal.articles = section
    make_article(journal, "Dessous", None, live_in=())
    (said,) = publish(admin, section, include_descendants="on")
    assert said.endswith("In French and English: Rubrique. In French: Dessous")


# Incomplete translations


@pytest.fixture
def copied(journal):
    """Live in French; its English is the French body, waiting as a draft."""
    page = make_article(journal, "La digue", "The dyke", live_in=("fr",))
    write_draft(page, body_en=page.body_fr, publish_requested_en=True)
    return page


def confirmations(client, page):
    """The values of the boxes that answer the question about a page."""
    return [box["value"] for box in row_of(client, page).select("input[name=confirmed]")]


def test_the_question_of_a_single_publication_stands_in_the_row(copied, admin):
    row = row_of(admin, copied)
    assert "Publish English with 1 place still in French?" in text_of(row)
    assert [text_of(link) for link in row.select("details a")] == ["Paragraph"]
    (box,) = row.select("input[name=confirmed]")
    assert soup(admin.get(ADDRESS, {"id": copied.pk})).select_one(f"form#{box['form']}")


def test_without_an_answer_it_is_not_published(copied, admin):
    (said,) = publish(admin, copied)
    assert said == "Not published: 1 thing to do in “La digue”. The draft is saved."
    assert live_in(copied) == ["fr"]


def test_an_answer_publishes_and_stands_in_the_history(copied, journal, admin):
    whole = make_article(journal, "Entier", None, live_in=())
    (said,) = publish(admin, copied, whole, confirmed=confirmations(admin, copied))
    assert "In English: La digue" in said
    assert live_in(copied) == ["fr", "en"]
    (entry,) = PageLogEntry.objects.filter(page=copied.pk, action="diptych.publish_incomplete")
    assert (entry.data["language"], entry.data["count"]) == ("en", 1)


def test_an_answer_about_another_text_is_none(copied, admin):
    answers = confirmations(admin, copied)
    write_draft(copied, headline_en="The dam", publish_requested_en=True)
    publish(admin, copied, confirmed=answers)
    assert live_in(copied) == ["fr"]


def test_who_may_not_publish_what_is_incomplete_is_not_asked(copied, admin):
    answers = confirmations(admin, copied)
    client = Client()
    user = sign_in(client, "moderator")
    permissions = user.groups.get().permissions
    permissions.remove(*permissions.filter(codename__startswith="publish_incomplete"))
    row = row_of(client, copied)
    assert not row.select("input")
    assert "You may not publish what is incomplete." in text_of(row)
    (said,) = publish(client, copied, confirmed=answers)
    assert said.startswith("Not published: 1 thing to do in “La digue”.")
    assert live_in(copied) == ["fr"]
