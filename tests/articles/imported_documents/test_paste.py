"""The address that the editor's script asks to convert what is pasted."""

import json
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_article, make_author, make_user, sign_in
from tests.tiers import one_row_of


def paste(client, **posted):
    return client.post(
        reverse("diptych_paste"), json.dumps(posted), content_type="application/json"
    )


def test_blocks_come_as_they_are_stored_and_as_the_editor_inserts_them(journal, admin):
    html = "<h2>Le quai</h2><p>Il <b>gèle</b>.</p><p><img src='file:///a/quai.png'></p>"
    answer = paste(admin, html=html, language="fr").json()
    assert [block["type"] for block in answer["blocks"]] == ["heading", "paragraph", "image"]
    assert answer["blocks"][0]["value"] == {"text": "Le quai", "level": "h2"}
    assert [each["id"] for each in answer["state"]] == [each["id"] for each in answer["blocks"]]
    content = json.loads(answer["state"][1]["value"])
    assert content["blocks"][0]["text"] == "Il gèle."
    assert answer["notes"] == ["A picture is missing. Choose it in its block: “quai.png”"]


def test_plain_text_becomes_paragraphs(journal, admin):
    answer = paste(admin, text="Un < deux.\nEncore.\n\nTrois.", language="fr").json()
    texts = [json.loads(each["value"])["blocks"][0]["text"] for each in answer["state"]]
    assert texts == ["Un < deux.\nEncore.", "Trois."]


def test_what_was_left_out_is_said_in_the_language_of_the_admin(journal, client):
    sign_in(client, language="fr")
    answer = paste(client, html="<p>Voir <a href='#a'>là</a>.</p>", language="en").json()
    assert answer["notes"] == [
        "Un lien vers un passage ou un fichier du document a été retiré, ses mots restent\xa0:"
        " «\u202flà\u202f»"
    ]


@pytest.mark.parametrize(
    "body",
    ["", "[]", '{"html": 1, "language": "fr"}', '{"html": "x", "language": "xx"}', "[" * 100_000],
)
def test_malformed_requests_are_refused(journal, admin, body):
    answer = admin.post(reverse("diptych_paste"), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_forms_are_refused(journal):
    """The check of forged requests has read their body before."""
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser)
    browser.get(reverse("diptych_new_document"))
    posted = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value, "html": "<p>x</p>"}
    answer = browser.post(reverse("diptych_paste"), posted)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_too_long_a_text_is_refused_with_a_reason(journal, admin):
    answer = paste(admin, html="x" * 2_000_001, language="fr")
    assert answer.status_code == 413
    assert "too long" in answer.json()["error"]
    answer = paste(admin, html="x" * 2_700_000, language="fr")
    assert answer.status_code == 413
    assert "in parts" in answer.json()["error"]


def test_a_refusal_is_said_in_the_language_of_the_admin(journal, client):
    sign_in(client, language="fr")
    answer = paste(client, html="<br>" * 200_000, language="en")
    assert answer.status_code == 413
    said = answer.json()["error"]
    assert "200\xa0000" in said and "15\xa0000" in said and "éléments" in said


def test_who_edits_no_page_may_not_ask(journal, client):
    client.force_login(make_user("reader"))
    assert paste(client, html="<p>x</p>", language="fr").status_code == 302
    assert client.get(reverse("diptych_paste")).status_code == 302


@pytest.mark.parametrize(
    ("language", "undo"),
    one_row_of([("en", "Undo the paste"), ("fr", "Annuler le collage")], "rare"),
)
def test_the_editor_knows_where_to_ask_and_what_to_say(journal, client, language, undo):
    """The script stands where a body is edited, and nowhere else."""
    sign_in(client, language=language)
    html = unescape(client.get(f"/admin/pages/{make_article(journal).pk}/edit/").content.decode())
    assert "diptych/admin/paste.js" in html
    assert f'"undo": "{undo}"' in html
    assert f'"url": "{reverse("diptych_paste")}"' in html
    assert '"languages": {"body_fr": "fr", "body_en": "en"}' in html
    author = make_author(journal, "Léa Rochat")
    other = client.get(f"/admin/pages/{author.pk}/edit/").content.decode()
    assert "diptych/admin/paste.js" not in other
