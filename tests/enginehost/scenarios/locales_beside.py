"""Pages in several languages beside trees of locales, which another application translates."""

import io

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page

from tests.enginehost.scenarios.editing import create, fresh, live_in, text, words
from tests.wagtail_versions import by_admin_actions

IS_LOCALIZE = apps.is_installed("wagtail_localize")
NAMESPACE = "wagtail_localize" if IS_LOCALIZE else "simple_translation"
COPYING = ("/admin/translation/submit/", "/admin/localize/submit/", "/admin/localize/update/")


def test_it_passes_its_checks(db):
    said = io.StringIO()
    call_command("check", stdout=said, stderr=said)
    assert "no issues" in said.getvalue()


@pytest.fixture
def locales(home):
    codes = ("de", "en")
    return [Locale.objects.get_or_create(language_code=code)[0] for code in codes]


@pytest.fixture
def plain(home, locales):
    """A page of another type, beside the site of the guides, and one below it."""
    top = home.get_parent().add_child(instance=Page(title="Laden", slug="laden"))
    top.add_child(instance=Page(title="Kasse", slug="kasse"))
    return top


@pytest.fixture
def guide_below(admin, plain, guide):
    guide.move(plain, pos="last-child")
    return fresh(guide)


def offered(admin, page):
    """Where buttons lead that copy a page: on its form and in the list it stands in."""
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    listing = admin.get(reverse("wagtailadmin_explore", args=(page.get_parent().pk,)))
    children = admin.get(reverse("wagtailadmin_explore", args=(page.pk,)))
    links = []
    for answer in (edit, listing, children):
        assert answer.status_code == 200
        links += BeautifulSoup(answer.content, "lxml").select("a[href]")
    addresses = {each["href"].partition("?")[0] for each in links}
    return {each for each in addresses if each.startswith(COPYING)}


def submit_address(page):
    return reverse(f"{NAMESPACE}:submit_page_translation", args=(page.pk,))


def submit(admin, page, locale, **values):
    return admin.post(submit_address(page), {"locales": [locale.pk], **values}, follow=True)


def paths():
    return sorted(Page.objects.values_list("url_path", flat=True))


def test_only_pages_of_other_types_are_offered_to_be_copied(admin, plain, guide_below):
    assert submit_address(guide_below) not in offered(admin, guide_below)
    assert submit_address(plain) in offered(admin, plain)


def test_a_page_in_several_languages_is_not_submitted(admin, locales, guide):
    before = paths()
    for answer in (
        admin.get(submit_address(guide), follow=True),
        submit(admin, guide, locales[1]),
    ):
        assert answer.redirect_chain == [(f"/admin/pages/{guide.pk}/edit/", 302)]
        assert "This page has all its languages in it" in words(answer)
    assert paths() == before


def test_neither_is_one_below_a_page_of_another_type(admin, plain, locales, guide_below):
    before = paths()
    answer = submit(admin, plain, locales[1], include_subtree="on")
    assert answer.redirect_chain == [(submit_address(plain), 302)]
    assert "pages below this one have all their languages in them" in words(answer)
    assert paths() == before
    assert submit(admin, plain, locales[1]).status_code == 200
    assert plain.get_translation(locales[1]).get_children().count() == 0


def test_pages_of_other_types_are_translated(admin, plain, locales):
    assert submit(admin, plain, locales[1], include_subtree="on").status_code == 200
    copied = plain.get_translation(locales[1])
    assert [each.title for each in copied.get_children()] == ["Kasse"]


def test_trees_that_are_kept_alike_leave_out_new_pages(admin, plain, locales, guide_below):
    if IS_LOCALIZE:
        from wagtail_localize.models import LocaleSynchronization

        german, english = locales
        LocaleSynchronization.objects.create(locale=english, sync_from=german)
        call_command("sync_locale_trees")
        assert plain.get_translation(english).alias_of_id == plain.pk
    new = create(admin, guide_below, text("de", "Neu", "Neues."), "action-publish-only-de")
    assert live_in(new) == ["de"]
    for page in (new, guide_below):
        assert page.get_translations(inclusive=True).count() == 1
        assert fresh(page).locale_id == locales[0].pk


def test_every_page_is_edited_and_deleted(admin, plain, locales, guide_below):
    submit(admin, plain, locales[1])
    for page in Page.objects.filter(depth__gt=1):
        assert admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 200
        assert admin.get(reverse("wagtailadmin_explore", args=(page.pk,))).status_code == 200
    copied = plain.get_translation(locales[1])
    answer = admin.post(reverse("wagtailadmin_pages:delete", args=(copied.pk,)))
    assert answer.status_code == 302
    assert not Page.objects.filter(pk=copied.pk).exists()
    assert live_in(guide_below) == ["de", "en"]


@by_admin_actions
@pytest.mark.parametrize("recursive", [True, False])
def test_the_api_of_the_admin_copies_none(admin, plain, locales, guide_below, recursive):
    page = plain if recursive else guide_below
    address = reverse("wagtailadmin_api:pages:action", args=(page.pk, "copy_for_translation"))
    posted = {"locale": "en", "recursive": recursive}
    answer = admin.post(address, posted, content_type="application/json")
    assert answer.status_code == 403
    assert not page.has_translation(locales[1])
