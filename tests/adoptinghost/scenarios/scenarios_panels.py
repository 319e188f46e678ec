"""Page types with panels and routes as any Wagtail page has them are written by language."""

from io import StringIO

from bs4 import BeautifulSoup
from clientsite.models import AboutPage, EventPage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page


def test_the_site_passes_its_checks(db):
    said = StringIO()
    call_command("check", stdout=said, stderr=said)
    assert "no issues" in said.getvalue()


def labels_in(response, tab):
    """The labels of the fields in one tab of an edit screen."""
    page = BeautifulSoup(response.content, "lxml")
    return " ".join(each.get_text(" ", strip=True) for each in page.select(f"#tab-{tab} label"))


def test_content_panels_stand_in_a_tab_for_each_language(admin, home):
    address = reverse("wagtailadmin_pages:add", args=("clientsite", "aboutpage", home.pk))
    form = AboutPage.get_edit_handler().get_form_class().base_fields
    assert {"introduction_de", "introduction_en", "body_de", "body_en", "related"} <= form.keys()
    assert not {"introduction", "body", "title", "slug"} & form.keys()
    screen = admin.get(address)
    assert "Introduction" in labels_in(screen, "english")
    assert "Introduction" in labels_in(screen, "deutsch")


def test_a_page_is_written_and_served_in_its_languages(about, admin):
    served = Client().get("/en/about-us/").content.decode()
    assert "<p>Who we are.</p>" in served
    assert "Since 1990." in served
    assert Client().get("/de/about-us/").status_code == 404
    assert admin.get(reverse("diptych_translate", args=(about.pk, "de"))).status_code == 200
    assert admin.get(reverse("wagtailadmin_pages:edit", args=(about.pk,))).status_code == 200


def test_a_manager_of_the_page_type_works_in_each_language(about):
    assert not AboutPage.objects.beginning("Who")
    with override("en"):
        assert AboutPage.objects.beginning("Who").get() == about


def test_an_edit_handler_keeps_its_groups_rows_and_form(about, create):
    values = {
        "headline_en": "Summer party",
        "place": "nowhere",
        "speakers-TOTAL_FORMS": "1",
        "speakers-0-name": "Ann",
        "speakers-0-role_en": "host",
        "speakers-0-ORDER": "1",
    }
    refused = create("eventpage", about, values)
    assert "An event takes place somewhere." in refused.content.decode()
    assert create("eventpage", about, values | {"place": "Paris"}).status_code == 302
    event = Page.objects.get(slug="summer-party").specific
    assert isinstance(event, EventPage)
    served = Client().get("/en/about-us/summer-party/").content.decode()
    assert "<p>Paris</p>" in served
    assert "<p>Ann, host</p>" in served


def test_a_page_type_without_the_mixin_stays_as_it_is(home, create):
    answer = create("contactpage", home, {"title": "Contact", "slug": "contact"}, "action-publish")
    assert answer.status_code == 302
    assert Client().get("/en/contact/", follow=True).status_code == 200


def test_routes_of_a_page_answer_in_languages_in_which_it_is_live(about):
    served = Client().get("/en/about-us/team/ann/")
    assert served.context["person"] == "ann"
    assert "Who we are." in served.content.decode()
    for address in ("/de/about-us/", "/de/about-us/team/ann/"):
        answer = Client().get(address)
        assert answer.status_code == 404
        assert "Who we are." not in answer.content.decode()
    assert Client().get("/en/about-us/team/").status_code == 404
