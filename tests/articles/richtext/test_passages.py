"""Passages in another language: the dialog, what is stored, what the editor opens again."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.test.utils.form_data import rich_text, streamfield

from diptych.articles.models import ArticlePage
from diptych.articles.richtext.passages import as_tag
from tests.articles.languages.editor import PUBLISH_FRENCH, article_form, create, edit
from tests.factories import make_article, sign_in

FEATURES = ["bold", "italic", "link", "passage"]


def opened_and_saved(html):
    """``html`` after the editor has opened it and saved it, without the keys of its blocks."""
    converter = ContentstateConverter(FEATURES)
    saved = converter.to_database_format(converter.from_database_format(html))
    return saved.replace(f' data-block-key="{saved.split(chr(34))[1]}"', "")


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("de", "de"),
        (" PT_br ", "pt-BR"),
        ("zh-HANT-tw", "zh-Hant-TW"),
        ("gsw", "gsw"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("german", ""),
        ("d", ""),
        ('de" onclick="x', ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_language_is_written_as_its_tag(typed, tag):
    assert as_tag(typed) == tag


@pytest.mark.parametrize(
    ("stored", "saved"),
    [
        ('<p>Er sagt <span lang="de">nein</span>.</p>', None),
        ('<p><span lang="de">ja, <i>nein</i></span></p>', None),
        ('<p><span dir="rtl" lang="ar">لا</span></p>', None),
        ('<p><span lang="DE_ch">ja</span></p>', '<p><span lang="de-CH">ja</span></p>'),
        ('<p><span lang="&quot;x">ja</span></p>', "<p>ja</p>"),
        ('<p><span class="x">ja</span></p>', "<p>ja</p>"),
    ],
)
def test_a_passage_is_opened_and_saved_again(stored, saved):
    again = opened_and_saved(stored)
    assert again.replace('lang="ar" dir="rtl"', 'dir="rtl" lang="ar"') == (saved or stored)


@pytest.mark.django_db
class TestDialog:
    def test_it_names_every_language_in_that_of_the_editor(self, client):
        sign_in(client, language="fr")
        answer = client.get(reverse("diptych_passage"), {"lang": "de"}).json()
        assert answer["step"] == "choose"
        assert '<option value="de" selected>Allemand</option>' in answer["html"]
        assert '<option value="la">Latin</option>' in answer["html"]

    def test_languages_of_the_site_and_of_the_text_come_first(self, client):
        sign_in(client, language="en")
        parameters = {"lang": "la", "used": "la,cop,DE_ch,<script>,,de"}
        answer = client.get(reverse("diptych_passage"), parameters).json()
        first, others = BeautifulSoup(answer["html"], "lxml").select("optgroup")
        names = [option.get_text() for option in first.select("option")]
        assert names == ["cop", "de-CH", "English", "French", "German", "Latin"]
        assert first.select_one("[selected]")["value"] == "la"
        values = {option["value"] for option in others.select("option")}
        assert "it" in values
        assert not values & {"de", "en", "fr", "la"}

    def test_a_refused_choice_keeps_their_order(self, client):
        sign_in(client, language="en")
        answer = client.get(reverse("diptych_passage"), {"used": "la,cop"}).json()
        address = BeautifulSoup(answer["html"], "lxml").form["action"]
        again = client.post(address, {"code": "german"}).json()
        first = BeautifulSoup(again["html"], "lxml").select_one("optgroup")
        assert [each["value"] for each in first.select("option")] == ["cop", "en", "fr", "la"]
        assert client.post(address, {"language": "cop"}).json()["lang"] == "cop"

    def test_it_answers_with_the_language_that_was_chosen(self, client):
        sign_in(client)
        answer = client.post(reverse("diptych_passage"), {"language": "de", "code": ""})
        assert answer.json() == {"step": "chosen", "lang": "de"}
        answer = client.post(reverse("diptych_passage"), {"language": "de", "code": "COP"})
        assert answer.json() == {"step": "chosen", "lang": "cop"}

    def test_it_opens_a_code_that_has_no_name(self, client):
        sign_in(client)
        answer = client.get(reverse("diptych_passage"), {"lang": "cop"}).json()
        assert 'value="cop"' in answer["html"]
        answer = client.get(reverse("diptych_passage"), {"lang": "<script>"}).json()
        assert "<script>" not in answer["html"]

    def test_it_says_what_is_wrong(self, client):
        sign_in(client)
        answer = client.post(reverse("diptych_passage"), {"code": "german"}).json()
        assert "“german” is not a language code;" in answer["html"]
        answer = client.post(reverse("diptych_passage"), {}).json()
        assert "Choose a language, or write its code." in answer["html"]
        answer = client.post(reverse("diptych_passage"), {"language": "xx"}).json()
        assert answer["step"] == "choose"

    def test_it_is_for_editors(self, client):
        assert client.get(reverse("diptych_passage")).status_code == 302


@pytest.mark.django_db
def test_an_editor_marks_a_passage_and_readers_get_its_language(journal, admin):
    html = '<p>On dit <span lang="de">"Geht\'s?"</span> !</p>'
    body = streamfield([("paragraph", rich_text(html, features=FEATURES))])
    response = create(
        admin, journal.articles, article_form("Lac", press=PUBLISH_FRENCH, body_fr=body)
    )
    assert response.status_code == 302
    article = ArticlePage.objects.get()
    assert '<span lang="de">' in article.body_fr.raw_data[0]["value"]
    page = admin.get("/fr/articles/lac/").content.decode()
    assert 'On dit <span lang="de">"Geht\'s?"</span>\u202f!' in page


@pytest.mark.django_db
def test_what_a_browser_sends_that_is_no_language_is_left_out(journal, admin):
    sent = json.loads(rich_text('<p>On <span lang="de">geht</span></p>', features=FEATURES))
    sent["entityMap"]["0"]["data"] = {"lang": 'de" onmouseover="alert(1)', "style": "x"}
    body = streamfield([("paragraph", json.dumps(sent))])
    create(admin, journal.articles, article_form("Lac", press=PUBLISH_FRENCH, body_fr=body))
    stored = ArticlePage.objects.get().body_fr.raw_data[0]["value"]
    assert "onmouseover" not in stored and "<span" not in stored and "On geht" in stored


@pytest.mark.django_db
def test_a_mark_alone_is_a_change_and_so_is_its_removal(journal, admin):
    article = make_article(journal, en=None, live_in=("fr",))
    for html in ('<p>On <span lang="de">geht</span></p>', "<p>On geht</p>"):
        body = streamfield([("paragraph", rich_text(html, features=FEATURES))])
        form = article_form("Le lac gèle", press=PUBLISH_FRENCH, body_fr=body)
        assert edit(admin, article, form).status_code == 302
        (stored,) = ArticlePage.objects.get().body_fr.raw_data
        assert ("<span" in stored["value"]) == ("<span" in html)
