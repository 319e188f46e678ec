"""The button that the Enter key presses in a form, also without scripts, does nothing."""

import pytest
from django.urls import reverse
from lxml.html import document_fromstring

from diptych.articles.models import ArticlePage
from tests.articles.admin.html import soup
from tests.factories import make_article, make_user

TEXT = "input:not([type=hidden]), select, textarea"


def default_buttons(answer):
    """The first button that sends each form with an input, in the order of the document."""
    screen = soup(answer)
    for form in screen.select("main form[method=post], main form[method=POST]"):
        if not form.select(TEXT):
            continue
        own = [
            each
            for each in screen.select("button:not([type=button]), input[type=submit]")
            if each.get("form", "") == form.get("id", "-")
            or (not each.has_attr("form") and each.find_parent("form") is form)
        ]
        if own:
            yield own[0]


def test_the_first_button_of_a_form_sends_nothing(journal, admin, subtests):
    page = make_article(journal, "Prêt", "Ready", live_in=("fr",))
    make_article(journal, "Brouillon", "Draft", live_in=())
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    kind = ("diptych", "articlepage")
    for address in (
        reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        reverse("wagtailadmin_pages:add", args=(*kind, journal.articles.pk)),
        reverse("diptych_translate", args=(page.pk, "en")),
        reverse("diptych_schedule", args=(page.pk, "en")),
        reverse("diptych_draft_links", args=(page.pk,)),
        reverse("wagtailadmin_pages:copy", args=(page.pk,)),
        reverse("wagtailadmin_pages:delete", args=(page.pk,)),
        f"{bulk}?id={journal.articles.pk}&next=/admin/",
    ):
        with subtests.test(address):
            found = list(default_buttons(admin.get(address)))
            assert found
            assert all(button.get("formmethod") == "dialog" for button in found)


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_the_dialogs_of_a_workflow_take_enter_for_a_new_line(journal, admin, action):
    page = make_article(journal, "Le lac", "The lake")
    page.get_workflow().start(page, make_user("editor"))
    state = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
    dialog = admin.get(
        reverse("wagtailadmin_pages:workflow_action", args=(page.pk, action, state.pk))
    )
    form = document_fromstring(dialog.json()["html"]).xpath("//form[@method='POST']")[0]
    assert form.xpath(".//textarea/@name") == ["comment"]
    assert not form.xpath(".//select | .//input[not(@type='hidden')]")
