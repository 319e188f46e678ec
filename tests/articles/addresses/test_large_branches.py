"""A large section gets a new address at once; the pages below it follow in the background."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from diptych.articles.languages.models import PageLanguage, UnmovedBranch
from diptych.articles.languages.routes import addresses, moving_branches
from diptych.articles.languages.routes.moving_branches import move_branches
from diptych.articles.models import ArticleIndexPage
from tests.articles.languages.editor import PUBLISH, edit, opened_on
from tests.factories import make_article, make_page, make_plain_page, publish_draft

NAMES = ("reports", "reports/three", "reports/four", "one", "two")


@pytest.fixture
def section(journal, monkeypatch):
    """A section with four pages below it, two of them in a section of its own, is large."""
    monkeypatch.setattr(addresses, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(moving_branches, "PART", 2)
    inner = make_page(ArticleIndexPage, journal.articles, "Dossiers", "Reports")
    for name in ("Three", "Four"):
        make_plain_page(journal, f"{name} fr", name, parent=inner)
    for name in ("One", "Two"):
        make_article(journal, f"{name} fr", name)
    return ArticleIndexPage.objects.get(pk=journal.articles.pk)


def rename(section, name, **others):
    publish_draft(ArticleIndexPage.objects.get(pk=section.pk), url_slug_en=name, **others)


def answers(client, section, names=NAMES):
    """The status of each page below ``section``, at the address that begins with its name."""
    return {name: client.get(f"/en/{section}/{name}/").status_code for name in names}


def test_pages_below_are_read_at_their_old_addresses_until_they_move(section, client):
    rename(section, "tales")
    assert client.get("/en/tales/").status_code == 200
    assert answers(client, "stories") == dict.fromkeys(NAMES, 200)
    assert Redirect.objects.count() == 1
    move_branches.func()
    assert answers(client, "tales") == dict.fromkeys(NAMES, 200)
    assert answers(client, "stories") == dict.fromkeys(NAMES, 301)
    assert client.get("/en/stories/one/").url == "/en/tales/one/"
    assert not UnmovedBranch.objects.exists()
    call_command("rebuild_page_languages", check=True, verbosity=0)


@pytest.mark.rare
def test_of_two_new_addresses_the_last_one_holds(section, client):
    """Also if the first is given up half-way, and a section within it is renamed meanwhile."""
    rename(section, "tales")
    moving_branches._move_part(UnmovedBranch.objects.get().pk)
    assert answers(client, "tales", ["reports", "reports/three"]) == {
        "reports": 200,
        "reports/three": 200,
    }
    inner = PageLanguage.objects.get(language="en", slug="reports").page
    publish_draft(ArticleIndexPage.objects.get(pk=inner.pk), url_slug_en="files")
    rename(section, "novels")
    make_page(ArticleIndexPage, section, "Neuf", "New")
    move_branches.func()
    moved = ("files", "files/three", "files/four", "one", "two", "new")
    assert answers(client, "novels", moved) == dict.fromkeys(moved, 200)
    assert answers(client, "stories", NAMES[1:]) == dict.fromkeys(NAMES[1:], 301)
    call_command("rebuild_page_languages", check=True, verbosity=0)


def test_pages_below_follow_a_section_that_is_put_elsewhere_meanwhile(section, journal, client):
    """Among the sections beside it, which changes no address but all paths in the tree."""
    section.move(journal.home, pos="last-child")
    rename(section, "tales")
    moving_branches._move_part(UnmovedBranch.objects.get().pk)
    section = ArticleIndexPage.objects.get(pk=section.pk)
    section.move(section.get_first_sibling(), pos="left")
    move_branches.func()
    assert answers(client, "tales") == dict.fromkeys(NAMES, 200)


@pytest.mark.rare
def test_a_move_that_dies_is_gone_on_with_by_the_timer(section, client, monkeypatch):
    rename(section, "tales")
    tell = moving_branches._tell

    def die(branch, moved):
        if branch.reached > section.path and PageLanguage.objects.filter(
            language="en", url_path__contains="/tales/reports/three"
        ):
            raise KeyboardInterrupt
        tell(branch, moved)

    monkeypatch.setattr(moving_branches, "_tell", die)
    with pytest.raises(KeyboardInterrupt):
        move_branches.func()
    monkeypatch.setattr(moving_branches, "_tell", tell)
    call_command("publish_scheduled", verbosity=0)
    assert answers(client, "stories") == dict.fromkeys(NAMES, 301)
    assert answers(client, "tales") == dict.fromkeys(NAMES, 200)


@pytest.mark.rare
def test_where_another_page_stands_at_an_address_the_moved_one_is_numbered(
    section, journal, client
):
    rename(section, "tales")
    rows = PageLanguage.objects.filter(language="en")
    other = make_plain_page(journal, "Autre", "Other")
    rows.filter(page=other.pk).update(url_path=rows.get(slug="tales").url_path + "one/")
    move_branches.func()
    assert client.get("/en/tales/one-2/").status_code == 200
    assert client.get("/en/tales/two/").status_code == 200


@pytest.mark.rare
def test_a_part_is_a_short_transaction_whatever_is_below(section):
    """Nobody who saves waits for the whole branch."""
    rename(section, "tales")
    branch = UnmovedBranch.objects.get().pk
    counts = []
    for _part in range(3):
        with CaptureQueriesContext(connection) as queries:
            moving_branches._move_part(branch)
        counts.append(len(queries))
    rows = PageLanguage.objects.filter(language="en", url_path__contains="/tales/")
    assert rows.count() == 6
    assert max(counts) <= 22


@pytest.mark.rare
def test_who_saves_is_told_and_sees_how_far_it_is(section, admin):
    answer = edit(admin, section, form_of(section))
    assert answer.status_code == 302
    said = [str(each) for each in admin.get(reverse("wagtailadmin_home")).context["messages"]]
    assert any("5 pages" in text for text in said)
    moving_branches._move_part(UnmovedBranch.objects.get().pk)
    shown = admin.get(reverse("journal_background_work")).content.decode()
    assert "2 of 5 pages have their new address" in shown


def form_of(section):
    """The form of the section with a new address in English, as it is published."""
    form = {"source_language": "fr", "comments": inline_formset([]), PUBLISH: "1"}
    for language in ("fr", "en"):
        form |= {
            f"headline_{language}": section.text_in("headline", language),
            f"url_slug_{language}": section.text_in("url_slug", language),
            f"introduction_{language}": "",
            f"meta_title_{language}": "",
            f"meta_description_{language}": "",
        }
    return nested_form_data({**form, **opened_on(section), "url_slug_en": "tales"})


@pytest.mark.rare
def test_saving_by_itself_says_nothing(section, admin):
    """It would be said as often, on the next screen."""
    rename(section, "tales")
    address = reverse("wagtailadmin_pages:edit", args=(section.pk,))
    for title in ("One", "Two"):
        form = {**form_of(section), "meta_title_en": title}
        del form[PUBLISH]
        answer = admin.post(address, form, headers={"accept": "application/json"})
        assert answer.json()["success"]
    assert not list(admin.get(reverse("wagtailadmin_home")).context["messages"])


@pytest.mark.rare
def test_the_pause_is_as_long_as_the_part_before(journal, monkeypatch):
    """Who waits for SQLite asks now and then, and finds it locked most times otherwise."""
    clock, paused = [0.0], []
    parts = iter([0.02, 3.0, 0.5])

    def move_part(pk):
        clock[0] += next(parts)
        return len(paused) < 2

    monkeypatch.setattr(moving_branches, "monotonic", lambda: clock[0])
    monkeypatch.setattr(moving_branches, "sleep", paused.append)
    monkeypatch.setattr(moving_branches, "_move_part", move_part)
    UnmovedBranch.objects.create(page_id=journal.articles.pk, language="en")
    move_branches.func()
    assert paused == [moving_branches.PAUSE, 3.0] and moving_branches.PAUSE > 0.1
