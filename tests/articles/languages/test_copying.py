"""Copies get headlines and addresses of their own in each language; aliases follow their source."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from diptych.articles.languages.publication.rebuilding import outdated_pages
from diptych.articles.models import ArticlePage, StandardPage
from tests.articles.admin.html import soup
from tests.articles.languages.editor import draft_of, errors, live_in, newest_page, rows
from tests.factories import (
    make_article,
    make_plain_page,
    paragraphs,
    publish_draft,
    sign_in,
    write_draft,
)
from tests.tiers import one_of


def copy(client, page, parent=None, **values):
    """Post the copy form of ``page``; headlines and slugs are those given, else the page's own."""
    values = {"new_parent_page": (parent or page.get_parent()).pk, **values}
    return client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), values)


NAMES = {
    "new_headline_fr": "Copie",
    "new_slug_fr": "copie",
    "new_headline_en": "Copy",
    "new_slug_en": "copy",
}


def test_the_form_asks_for_both_languages(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    form = admin.get(reverse("wagtailadmin_pages:copy", args=(page.pk,))).context["form"]
    assert list(form.fields)[:4] == [
        "new_headline_fr",
        "new_slug_fr",
        "new_headline_en",
        "new_slug_en",
    ]
    assert form["new_headline_en"].value() == "Elephant"


LISTS = ["/admin/diptych/articles/", "/admin/diptych/articles/?q=Éléphant"]


@pytest.mark.rare
def test_a_copy_is_marked_in_lists_until_it_is_renamed(journal, client):
    sign_in(client, "admin", language="fr")
    page = make_article(journal, "Éléphant", "Elephant")
    make_article(journal, "Éléphant", None, ("fr",), url_slug_fr="autre")
    assert all("Éléphant (copie)" not in client.get(address).text for address in LISTS)
    same = {"new_headline_fr": "Éléphant", "new_headline_en": "Elephant"}
    copy(client, page, **NAMES | same)
    made = newest_page()
    lists = [*LISTS, reverse("wagtailadmin_explore", args=(journal.articles.pk,))]
    for address in lists:
        assert client.get(address).text.count("Éléphant (copie)") >= 1
    worklist = "/admin/diptych/translations/"
    assert "Elephant Copie" in " ".join(soup(client.get(worklist)).get_text(" ").split())

    write_draft(made, headline_fr="Hippopotame")
    for address in [*lists, worklist]:
        text = " ".join(soup(client.get(address)).select_one("main").get_text(" ").split())
        assert "Hippopotame" in text or address in (LISTS[1], worklist)
        assert "(copie)" not in text
        assert "Copie" not in text.split()


def test_a_copy_that_is_given_another_name_is_not_marked(journal, admin):
    copy(admin, make_article(journal, "Éléphant", "Elephant"), **NAMES)
    assert "(copy)" not in admin.get(LISTS[0]).text


def test_the_form_asks_only_for_the_languages_of_the_page(journal, admin):
    page = make_article(journal, None, "Elephant", live_in=["en"])
    form = admin.get(reverse("wagtailadmin_pages:copy", args=(page.pk,))).context["form"]
    assert "new_headline_en" in form.fields
    assert "new_headline_fr" not in form.fields


def test_the_form_asks_for_a_language_that_only_the_draft_has(journal, admin):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    write_draft(page, headline_en="Elephant")
    form = admin.get(reverse("wagtailadmin_pages:copy", args=(page.pk,))).context["form"]
    assert form["new_headline_en"].value() == "Elephant"


def test_the_form_proposes_addresses_that_are_free(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    make_article(journal, "Éléphant", None)
    address = reverse("wagtailadmin_pages:copy", args=(page.pk,))
    form = admin.get(address).context["form"]
    proposed = {name: form[name].value() for name in NAMES}
    assert proposed == {
        "new_headline_fr": "Éléphant",
        "new_slug_fr": "elephant-3",
        "new_headline_en": "Elephant",
        "new_slug_en": "elephant-2",
    }
    assert copy(admin, page, **proposed).status_code == 302


def test_an_address_that_only_the_draft_has_is_not_proposed(journal, admin):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    write_draft(page, headline_en="Elephant", url_slug_en="elephant")
    form = admin.get(reverse("wagtailadmin_pages:copy", args=(page.pk,))).context["form"]
    assert form["new_slug_en"].value() == "elephant-2"


def test_an_address_as_long_as_can_be_still_has_room_for_a_number(journal, admin):
    page = make_article(journal, "Éléphant", None, live_in=["fr"], url_slug_fr="e" * 150)
    form = admin.get(reverse("wagtailadmin_pages:copy", args=(page.pk,))).context["form"]
    proposed = {name: form[name].value() for name in ("new_headline_fr", "new_slug_fr")}
    assert copy(admin, page, **proposed).status_code == 302


@pytest.mark.rare
def test_a_copy_is_a_draft_with_its_own_names(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    assert copy(admin, page, **NAMES).status_code == 302
    made = newest_page()
    assert (made.title, made.slug, made.headline_fr, made.headline_en) == (
        "Copie",
        "copie",
        "Copie",
        "Copy",
    )
    assert not made.live
    assert rows(made) == {
        "fr": ("/accueil/articles/copie/", False),
        "en": ("/accueil/stories/copy/", False),
    }
    assert draft_of(made).headline_en == "Copy"
    assert (made.first_public_at_fr, made.updated_at_fr) == (None, None)


@pytest.mark.parametrize("live", one_of([["fr"], ["en"], ["fr", "en"]], "rare"))
@pytest.mark.rare
def test_a_published_copy_is_live_in_the_languages_of_the_original(journal, admin, reader, live):
    page = make_article(journal, "Éléphant", "Elephant", live_in=live)
    copy(admin, page, **NAMES, publish_copies="on")
    made = newest_page()
    assert live_in(made) == live
    assert live_in(page) == live
    assert (reader.get("/en/stories/copy/").status_code == 200) == ("en" in live)
    publish_draft(made, lead_fr="Autre.", lead_en="Other.")
    assert live_in(made) == live


@pytest.mark.rare
def test_a_copy_of_a_draft_is_a_draft(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=[])
    copy(admin, page, **NAMES, publish_copies="on")
    made = newest_page()
    assert not made.live
    assert live_in(made) == []


@pytest.mark.rare
def test_a_copy_of_a_live_page_copies_its_draft_and_not_its_address(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, lead_en="Being written.", url_slug_en="draft")
    copy(admin, page, **NAMES, publish_copies="on")
    made = newest_page()
    draft = draft_of(made)
    assert (draft.lead_en, draft.url_slug_en) == ("Being written.", "copy")


@pytest.mark.parametrize("field", ["new_slug_fr", "new_slug_en"])
@pytest.mark.parametrize("alias", one_of([{}, {"alias": "on"}], "rare"))
@pytest.mark.rare
def test_an_address_that_is_taken_is_an_error_of_the_form(journal, admin, field, alias):
    page = make_article(journal, "Éléphant", "Elephant")
    names = {**NAMES, field: "elephant"}
    assert list(errors(copy(admin, page, **names, **alias))) == [field]


@pytest.mark.rare
def test_an_address_taken_only_in_the_other_language_is_free(journal, admin):
    page = make_article(journal, "Éléphant", "Pachyderm")
    names = {**NAMES, "new_slug_fr": "pachyderm", "new_slug_en": "elephant"}
    assert copy(admin, page, **names).status_code == 302


@pytest.mark.rare
def test_names_are_required_and_limited(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    names = {**NAMES, "new_headline_fr": "", "new_headline_en": "x" * 300, "new_slug_en": "a b"}
    wrong = errors(copy(admin, page, **names))
    assert sorted(wrong) == ["new_headline_en", "new_headline_fr", "new_slug_en"]


@pytest.mark.rare
def test_a_copy_below_another_parent_may_keep_its_names(journal, admin):
    target = make_plain_page(journal, "Cible", "Target")
    page = make_plain_page(journal, "Éléphant", "Elephant")
    names = {
        "new_headline_fr": "Éléphant",
        "new_slug_fr": "elephant",
        "new_headline_en": "Elephant",
        "new_slug_en": "elephant",
    }
    assert copy(admin, page, target, **names).status_code == 302
    assert rows(newest_page())["en"] == ("/accueil/target/elephant/", False)


@pytest.mark.rare
def test_a_section_is_copied_with_all_that_is_below_it(journal, admin, reader):
    section = make_plain_page(journal, "Dossier", "File")
    below = make_plain_page(journal, "Un", "One", parent=section)
    make_plain_page(journal, "Deux", None, parent=below, live_in=["fr"])
    copy(admin, section, **NAMES, copy_subpages="on", publish_copies="on")
    assert reader.get("/en/copy/one/").status_code == 200
    assert reader.get("/fr/copie/un/deux/").status_code == 200
    assert reader.get("/en/file/one/").status_code == 200
    assert outdated_pages() == []


@pytest.mark.rare
def test_in_code_a_copy_takes_the_title_and_the_slug_it_is_given(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    made = page.copy(update_attrs={"title": "Copie", "slug": "copie"}, keep_live=True)
    assert rows(made) == {
        "fr": ("/accueil/articles/copie/", True),
        "en": ("/accueil/stories/elephant-2/", True),
    }
    assert made.headline_fr == "Copie"
    other = page.copy(update_attrs={"slug": "seulement"}, keep_live=False)
    assert rows(other)["fr"] == ("/accueil/articles/seulement/", False)
    assert other.headline_fr == "Éléphant"


@pytest.mark.rare
def test_an_alias_has_the_text_of_its_source_and_its_own_addresses(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    assert copy(admin, page, **NAMES, alias="on").status_code == 302
    alias = newest_page()
    assert alias.alias_of_id == page.pk
    assert (alias.slug, alias.url_slug_fr, alias.url_slug_en) == ("copie", "copie", "copy")
    assert rows(alias) == {
        "fr": ("/accueil/articles/copie/", True),
        "en": ("/accueil/stories/copy/", True),
    }
    assert "Elephant" in reader.get("/en/stories/copy/").content.decode()


@pytest.mark.rare
def test_an_alias_follows_text_and_languages_but_keeps_its_addresses(journal):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    alias = page.create_alias(update_slug="double")
    assert rows(alias)["fr"] == ("/accueil/articles/double/", True)
    assert live_in(alias) == ["fr"]
    before = rows(alias)["fr"]
    publish_draft(page, headline_fr="Deux", url_slug_fr="deux", headline_en="Two")
    page.publish_languages(["en"])
    alias = ArticlePage.objects.get(pk=alias.pk)
    assert (alias.headline_fr, alias.headline_en) == ("Deux", "Two")
    assert alias.live_languages == ["fr", "en"]
    assert rows(alias)["fr"] == before


@pytest.mark.rare
def test_an_alias_gets_an_address_for_a_language_that_is_added_later(journal):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    alias = page.create_alias(update_slug="double")
    write_draft(page, headline_en="Elephant", lead_en="Lead.", body_en=paragraphs("Text."))
    page.publish_languages(["en"])
    assert rows(page)["en"] == ("/accueil/stories/elephant/", True)
    assert rows(alias)["en"] == ("/accueil/stories/elephant-2/", True)


@pytest.mark.rare
def test_an_alias_leaves_with_the_language_of_its_source(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    alias = page.create_alias(update_slug="double")
    page.unpublish_languages(["en"])
    assert live_in(alias) == ["fr"]
    page.unpublish_languages(["fr"])
    assert live_in(alias) == []


@pytest.mark.rare
def test_an_alias_of_a_draft_is_not_live(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=[])
    copy(admin, page, **NAMES, alias="on")
    assert live_in(newest_page()) == []


@pytest.mark.parametrize("was_live", one_of([False, True], "rare"))
@pytest.mark.rare
def test_an_alias_waits_for_the_date_of_its_source(journal, reader, was_live):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"] if was_live else [])
    first = page.create_alias(update_slug="double")
    second = ArticlePage.objects.get(pk=first.pk).create_alias(update_slug="triple")
    ArticlePage.objects.filter(pk=second.pk).update(alias_of=first)
    page.refresh_from_db()
    if was_live:
        page.unpublish()
    publish_draft(page, go_live_at=timezone.now() + timedelta(days=3))
    assert [live_in(each) for each in (page, first, second)] == [[], [], []]
    assert reader.get("/fr/articles/double/").status_code == 404
    past = timezone.now() - timedelta(minutes=5)
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled")
    assert [live_in(each) for each in (page, first, second)] == [["fr"], ["fr"], ["fr"]]


@pytest.mark.rare
def test_aliases_of_a_section_have_the_addresses_of_their_place(journal, admin, reader):
    section = make_plain_page(journal, "Dossier", "File")
    make_plain_page(journal, "Un", "One", parent=section)
    section = StandardPage.objects.get(pk=section.pk)
    copy(admin, section, **NAMES, copy_subpages="on", alias="on")
    assert reader.get("/en/copy/one/").status_code == 200
    assert outdated_pages() == []
