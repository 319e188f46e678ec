"""From an empty database to a journal: what is said before, and the command that makes it."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page, Site

from diptych.articles.models import (
    ArticleIndexPage,
    AuthorIndexPage,
    HomePage,
    JournalSettings,
    TopicIndexPage,
)
from tests.articles.admin.html import messages
from tests.factories import clear_journal
from tests.forms import form_values

LISTS = (ArticleIndexPage, TopicIndexPage, AuthorIndexPage)


@pytest.fixture
def empty(db, admin):
    clear_journal()
    assert not HomePage.objects.exists()
    return admin


def begin(capsys, **options):
    call_command("diptych_journal", **options)
    return capsys.readouterr().out


LISTED = ("articles", "authors", "topics", "series", "print-issues")


def test_the_first_administrator_is_told_how_to_begin(empty):
    choosers = [f"/admin/diptych/{name}/choose_parent/" for name in LISTED]
    others = (reverse("diptych_front_page"), reverse("diptych_new_document"))
    for address in (*others, *choosers):
        answer = empty.get(address, follow=True)
        assert answer.status_code == 200
        (said,) = messages(answer)
        assert "manage.py diptych_journal" in said


def test_a_journal_without_print_issues_is_told_what_they_need(empty, capsys):
    begin(capsys)
    answer = empty.get("/admin/diptych/print-issues/choose_parent/", follow=True)
    (said,) = messages(answer)
    assert "“List of print issues” yet" in said
    home = HomePage.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_explore", args=(home.pk,))
    assert empty.get("/admin/diptych/topics/choose_parent/").status_code in (200, 302)


def test_the_command_makes_front_page_lists_site_and_name(empty, reader, capsys):
    assert reader.get("/en/").status_code in (200, 302)
    said = begin(capsys, name="La Gazette")
    assert "/fr/" in said and "/en/" in said
    site = Site.objects.get()
    assert site.root_page.specific_class is HomePage and site.site_name == "La Gazette"
    assert not Page.objects.filter(title__startswith="Welcome to").exists()
    journal = JournalSettings.objects.get(site=site)
    assert (journal.name_fr, journal.name_en) == ("La Gazette", "La Gazette")
    for address, words in {"/fr/": "Articles", "/en/": "Topics"}.items():
        answer = reader.get(address)
        assert answer.status_code == 200
        assert words in answer.content.decode() and "La Gazette" in answer.content.decode()
    for model in LISTS:
        page = model.objects.get()
        assert page.live_languages == ["fr", "en"]
        assert page.is_child_of(site.root_page)


def test_it_does_nothing_twice_and_keeps_what_is_there(empty, capsys):
    begin(capsys, name="La Gazette")
    before = set(Page.objects.values_list("pk", "title"))
    said = begin(capsys, name="Another")
    assert set(Page.objects.values_list("pk", "title")) == before
    assert "aucune page ne lui manquait" in said
    assert JournalSettings.objects.get().name_fr == "La Gazette"


@pytest.mark.rare
def test_a_front_page_that_no_site_shows_is_published_with_honest_words_and_then_taken(
    empty, capsys
):
    root = Page.get_first_root_node()
    root.add_child(instance=HomePage(headline_fr="Une", headline_en="Front", live=False))
    home = HomePage.objects.get()
    home.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=(home.pk,))
    form = form_values(empty.get(address).content.decode())
    answer = empty.post(address, {**form, "action-publish-only-fr": "1"}, follow=True)
    assert any("nobody can read it: Une" in said for said in messages(answer))
    begin(capsys)
    assert HomePage.objects.get().pk == home.pk == Site.objects.get().root_page_id
    assert HomePage.objects.get().live_languages == ["fr"]


def test_a_front_page_that_was_taken_offline_stays_offline(empty, capsys):
    begin(capsys)
    HomePage.objects.get().unpublish_languages(["fr", "en"])
    begin(capsys)
    assert HomePage.objects.get().live_languages == []


def test_other_sites_keep_the_page_of_welcome_at_which_they_start(empty, capsys):
    welcome = Site.objects.get().root_page
    other = Site.objects.create(hostname="other.example", root_page=welcome)
    begin(capsys)
    other.refresh_from_db()
    assert other.root_page_id == welcome.pk
    assert HomePage.objects.get().sites_rooted_here.get().is_default_site


def test_an_empty_front_page_stays_a_draft(empty, capsys):
    root = Page.get_first_root_node()
    root.add_child(instance=HomePage(title="Empty", live=False))
    HomePage.objects.update(headline_fr="", headline_en="")
    begin(capsys)
    home = HomePage.objects.get()
    assert not home.live and home.latest_revision is None


def test_a_site_with_pages_of_its_own_is_left_alone(empty):
    welcome = Site.objects.get().root_page
    welcome.add_child(instance=Page(title="Ours", slug="ours"))
    before = set(Page.objects.values_list("pk", flat=True))
    with pytest.raises(CommandError, match="Rien n’a été changé"):
        call_command("diptych_journal")
    assert set(Page.objects.values_list("pk", flat=True)) == before


def test_no_browser_keeps_the_way_to_a_page_of_welcome(empty, reader):
    answers = [reader.get(address) for address in ("/fr/", "/en/")]
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert 302 in {answer.status_code for answer in answers}
