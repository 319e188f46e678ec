"""Restoring pages from the bin, and who may."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Page, PageLogEntry, PageViewRestriction, Site

from diptych.articles.languages.models import DeletedPage
from diptych.articles.models import ArticleIndexPage, ArticlePage
from tests.articles.languages.bin_screens import delete, live_in, messages_of, restore, restore_url
from tests.articles.languages.editor import Refused
from tests.articles.permissions.world import member
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_journal,
    make_page,
    make_plain_page,
    make_user,
    publish_draft,
    write_draft,
)


@pytest.fixture
def groups(db):
    call_command("diptych_groups", verbosity=0)


def test_a_page_comes_back_with_all_it_had(journal, admin, reader):
    author = make_author(journal)
    picked = make_article(journal, "Choisi", "Picked")
    page = make_article(journal, "Éléphant", "Elephant", authors=[author], picks=[picked])
    picking = make_article(journal, "Choisit", "Picking", picks=[page])
    write_draft(page, headline_fr="Éléphant neuf")
    journal.home.lead_article = page
    journal.home.save()
    path, revisions = page.path, set(page.revisions.values_list("pk", flat=True))
    first = page.first_public_at_fr
    delete(admin, page)
    assert not picking.picks.exists()
    response = restore(admin, page)
    assert response.url == reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert "live in French and English" in messages_of(response)
    back = ArticlePage.objects.get(pk=page.pk)
    assert (back.path, back.headline_fr, back.first_public_at_fr) == (path, "Éléphant", first)
    assert back.get_latest_revision_as_object().headline_fr == "Éléphant neuf"
    assert revisions <= set(back.revisions.values_list("pk", flat=True))
    assert back.authors.get().author_id == author.pk
    assert back.picks.get().suggestion_id == picked.pk
    assert picking.picks.get().suggestion_id == page.pk
    assert type(journal.home).objects.get(pk=journal.home.pk).lead_article_id == page.pk
    assert reader.get("/en/stories/elephant/").status_code == 200
    history = admin.get(reverse("wagtailadmin_pages:history", args=(page.pk,))).text
    assert "Restored from the bin, live in: French, English" in history
    assert not PageLogEntry.objects.filter(page=page.pk, deleted=True).exists()
    assert Page.find_problems() == ([], [], [], [], [])
    assert not DeletedPage.objects.exists()


@pytest.mark.rare
def test_a_branch_comes_back_with_its_languages_privacy_and_drafts(journal, admin, reader):
    index = make_page(ArticleIndexPage, journal.home, "Ailleurs", "Elsewhere")
    below = make_page(ArticleIndexPage, index, "Dedans", "Inside", ["en"])
    make_page(ArticleIndexPage, index, "Brouillon", "Draft", [])
    private = make_page(ArticleIndexPage, index, "Privé", "Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    delete(admin, index)
    restore(admin, index)
    assert type(below).objects.get(pk=below.pk).live_languages == ["en"]
    assert ArticleIndexPage.objects.child_of(index).live().count() == 2
    assert reader.get("/en/elsewhere/inside/").status_code == 200
    assert reader.get("/en/elsewhere/draft/").status_code == 404
    assert reader.get("/en/elsewhere/private/").status_code == 302
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.rare
def test_authors_come_back_to_their_articles_and_aliases_to_readers(journal, admin, reader):
    author = make_author(journal)
    page = make_article(journal, "Éléphant", "Elephant", authors=[author])
    make_alias(page, parent=journal.articles)
    delete(admin, author)
    assert not page.authors.exists()
    restore(admin, author)
    assert page.authors.get().author_id == author.pk
    assert reader.get("/fr/articles/encore/").status_code == 200
    delete(admin, page)
    assert reader.get("/fr/articles/encore/").status_code == 404
    restore(admin, page)
    assert reader.get("/fr/articles/encore/").status_code == 200


@pytest.mark.rare
def test_pages_without_languages_and_those_below_them_come_back(journal, admin, reader):
    plain = journal.home.add_child(instance=Page(title="Plain", slug="plain"))
    below = make_page(ArticleIndexPage, plain, "Dedans", "Inside")
    delete(admin, plain)
    assert not Page.objects.filter(pk__in=[plain.pk, below.pk]).exists()
    restore(admin, plain)
    assert Page.objects.get(pk=plain.pk).live
    assert reader.get("/en/plain/inside/").status_code == 200


@pytest.mark.rare
def test_a_slug_that_is_taken_is_numbered(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    delete(admin, page)
    newcomer = make_article(journal, "Éléphant", "Elephant")
    assert newcomer.path == page.path  # its place too
    restore(admin, page)
    back = ArticlePage.objects.get(pk=page.pk)
    assert (back.url_slug_fr, back.url_slug_en) == ("elephant-2", "elephant-2")
    assert reader.get("/en/stories/elephant/").context["page"].pk == newcomer.pk
    assert reader.get("/en/stories/elephant-2/").context["page"].pk == page.pk
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.rare
def test_another_place_is_asked_for_where_the_parent_is_gone(journal, admin, reader):
    index = make_page(ArticleIndexPage, journal.home, "Ailleurs", "Elsewhere")
    below = make_page(ArticleIndexPage, index, "Dedans", "Inside")
    delete(admin, below)
    delete(admin, index)
    refused = restore(admin, below)
    assert "parent" in refused.context["form"].errors
    refused = restore(admin, below, parent=make_author(journal).pk)
    assert "cannot stand there" in str(refused.context["form"].errors["parent"])
    restore(admin, below, parent=journal.home.pk)
    assert reader.get("/en/inside/").status_code == 200
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_language_that_lacks_something_stays_a_draft_and_is_named(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    ArticlePage.objects.filter(pk=page.pk).update(lead_en="")
    delete(admin, page)
    said = messages_of(restore(admin, page))
    assert live_in(page) == ["fr"]
    assert "“Éléphant” is a draft in English now." in said


def test_where_one_may_not_publish_a_page_comes_back_as_a_draft(journal, groups):
    chief = member("chiefs")
    index = make_page(ArticleIndexPage, journal.home, "Ailleurs", "Elsewhere")
    page = make_article(journal, "Éléphant", "Elephant")
    delete(chief, page)
    permissions = chief.user.groups.get().page_permissions
    for each in permissions.all():
        each.page = journal.articles
        each.save()
    adding = permissions.get(permission__codename="add_page")
    permissions.create(page=index, permission=adding.permission)
    said = messages_of(restore(chief, page, parent=index.pk))
    assert live_in(page) == []
    assert "est désormais un brouillon en français et en anglais. Vous ne pouvez pas" in said


@pytest.mark.rare
def test_an_alias_stays_a_draft_where_one_may_not_publish(journal, groups):
    chief = member("chiefs")
    index = make_page(ArticleIndexPage, journal.home, "Ailleurs", "Elsewhere")
    alias = make_alias(make_article(journal, "Éléphant", "Elephant"), parent=journal.articles)
    delete(chief, alias)
    permissions = chief.user.groups.get().page_permissions
    permissions.update(page=journal.articles)
    adding = permissions.get(permission__codename="add_page")
    permissions.create(page=index, permission=adding.permission)
    restore(chief, alias, parent=index.pk)
    assert not Page.objects.child_of(index).get(pk=alias.pk).live


@pytest.mark.rare
def test_what_expired_in_the_bin_stays_a_draft(journal, admin, monkeypatch):
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, expire_at=timezone.now() + timedelta(days=1))
    delete(admin, page)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    said = messages_of(restore(admin, page))
    assert live_in(page) == []
    assert "is a draft in French and English now. Its expiry date has passed." in said


@pytest.mark.rare
def test_a_site_whose_address_is_taken_is_left_out(journal, admin):
    other = make_journal("other.example")
    Redirect.objects.create(old_path="/x", site=other.site, redirect_page=journal.articles)
    delete(admin, other.home)
    taken = Site.objects.create(
        hostname="other.example", port=other.site.port, root_page=journal.articles
    )
    restore(admin, other.home)
    assert Page.objects.get(pk=other.home.pk).live
    assert list(Site.objects.filter(hostname="other.example")) == [taken]
    assert not Redirect.objects.filter(old_path="/x").exists()


@pytest.mark.rare
def test_a_page_of_another_tree_is_listed_and_needs_a_place(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    delete(admin, page)
    DeletedPage.objects.update(ancestors=[journal.home.pk + 999])
    assert "Éléphant" in admin.get(reverse("diptych_bin:index")).content.decode()
    for parent in ("", "x"):
        assert "parent" in restore(admin, page, parent=parent).context["form"].errors
    restore(admin, page, parent=journal.articles.pk)
    assert live_in(page) == ["fr", "en"]


@pytest.mark.rare
def test_restoring_twice_says_that_it_is_done(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    delete(admin, page)
    restore(admin, page)
    again = restore(admin, page)
    assert again.url == reverse("diptych_bin:index")
    assert "not in the bin any more" in messages_of(again)


def test_restoring_that_fails_leaves_the_page_in_the_bin(journal, admin, refusing):
    page = make_article(journal, "Éléphant", "Elephant")
    delete(admin, page, redirect_fr="parent")
    with refusing(), pytest.raises(Refused):
        restore(admin, page)
    assert not Page.objects.filter(pk=page.pk).exists()
    assert DeletedPage.objects.get().key == page.pk
    assert Redirect.objects.exists()


@pytest.mark.rare
def test_what_is_gone_meanwhile_is_left_out(journal, admin):
    author, picked = make_author(journal), make_article(journal, "Choisi", "Picked")
    page = make_article(journal, "Éléphant", "Elephant", authors=[author], picks=[picked])
    user = make_user("admin")
    Page.objects.filter(pk=page.pk).update(owner=user)
    delete(admin, page)
    author.delete()
    user.delete()
    restore(admin, page)
    back = ArticlePage.objects.get(pk=page.pk)
    assert (back.owner_id, back.authors.count(), back.picks.count()) == (None, 0, 1)
    assert live_in(page) == ["fr", "en"]


# Who may, and emptying


@pytest.mark.parametrize("key", ["editors-fr", "translators-fr-en"])
def test_only_who_may_delete_a_page_sees_and_restores_it(journal, groups, admin, key):
    page = make_article(journal, "Éléphant", "Elephant")
    delete(admin, page)
    client = member(key)
    shown = client.get(reverse("diptych_bin:index"))
    assert "Éléphant" not in shown.content.decode()
    for name in ("diptych_restore_page", "diptych_delete_for_good"):
        where = reverse(name, args=(page.pk,))
        assert client.get(where).url == client.post(where).url == reverse("wagtailadmin_home")
    assert DeletedPage.objects.exists()


def test_what_lay_below_a_page_needs_the_right_to_delete_several(journal, groups, admin):
    chief = member("chiefs")
    chief.user.groups.get().page_permissions.filter(permission__codename__contains="bulk").delete()
    parent = make_plain_page(journal, "Éléphant", "Elephant")
    make_plain_page(journal, "Trompe", "Trunk", parent=parent)
    delete(admin, parent)
    delete(admin, make_plain_page(journal, "Tigre", "Tiger"))
    shown = chief.get(reverse("diptych_bin:index")).content.decode()
    assert "Tigre" in shown and "Éléphant" not in shown
    assert chief.post(restore_url(parent)).url == reverse("wagtailadmin_home")
    assert not Page.objects.filter(pk=parent.pk).exists()


def test_the_bin_is_closed_to_people_without_pages_and_to_visitors(journal, admin, client, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    delete(admin, page)
    for where in (reverse("diptych_bin:index"), restore_url(page)):
        assert reader.get(where).url.startswith("/admin/login/")
    nobody = make_user("editor")
    nobody.groups.get().page_permissions.all().delete()
    client.force_login(nobody)
    assert client.get(reverse("diptych_bin:index")).url == reverse("wagtailadmin_home")


def test_editors_in_chief_restore_and_delete_for_good(journal, groups):
    chief, page = member("chiefs"), make_article(journal, "Éléphant", "Elephant")
    delete(chief, page)
    restore(chief, page)
    assert live_in(page) == ["fr", "en"]
    delete(chief, page)
    where = reverse("diptych_delete_for_good", args=(page.pk,))
    assert "définitivement" in chief.get(where).content.decode()
    assert DeletedPage.objects.exists()
    chief.post(where)
    assert not DeletedPage.objects.exists()
    entry = ModelLogEntry.objects.get(action="diptych.delete_for_good")
    assert (entry.user, entry.label, entry.data["page"]) == (chief.user, "Éléphant", page.pk)
    assert restore(chief, page).url == reverse("diptych_bin:index")
