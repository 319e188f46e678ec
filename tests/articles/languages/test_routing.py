"""Each language has addresses of its own, and an address gives only text of its language."""

import pytest
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from diptych.articles.models import ArticlePage
from tests.factories import make_article, make_author, make_plain_page, make_topic, write_draft

EVERY_PAGE = [
    "/fr/",
    "/en/",
    "/fr/articles/",
    "/en/stories/",
    "/fr/articles/elephant-gris/",
    "/en/stories/grey-elephant/",
    "/fr/thematiques/climat/",
    "/en/topics/climate/",
    "/fr/auteurs/lea-rochat/",
    "/en/authors/lea-rochat/",
]


def get(client, address):
    """Status and, of a redirect, where it leads."""
    response = client.get(address)
    return response.status_code, getattr(response, "url", None)


def test_every_page_answers_at_its_address_in_each_language(journal, reader, subtests):
    make_article(journal, "Éléphant gris", "Grey elephant")
    make_topic(journal)
    make_author(journal)
    for address in EVERY_PAGE:
        with subtests.test(address):
            assert reader.get(address).status_code == 200


def test_each_address_gives_the_text_of_its_language(journal, reader):
    make_article(journal, "Éléphant", "Elephant")
    french = reader.get("/fr/articles/elephant/").content.decode()
    english = reader.get("/en/stories/elephant/").content.decode()
    assert "Éléphant" in french
    assert "Elephant" in english
    assert "Lead of Elephant" not in french
    assert "Chapeau de Éléphant" not in english


def test_the_page_knows_its_address_in_each_language(journal):
    page = make_article(journal, "Éléphant gris", "Grey elephant")
    assert page.url_in("fr") == "/fr/articles/elephant-gris/"
    assert page.url_in("en") == "/en/stories/grey-elephant/"
    for language, url in (("fr", page.url_in("fr")), ("en", page.url_in("en"))):
        with translation.override(language):
            assert ArticlePage.objects.get(pk=page.pk).url == url


def test_the_slug_of_the_other_language_leads_to_the_right_address(journal, reader):
    make_article(journal, "Éléphant gris", "Grey elephant")
    assert get(reader, "/en/articles/elephant-gris/") == (301, "/en/stories/grey-elephant/")
    assert get(reader, "/fr/stories/grey-elephant/") == (301, "/fr/articles/elephant-gris/")
    assert get(reader, "/en/articles/") == (301, "/en/stories/")


@pytest.mark.parametrize("address", ["/en/articles/elephant/", "/en/stories/elephant/"])
def test_a_page_that_lives_in_the_other_language_only_says_so(journal, reader, address):
    make_article(journal, "Éléphant", None, live_in=["fr"])
    response = reader.get(address)
    assert response.status_code == 404
    assert "diptych/unavailable.html" in [each.name for each in response.templates]
    (version,) = response.context["alternatives"]
    assert (version["code"], version["headline"]) == ("fr", "Éléphant")
    assert version["url"] == "/fr/articles/elephant/"
    assert "Texte de Éléphant" not in response.content.decode()


def test_a_page_with_unpublished_text_in_the_language_does_not_show_it(journal, reader):
    make_article(journal, "Éléphant", "Secret", live_in=["fr"])
    response = reader.get("/en/stories/secret/")
    assert response.status_code == 404
    assert "Secret" not in response.content.decode()
    assert "/fr/articles/elephant/" in response.content.decode()


def test_the_answer_speaks_the_language_that_was_asked_for(journal, reader):
    make_article(journal, "Éléphant", None, live_in=["fr"])
    make_article(journal, None, "Tiger", live_in=["en"])
    assert reader.get("/en/stories/elephant/").headers["Content-Language"] == "en"
    assert reader.get("/fr/articles/tiger/").headers["Content-Language"] == "fr"


def test_a_draft_is_not_found_in_any_language(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant", live_in=[])
    for address in (
        "/fr/articles/elephant/",
        "/en/stories/elephant/",
        "/en/articles/elephant/",
        "/fr/stories/elephant/",
    ):
        response = reader.get(address)
        assert response.status_code == 404
        assert "diptych/unavailable.html" not in [each.name for each in response.templates]
    assert page.url_in("fr") is None


def test_a_draft_of_a_live_page_is_not_found_at_its_new_slug(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, url_slug_fr="pachyderme")
    assert get(reader, "/fr/articles/pachyderme/") == (404, None)
    assert get(reader, "/fr/articles/elephant/") == (200, None)


def test_what_an_editor_redirects_wins_over_the_address_of_the_other_language(journal, reader):
    make_article(journal, "Éléphant", "Elephant")
    make_article(journal, "Tigre", None, live_in=["fr"])
    for path in ("/en/articles/elephant", "/en/articles/tigre", "/en/stories/tigre"):
        Redirect.add_redirect(path, "https://example.org/", site=journal.site)
        assert get(reader, f"{path}/") == (301, "https://example.org/")


def test_a_live_page_wins_over_a_redirect_at_its_address(journal, reader):
    make_article(journal, "Éléphant", "Elephant")
    Redirect.add_redirect("/en/stories/elephant", "https://example.org/")
    assert get(reader, "/en/stories/elephant/") == (200, None)


def test_a_home_page_live_in_one_language_says_so_in_the_other(journal, reader):
    journal.home.unpublish_languages(["en"])
    response = reader.get("/en/")
    assert response.status_code == 404
    assert "diptych/unavailable.html" in [each.name for each in response.templates]
    assert reader.get("/en/stories/").status_code == 200


def test_deep_pages_have_addresses_in_each_language(journal, reader):
    parent = None
    for number in range(1, 6):
        parent = make_plain_page(journal, f"Niveau {number}", f"Level {number}", parent=parent)
    french, english = (
        "".join(f"{word}-{number}/" for number in range(1, 6)) for word in ("niveau", "level")
    )
    assert get(reader, f"/fr/{french}") == (200, None)
    assert get(reader, f"/en/{english}") == (200, None)
    assert get(reader, f"/en/{french}") == (301, f"/en/{english}")


def test_a_page_below_one_that_misses_the_language_is_found_under_its_borrowed_slug(
    journal, reader
):
    parent = make_plain_page(journal, "Dossier", None, live_in=["fr"])
    child = make_plain_page(journal, "Détail", "Detail", parent=parent)
    assert child.url_in("en") == "/en/dossier/detail/"
    assert get(reader, "/en/dossier/detail/") == (200, None)


@pytest.mark.parametrize("private", ["parent", "page"])
def test_a_private_page_shows_nothing_in_any_language(journal, reader, private):
    parent = make_plain_page(journal, "Dossier", "File")
    child = make_plain_page(journal, "Secret", None, live_in=["fr"], parent=parent)
    PageViewRestriction.objects.create(
        page=parent if private == "parent" else child,
        restriction_type=PageViewRestriction.LOGIN,
    )
    assert reader.get("/fr/dossier/secret/").status_code == 302
    for address in ("/en/file/secret/", "/en/dossier/secret/"):
        response = reader.get(address)
        assert response.status_code in (302, 404)
        assert b"Secret" not in response.content


def test_there_is_no_page_below_the_prefix_of_a_language_that_pages_do_not_have(
    journal, reader, settings
):
    make_article(journal, "Éléphant", "Elephant")
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch"), ("fr-ch", "Français (Suisse)")]
    for address in ("/de/", "/de/articles/elephant/", "/de/stories/elephant/"):
        assert get(reader, address) == (404, None)
    swiss = reader.get("/fr-ch/articles/elephant/").content.decode()
    assert '<link rel="canonical" href="http://testserver/fr/articles/elephant/">' in swiss


def test_head_requests_are_answered_like_get(journal, reader):
    make_article(journal, "Éléphant", "Elephant")
    assert reader.head("/en/stories/elephant/").status_code == 200
    assert reader.head("/en/articles/elephant/").status_code == 301
