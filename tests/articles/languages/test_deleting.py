"""Deleting pages in the admin into the bin, and emptying it."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.actions.registry import action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from diptych.articles.languages.admin.listings.usage import PagedUsageView
from diptych.articles.languages.bin.admin.deletion import LISTED
from diptych.articles.languages.bin.deleting import move_to_bin
from diptych.articles.languages.models import (
    DeletedPage,
    DraftLink,
    LanguageSchedule,
    TranslationAssignment,
)
from diptych.articles.languages.publication.draft_links import REVOCATION, create_link
from diptych.articles.languages.publication.reviewing import submit
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.models import ArticleIndexPage
from tests.articles.languages.bin_screens import (
    actions,
    delete,
    live_in,
    messages_of,
    question,
    restore,
)
from tests.articles.languages.editor import Refused
from tests.factories import (
    make_alias,
    make_article,
    make_page,
    make_plain_page,
    make_topic,
    make_user,
    publish_draft,
)
from tests.wagtail_versions import by_admin_actions


def asked_of(client, address):
    """The statements of a screen the second time, and its content."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return [each["sql"] for each in queries], response.content.decode()


@pytest.mark.scale
def test_what_uses_a_topic_is_read_as_far_as_it_is_listed(journal, admin, monkeypatch):
    monkeypatch.setattr(PagedUsageView, "paginate_by", 2)
    topic = make_topic(journal)
    usage = reverse("wagtailadmin_pages:usage", args=(topic.pk,))
    counts, names = [], [f"Aube {number}" for number in range(6)]
    for number in range(0, 6, 2):
        for name in names[number : number + 2]:
            make_article(journal, name, name, topics=[topic])
        statements, _page = asked_of(admin, usage)
        counts.append(len(statements))
    assert counts[1] == counts[2] <= counts[0] + 1
    pages = [asked_of(admin, f"{usage}?p={number}")[1] for number in (1, 2, 3)]
    listed = [
        [name for name in names if f"{name}</" in re.sub(r"\s+<", "<", page)] for page in pages
    ]
    assert [len(each) for each in listed] == [2, 2, 2]
    assert sorted(name for each in listed for name in each) == names


@pytest.mark.scale
def test_the_question_reads_no_reference_and_few_addresses(journal, admin):
    """A section of a hundred thousand articles has as many addresses in each language."""
    for number in range(LISTED + 2):
        make_plain_page(journal, f"Page {number}", f"Site {number}", parent=journal.articles)
    address = reverse("wagtailadmin_pages:delete", args=(journal.articles.pk,))
    statements, page = asked_of(admin, address)
    rows = [
        each for each in statements if 'SELECT "diptych_languages_pagelanguage"."url_path"' in each
    ]
    assert len(rows) == 2 and all("LIMIT 10" in each for each in rows)
    assert page.count(">http://testserver/en/stories/") == LISTED
    references = [each for each in statements if "wagtailcore_referenceindex" in each]
    assert references and all("DISTINCT" in each for each in references)


def test_the_question_names_every_live_address_and_where_readers_can_be_led(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    asked = question(admin, page)
    links = [each["href"] for each in asked.select(".diptych-bin-language li > a")]
    assert links == [
        "http://testserver/fr/articles/elephant/",
        "http://testserver/en/stories/elephant/",
    ]
    choices = [each["value"] for each in asked.select("input[name=redirect_en]")]
    assert choices == ["nowhere", "parent", "other"]
    assert "For 30 days it can be restored" in " ".join(asked.text.split())


@pytest.mark.rare
def test_addresses_below_and_of_aliases_are_named_and_many_are_counted(journal, admin):
    index = make_page(ArticleIndexPage, journal.home, "Ailleurs", "Elsewhere")
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    make_alias(page, parent=index)
    for number in range(11):
        make_page(ArticleIndexPage, index, f"Rubrique {number}", None, ["fr"])
    assert "/fr/ailleurs/encore/" in question(admin, page).text
    asked = question(admin, index)
    lists = asked.select(".diptych-bin-language > ul")
    assert [len(each.select("li")) for each in lists] == [11, 1]
    assert "and 3 more addresses" in lists[0].text
    assert "13 pages" in asked.text  # typed to confirm, as in Wagtail


def test_a_deleted_page_is_nowhere_but_in_the_bin(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    response = delete(admin, page)
    assert response.url == reverse("wagtailadmin_explore", args=(journal.articles.pk,))
    assert not Page.objects.filter(pk=page.pk).exists()
    assert reader.get("/en/stories/elephant/").status_code == 404
    shown = admin.get(reverse("diptych_bin:index")).content.decode()
    row = BeautifulSoup(shown, "html.parser").select_one("table.listing tbody tr").text
    for expected in ("Éléphant", "French, English", "30"):
        assert expected in row
    exported = admin.get(reverse("diptych_bin:index"), {"export": "csv"})
    assert "Éléphant" in b"".join(exported.streaming_content).decode()


def test_readers_are_led_where_the_form_says_in_each_language(journal, admin, reader):
    other = make_article(journal, "Autre", "Other")
    page = make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    chosen = {"redirect_fr": "parent", "redirect_en": "other", "target_en": other.pk}
    delete(admin, page, **chosen)
    assert reader.get("/fr/articles/elephant/").url == "/fr/articles/"
    for former in ("elephant", "pachyderm"):
        assert reader.get(f"/en/stories/{former}/").url == "/en/stories/other/"
    restore(admin, page)
    assert reader.get("/fr/articles/elephant/").status_code == 200
    assert reader.get("/en/stories/elephant/").url == "/en/stories/pachyderm/"
    assert Redirect.objects.get().redirect_page_id == page.pk


@pytest.mark.parametrize("target", ["none", "itself", "french", "malformed"])
def test_a_page_that_readers_could_not_see_is_refused(journal, admin, target):
    page = make_article(journal, "Éléphant", "Elephant")
    french = make_article(journal, "Autre", None, live_in=["fr"])
    keys = {"none": "", "itself": page.pk, "french": french.pk, "malformed": "x"}
    response = delete(admin, page, redirect_en="other", target_en=keys[target])
    assert "target_en" in response.context["form"].errors
    assert live_in(page) == ["fr", "en"]
    assert not DeletedPage.objects.exists()


def test_a_page_is_not_deleted_twice(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    delete(admin, page)
    where = reverse("wagtailadmin_pages:delete", args=(page.pk,))
    assert admin.post(where, follow=True).status_code == 404
    assert DeletedPage.objects.count() == 1


@pytest.mark.rare
def test_two_who_delete_a_page_at_once_delete_it_once(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    listed = f"?id={page.pk}&id={make_article(journal, 'Autre', 'Other').pk}"
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete")) + listed

    def delete_before(*arguments):
        if Page.objects.filter(pk=page.pk).exists():
            move_to_bin(page)

    with hooks.register_temporarily("before_delete_page", delete_before, order=999):
        where = reverse("wagtailadmin_pages:delete", args=(page.pk,))
        assert admin.post(where, follow=True).status_code == 404
    restore(admin, page)
    with hooks.register_temporarily("before_bulk_action", delete_before, order=999):
        assert "1 page has been deleted" in messages_of(admin.post(bulk))
    assert DeletedPage.objects.count() == 2


def test_a_deletion_that_fails_changes_nothing(journal, admin, refusing):
    page = make_article(journal, "Éléphant", "Elephant")
    with refusing(), pytest.raises(Refused):
        delete(admin, page, redirect_fr="parent")
    assert live_in(page) == ["fr", "en"]
    assert not DeletedPage.objects.exists()
    assert not Redirect.objects.exists()


@pytest.mark.rare
def test_what_waits_is_called_off_and_recorded(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    user = make_user("admin")
    set_date(page, "en", "publish", timezone.now() + timedelta(days=1), user)
    submit(page, "en", user)
    create_link(page, "en", user, days=7)
    delete(admin, page)
    called_off = {"diptych.call_off_schedule", "diptych.take_back_language", REVOCATION}
    assert called_off <= set(actions(page))
    assert actions(page)[-1] == "wagtail.delete"
    restore(admin, page)
    assert not DraftLink.objects.exists()
    assert not LanguageSchedule.objects.exists()
    assert not TranslationAssignment.objects.exists()
    assert live_in(page) == ["fr"]


def test_a_date_of_wagtails_own_for_a_draft_is_called_off(journal, admin):
    page = make_article(journal, live_in=[])
    page.revisions.update(approved_go_live_at=timezone.now() + timedelta(days=1))
    delete(admin, page)
    restore(admin, page)
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_selection_goes_to_the_bin_and_leads_to_the_page_above(journal, admin, reader):
    index = make_page(ArticleIndexPage, journal.home, "Ailleurs", "Elsewhere")
    below = make_page(ArticleIndexPage, index, "Dedans", "Inside")
    page = make_article(journal, "Éléphant", "Elephant")
    query = f"?id={index.pk}&id={below.pk}&id={page.pk}"
    where = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete")) + query
    assert "/en/elsewhere/inside/" in admin.get(where).content.decode()
    admin.post(where, {"redirect": "parent"})
    kept = DeletedPage.objects.order_by("key").values_list("key", "page_count")
    assert list(kept) == [(index.pk, 2), (page.pk, 1)]
    assert reader.get("/en/stories/elephant/").url == "/en/stories/"
    assert reader.get("/en/elsewhere/inside/").url == "/en/"


@pytest.mark.parametrize("version", [pytest.param(2, marks=by_admin_actions), 3])
def test_the_api_deletes_into_the_bin(journal, admin, version):
    page = make_article(journal, "Éléphant", "Elephant")
    if version == 2:
        admin.post(reverse("wagtailadmin_api:pages:action", args=(page.pk, "delete")))
    else:
        action = action_registry.get_action_class(Page, "delete")
        action(page, user=make_user("admin")).execute()
    assert DeletedPage.objects.get().key == page.pk
    assert not Page.objects.filter(pk=page.pk).exists()


def test_code_deletes_for_good(journal):
    make_article(journal, "Éléphant", "Elephant").delete()
    assert not DeletedPage.objects.exists()


def test_the_command_empties_what_is_old_enough(journal, admin):
    old, young = make_article(journal, "Vieux", "Old"), make_article(journal, "Jeune", "Young")
    for each, days in ((old, 30), (young, 29)):
        delete(admin, each)
        when = timezone.now() - timedelta(days=days)
        DeletedPage.objects.filter(key=each.pk).update(deleted_at=when)

    def run(*options):
        out = StringIO()
        call_command("empty_bin", *options, stdout=out)
        return out.getvalue()

    assert "Vieux" in run("--dry-run")
    assert DeletedPage.objects.count() == 2
    said = run()
    assert "Vieux" in said
    assert "Jeune" not in said
    assert DeletedPage.objects.get().key == young.pk
    run("--days", "0")
    assert not DeletedPage.objects.exists()
