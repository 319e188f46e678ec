"""Who writes a language hands it in; who publishes it approves or sends it back."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse

from tests.enginehost.scenarios.editing import body, edit, fresh, live_in, text, translate, words
from tests.enginehost.scenarios.people import member


@pytest.fixture
def translator(home):
    return member("translators-de-pt-br")


@pytest.fixture
def reviewer(home):
    return member("editors-pt-br")


@pytest.fixture
def handed_in(translator, guide, django_capture_on_commit_callbacks):
    """The guide with a Portuguese text that waits for a review."""
    start = reverse("diptych_translate_act", args=(guide.pk, "pt-br", "start-empty"))
    assert translator.post(start).status_code == 302
    portuguese = {
        "headline_pt_br": "Pão",
        "introduction_pt_br": "De farinha.",
        **body("pt-br", "Assar."),
    }
    assert translate(translator, guide, "pt-br", portuguese).status_code == 302
    answer = translator.post(review(guide), {"submit": "1", "comment": "Pronto."})
    assert answer.status_code == 302
    return fresh(guide)


def review(page, language="pt-br"):
    return reverse("diptych_review", args=(page.pk, language))


def decide(client, page, act, comment=""):
    form = client.get(review(page)).context["decision_form"]
    posted = {act: "1", "comment": comment, "fingerprint": form.initial["fingerprint"]}
    return client.post(review(page), posted)


def test_a_text_is_handed_in_and_approved(handed_in, reviewer, reader):
    seen = words(reviewer.get(review(handed_in)))
    assert "Pão" in seen
    assert "Pronto." in seen
    assert re.search(r" at \d+:\d\d [AP]M\. ", seen)
    assert decide(reviewer, handed_in, "approve").status_code == 302
    assert live_in(handed_in) == ["de", "en", "pt-br"]
    assert "De farinha." in words(reader.get("/pt-br/pao/"))


def test_a_text_is_sent_back_by_mail(
    handed_in, reviewer, translator, reader, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(reviewer, handed_in, "send_back", "Curto demais.").status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [translator.user.email]
    assert "Curto demais." in letter.body
    assert f"http://testserver{review(handed_in)}" in letter.body
    assert live_in(handed_in) == ["de", "en"]
    assert reader.get("/pt-br/pao/").status_code == 404
    assert "Pão" in words(translator.get(reverse("wagtailadmin_home")))


def test_who_translates_cannot_approve(handed_in, translator):
    posted = {"approve": "1", "comment": "", "fingerprint": "x"}
    translator.post(review(handed_in), posted)
    assert live_in(handed_in) == ["de", "en"]


def test_the_languages_have_permissions_of_their_own(db):
    names = Permission.objects.filter(content_type__app_label="diptych_languages")
    known = set(names.filter(codename__startswith="publish_").values_list("codename", flat=True))
    actions = ("publish", "publish_incomplete")
    assert known == {f"{action}_{code}" for action in actions for code in ("de", "en", "pt_br")}


def test_an_editor_of_one_language_changes_nothing_in_another(guide, reader):
    editor = member("editors-en")
    english = text("en", "Loaf", "Of flour.", "Bake.")
    answer = edit(editor, guide, english | text("de", "Laib"), "action-publish-only-en")
    assert answer.status_code == 302
    stored = fresh(guide)
    assert (stored.headline_en, stored.headline_de) == ("Loaf", "Brot")
    assert stored.get_latest_revision_as_object().headline_de == "Brot"
    html = editor.get(reverse("wagtailadmin_pages:edit", args=(guide.pk,))).content.decode()
    assert 'name="headline_en"' in html
    assert 'name="headline_de"' not in html
    assert "action-publish-only-de" not in html


def test_an_editor_of_one_language_cannot_unpublish_another(guide):
    editor = member("editors-en")
    answer = editor.post(reverse("diptych_unpublish_language", args=(guide.pk, "de")))
    assert answer.status_code in (302, 403)
    assert "de" in live_in(guide)


def test_the_permissions_of_a_group_are_given_in_wagtails_form(admin):
    group = Group.objects.create(name="Proofreaders")
    address = reverse("wagtailusers_groups:edit", args=(group.pk,))
    form = BeautifulSoup(admin.get(address).content, "lxml").find("form", action=address)
    hidden = form.select("input[type=hidden]")
    posted = {each["name"]: each.get("value", "") for each in hidden}
    box = form.select_one("input[type=checkbox][name$=edit_pt_br]")
    answer = admin.post(address, {**posted, "name": group.name, box["name"]: "on"})
    assert answer.status_code == 302
    assert list(group.permissions.values_list("codename", flat=True)) == ["edit_pt_br"]


def test_an_outside_reader_sees_the_draft_by_a_link(admin, guide, reader):
    edit(admin, guide, text("pt-br", "Pão", "De farinha.", "Assar."))
    address = reverse("diptych_draft_links", args=(guide.pk,))
    assert admin.post(address, {"language": "pt-br", "days": "1"}).status_code == 302
    link = guide.draft_links.get()
    shown = reader.get(f"/pt-br/draft/{link.token}/")
    assert shown.status_code == 200
    assert "Draft – not published." in words(shown)
    assert "De farinha." in words(shown)
    assert reader.get(f"/en/draft/{link.token}/").status_code == 404
    assert reader.get("/pt-br/pao/").status_code == 404
