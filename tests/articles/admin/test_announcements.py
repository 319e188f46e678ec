"""After publishing, the editor reads in which languages the page is live now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.articles.admin.html import messages, soup
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    create,
    edit,
)
from tests.factories import make_article, sign_in, write_draft


def read(client, response):
    """What the next page says after ``response``."""
    assert response.status_code == 302
    return client.get(response["Location"])


@pytest.mark.parametrize(
    ("live_in", "button", "languages"),
    [
        ((), PUBLISH_FRENCH, "French"),
        ((), PUBLISH_BOTH, "French and English"),
        (("fr",), PUBLISH_ENGLISH, "French and English"),
        (("fr", "en"), PUBLISH_FRENCH, "French and English"),
        (("en",), PUBLISH, "English"),
    ],
)
def test_all_languages_that_are_live_are_named(journal, admin, live_in, button, languages):
    page = make_article(journal, "Titre", "Title", live_in)
    response = read(admin, edit(admin, page, article_form("Titre", "Title", button)))
    said = " ".join(messages(response))
    assert "Page 'Titre' has been published." in said
    assert f"Live now in {languages}." in said


def test_a_new_page_says_it_too_with_a_link_to_each_language(journal, admin):
    response = create(admin, journal.articles, article_form("Titre", "Title", PUBLISH_BOTH))
    page = soup(read(admin, response))
    links = {each.get_text(strip=True): each["href"] for each in page.select(".messages a")}
    assert links["View in French"] == "/fr/articles/titre/"
    assert links["View in English"] == "/en/stories/title/"


def test_what_waits_as_a_draft_is_said(journal, admin):
    page = make_article(journal, "Titre", "Title")
    write_draft(page, headline_en="Not yet")
    response = edit(admin, page, article_form("Titre neuf", "Not yet", PUBLISH_FRENCH))
    said = messages(read(admin, response))
    assert "Unpublished changes in English are kept as a draft." in " ".join(said)


def test_a_scheduled_page_names_the_languages_of_that_day(journal, admin):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    page = make_article(journal, "Titre", "Title", live_in=())
    form = article_form("Titre", "Title", PUBLISH_BOTH, go_live_at=tomorrow)
    said = " ".join(messages(read(admin, edit(admin, page, form))))
    assert "It will then be live in French and English." in said
    assert "Live now" not in said


def test_in_the_language_of_the_interface(journal, client):
    sign_in(client, language="fr")
    page = make_article(journal, "Titre", "Title")
    response = edit(client, page, article_form("Titre", "Title", PUBLISH_BOTH))
    said = " ".join(messages(read(client, response)))
    assert "publiée en français et en anglais." in said


def test_a_draft_announces_nothing(journal, admin):
    page = make_article(journal, "Titre", "Title", live_in=())
    response = edit(admin, page, article_form("Titre", "Title"))
    assert "Live now" not in " ".join(messages(read(admin, response)))
