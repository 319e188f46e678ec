"""An address that was live leads on for ever, in its language, and nothing else does."""

import logging

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.articles.languages.editor import (
    PUBLISH,
    article_form,
    autosave,
    autosave_new,
    edit,
    newest_page,
)
from tests.factories import (
    make_article,
    make_plain_page,
    publish_confirmed,
    publish_draft,
    sign_in,
    write_draft,
)
from tests.tiers import one_of


def redirects():
    """Every redirect there is: from which path, in which site, to which page."""
    rows = Redirect.objects.values_list("old_path", "redirect_page_id")
    return dict(rows.order_by("old_path"))


def leads_to(client, address):
    response = client.get(address)
    return response.url if response.status_code == 301 else response.status_code


@pytest.mark.parametrize("interface", one_of(["fr", "en"], "rare"))
def test_a_new_slug_is_reached_from_the_old_one_in_either_language(
    journal, client, reader, interface
):
    page = make_article(journal, "Éléphant", "Elephant")
    sign_in(client, language=interface)
    slugs = {"url_slug_fr": "pachyderme", "url_slug_en": "pachyderm"}
    edit(client, page, article_form("Éléphant", "Elephant", PUBLISH, **slugs))
    assert leads_to(reader, "/fr/articles/elephant/") == "/fr/articles/pachyderme/"
    assert leads_to(reader, "/en/stories/elephant/") == "/en/stories/pachyderm/"
    assert len(redirects()) == 2


def test_a_new_slug_in_one_language_moves_nothing_in_the_other(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    assert redirects() == {"/en/stories/elephant": page.pk}


def test_a_redirect_that_stands_there_leads_to_the_page_that_was_there(journal):
    other = make_plain_page(journal, "Autre", "Other")
    page = make_article(journal, "Éléphant", "Elephant")
    Redirect.objects.create(
        old_path="/en/stories/elephant",
        site=journal.site,
        redirect_page=other,
        redirect_page_route_path="/part/",
    )
    publish_draft(page, url_slug_en="pachyderm")
    redirect = Redirect.objects.get()
    assert (redirect.redirect_page_id, redirect.redirect_page_route_path) == (page.pk, "")


def test_a_language_that_was_not_live_leaves_no_redirect(journal):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    publish_draft(page, url_slug_fr="pachyderme", url_slug_en="pachyderm")
    assert redirects() == {"/fr/articles/elephant": page.pk}


def test_a_draft_leaves_no_redirect(journal):
    page = make_article(journal, "Éléphant", "Elephant", live_in=[])
    page.url_slug_fr, page.url_slug_en = "pachyderme", "pachyderm"
    page.save()
    write_draft(page, url_slug_fr="animal", url_slug_en="animal")
    assert redirects() == {}


def test_a_draft_of_a_live_page_leaves_no_redirect(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, url_slug_fr="pachyderme", url_slug_en="pachyderm")
    assert redirects() == {}


@pytest.mark.rare
def test_the_keystrokes_that_autosave_sends_leave_no_redirect(journal, admin):
    first = autosave_new(admin, journal.articles, article_form("É")).json()
    page, revision = newest_page(), first["revision_id"]
    for headline in ("El", "Élé", "Éléph", "Éléphant"):
        saved = autosave(admin, page, article_form(headline), revision).json()
        assert saved["success"]
        revision = saved["revision_id"]
    assert redirects() == {}
    edit(admin, page, article_form("Éléphant", None, PUBLISH))
    assert redirects() == {}


def test_going_back_to_an_old_slug_leaves_no_loop(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    publish_draft(page, url_slug_en="elephant")
    assert redirects() == {"/en/stories/pachyderm": page.pk}
    assert leads_to(reader, "/en/stories/elephant/") == 200
    assert leads_to(reader, "/en/stories/pachyderm/") == "/en/stories/elephant/"


def test_two_new_slugs_leave_no_chain(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    publish_draft(page, url_slug_en="animal")
    for old in ("elephant", "pachyderm"):
        assert leads_to(reader, f"/en/stories/{old}/") == "/en/stories/animal/"


def test_another_page_may_take_the_address_that_became_free(journal, reader):
    first = make_article(journal, "Éléphant", "Elephant")
    publish_draft(first, url_slug_en="pachyderm")
    second = make_article(journal, "Autre", "Elephant")
    assert second.url_slug_en == "elephant"
    assert leads_to(reader, "/en/stories/elephant/") == 200
    publish_draft(second, url_slug_en="calf")
    assert leads_to(reader, "/en/stories/elephant/") == "/en/stories/calf/"
    assert leads_to(reader, "/en/stories/pachyderm/") == 200


def test_moving_a_page_redirects_its_addresses_in_each_language(journal, admin, reader):
    page = make_plain_page(journal, "Équipe", "Team")
    below = make_plain_page(journal, "Histoire", "History", parent=page)
    draft = make_plain_page(journal, "Brouillon", "Draft", parent=page, live_in=[])
    target = make_plain_page(journal, "Dossier", "File")
    response = admin.post(f"/admin/pages/{page.pk}/move/{target.pk}/confirm/")
    assert response.status_code == 302
    assert leads_to(reader, "/fr/equipe/") == "/fr/dossier/equipe/"
    assert leads_to(reader, "/en/team/") == "/en/file/team/"
    assert leads_to(reader, "/fr/equipe/histoire/") == "/fr/dossier/equipe/histoire/"
    assert leads_to(reader, "/en/team/history/") == "/en/file/team/history/"
    assert leads_to(reader, "/en/file/team/history/") == 200
    assert set(redirects().values()) == {page.pk, below.pk}
    assert draft.pk not in redirects().values()


def test_renaming_a_section_redirects_all_that_is_below_it(journal, reader):
    section = make_plain_page(journal, "Dossier", "File")
    below = make_plain_page(journal, "Un", "One", parent=section)
    make_plain_page(journal, "Deux", "Two", parent=below)
    make_plain_page(journal, "Seul", None, parent=section, live_in=["fr"])
    section.refresh_from_db()
    publish_draft(section, url_slug_en="folder")
    assert leads_to(reader, "/en/file/") == "/en/folder/"
    assert leads_to(reader, "/en/file/one/") == "/en/folder/one/"
    assert leads_to(reader, "/en/file/one/two/") == "/en/folder/one/two/"
    assert leads_to(reader, "/en/folder/one/two/") == 200
    assert leads_to(reader, "/fr/dossier/un/deux/") == 200
    assert sorted(redirects()) == ["/en/file", "/en/file/one", "/en/file/one/two"]


@pytest.mark.rare
def test_a_section_renamed_and_renamed_back_redirects_nothing_in_circles(journal, reader):
    section = make_plain_page(journal, "Dossier", "File")
    make_plain_page(journal, "Un", "One", parent=section)
    section.refresh_from_db()
    publish_draft(section, url_slug_fr="cahier")
    publish_draft(section, url_slug_fr="dossier")
    assert sorted(redirects()) == ["/fr/cahier", "/fr/cahier/un"]
    assert leads_to(reader, "/fr/cahier/un/") == "/fr/dossier/un/"


def test_reordering_pages_redirects_nothing(journal):
    first = make_article(journal, "Un", "One")
    second = make_article(journal, "Deux", "Two")
    second.move(first, pos="left")
    assert redirects() == {}


def test_a_page_that_was_unpublished_is_not_redirected_when_it_moves(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    page.unpublish()
    page.refresh_from_db()
    publish_draft(page, url_slug_en="pachyderm")
    assert redirects() == {}


def test_a_page_that_comes_back_to_its_old_address_is_not_redirected_to_itself(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    page.unpublish()
    page.refresh_from_db()
    write_draft(page, url_slug_en="elephant")
    page.publish_languages(["en", "fr"])
    assert redirects() == {}
    assert leads_to(reader, "/en/stories/elephant/") == 200
    page.unpublish_languages(["en"])
    assert leads_to(reader, "/en/stories/elephant/") == 404


def test_an_old_address_of_a_page_now_offline_is_not_found(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    page.unpublish()
    assert reader.get("/en/stories/elephant/", follow=True).status_code == 404


def test_an_address_too_long_for_a_redirect_moves_without_one(journal, caplog):
    parent = None
    for number in range(3):
        slugs = {"url_slug_fr": f"{number}{'f' * 90}", "url_slug_en": f"{number}{'e' * 90}"}
        parent = make_plain_page(journal, "Long", "Long", parent=parent, **slugs)
    with caplog.at_level(logging.WARNING):
        publish_draft(parent, url_slug_en="short")
    assert parent.url_in("en").endswith("/short/")
    assert redirects() == {}
    assert "too long" in caplog.text


def test_deleting_a_page_deletes_the_redirects_to_it(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    page.delete()
    assert redirects() == {}
    assert leads_to(reader, "/en/stories/elephant/") == 404


@pytest.fixture
def gone_from_english(journal):
    """A page that moved in English and was then unpublished there."""
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    page.unpublish_languages(["en"])
    return page


@pytest.mark.parametrize("query", ["", "?page=2"])
def test_an_old_address_never_leads_for_good_to_another_language(gone_from_english, reader, query):
    response = reader.get(f"/en/stories/elephant/{query}")
    assert (response.status_code, response.url) == (302, "/en/articles/elephant/")
    for address in (response.url, "/en/stories/pachyderm/"):
        response = reader.get(address)
        assert response.status_code == 404
        assert 'href="/fr/articles/elephant/"' in response.text


def test_an_old_address_does_not_tell_the_one_of_a_draft(gone_from_english, journal, reader):
    publish_draft(gone_from_english, url_slug_en="embargoed", lead_fr="Nouveau.")
    response = reader.get("/en/stories/elephant/")
    assert (response.status_code, response.url) == (302, "/en/articles/elephant/")
    assert "embargoed" not in reader.get(response.url).text
    # Where that address is another page's, the reader is not sent to that one.
    publish_draft(journal.articles, url_slug_en="articles")
    make_article(journal, "Autre", "Elephant", url_slug_en="elephant")
    response = reader.get("/en/stories/elephant/")
    assert "embargoed" not in response.headers.get("Location", "")


def test_an_old_address_leads_on_for_good_once_the_language_is_back(gone_from_english, reader):
    gone_from_english.publish_languages(["en"])
    response = reader.get("/en/stories/elephant/")
    assert (response.status_code, response.url) == (301, "/en/stories/pachyderm/")


def test_a_page_back_at_an_old_address_is_not_sent_to_another_language(gone_from_english, reader):
    publish_confirmed(gone_from_english, url_slug_en="elephant")
    gone_from_english.unpublish_languages(["en"])
    response = reader.get("/en/stories/elephant/")
    assert response.status_code == 404
    assert 'href="/fr/articles/elephant/"' in response.text


def test_a_redirect_to_an_address_is_followed_whatever_the_language(journal, reader):
    Redirect.add_redirect("/en/stories/elephant", "/fr/articles/", is_permanent=True)
    response = reader.get("/en/stories/elephant/")
    assert (response.status_code, response.url) == (301, "/fr/articles/")


def test_a_redirect_of_the_site_comes_before_one_of_all_sites(journal, reader):
    for site, link in ((None, "/en/stories/"), (journal.site, "/en/topics/")):
        Redirect.objects.create(old_path="/en/gone", site=site, redirect_link=link)
    assert leads_to(reader, "/en/gone/") == "/en/topics/"


def test_a_redirect_with_a_query_comes_before_one_without(journal, reader):
    Redirect.objects.create(old_path="/en/gone", redirect_link="/en/stories/")
    Redirect.objects.create(old_path="/en/gone?a=1&b=é", redirect_link="/en/topics/")
    assert leads_to(reader, "/en/gone/?b=%C3%A9&a=1") == "/en/topics/"
    assert leads_to(reader, "/en/gone/?a=1") == "/en/stories/"
