"""What stands around the inputs of an edit screen is rendered once, and looks the same."""

import re
from collections import Counter
from datetime import date
from weakref import WeakKeyDictionary

import pytest
from django import forms
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin import widgets

from diptych.articles.languages.admin.editor.widgets import WholeTextInput
from diptych.articles.languages.admin.inputs import date_inputs, frames, page_choosers
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import article_form, edit, errors
from tests.factories import make_article, make_author, make_topic

FIELD = "wagtailadmin/shared/formatted_field.html"
#: What differs each time: tokens, ids of new items, the session of the editor, moments.
OF_ONE_ANSWER = re.compile(
    r"[\w-]{64,}|[\da-f]{8}(-[\da-f]{4,12}){4}|key\\&quot;:\\&quot;\w+"
    r'|/\d+/\?language|/\d+/"|<time.*?</time>',
    re.DOTALL,
)


def edit_screen(client, page):
    return client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))


def html_of(response):
    return re.sub(r"\s+", " ", OF_ONE_ANSWER.sub("", response.content.decode()))


def fields_rendered(response):
    return Counter(each.name for each in response.templates)[FIELD]


def article_with_rows(journal):
    return make_article(journal, authors=[make_author(journal)], topics=[make_topic(journal)])


def test_what_stands_around_fields_is_rendered_once(journal, admin, monkeypatch):
    monkeypatch.setattr(frames, "_frames", WeakKeyDictionary())
    article = article_with_rows(journal)
    first, second = (edit_screen(admin, article) for _time in range(2))
    assert fields_rendered(second) < 10 < fields_rendered(first)
    assert html_of(second) == html_of(first)


def test_the_screen_is_that_of_wagtails_templates(journal, admin, monkeypatch):
    article = article_with_rows(journal)
    edit_screen(admin, article)
    kept = html_of(edit_screen(admin, article))
    monkeypatch.setattr(frames, "is_known", lambda _name: False)
    assert html_of(edit_screen(admin, article)) == kept


def test_errors_are_in_no_frame_that_is_kept(journal, admin):
    article = article_with_rows(journal)
    edit_screen(admin, article)
    refused = edit(admin, article, article_form("", ""))
    assert "error-message" in html_of(refused) and errors(refused)
    assert "error-message" not in html_of(edit_screen(admin, article))


def test_templates_of_a_project_are_rendered_each_time(journal, admin, tmp_path, settings):
    own = tmp_path / FIELD
    own.parent.mkdir(parents=True)
    own.write_text("{% now 'u' %} of a project {{ rendered_field }}")
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine.get("DIRS", ())]}]
    frames.is_known.cache_clear()
    article = article_with_rows(journal)
    first, second = (html_of(edit_screen(admin, article)) for _time in range(2))
    frames.is_known.cache_clear()
    assert "of a project <input" in first
    assert first != second


@pytest.mark.parametrize("text", [None, "", "Le lac", 'a <b> & "c"', "\nTwo\nlines"])
def test_an_input_of_text_is_that_of_wagtail(text):
    attributes = {"id": "id_lead", "aria-describedby": "help"}
    wanted = widgets.AdminAutoHeightTextInput().render("lead", text, attributes)
    for _time in range(2):
        assert WholeTextInput().render("lead", text, attributes) == wanted


@pytest.mark.parametrize("value", [None, "", 0, 7, 'a <b> & "c"'])
@pytest.mark.parametrize("attributes", [{"id": "id_row"}, {"id": "id_row", "value": 3}])
def test_a_hidden_input_is_that_of_django(value, attributes):
    wanted = forms.HiddenInput(attributes).render("row", value)
    for _time in range(2):
        assert frames.HiddenInput(attributes).render("row", value) == wanted


@pytest.mark.parametrize("title", ["Le lac", "", "a <b> & __NAME__ __KEY__ __TITLE__"])
@pytest.mark.parametrize("url", ["/admin/pages/7/edit/?a=1&b=2", ""])
def test_a_chooser_is_that_of_wagtail(title, url):
    chosen = {"id": 1234567, "edit_url": url, "display_title": title}
    for language in ("fr", "en"):
        with override(language):
            of_wagtail = widgets.AdminPageChooser(target_models=[ArticlePage])
            wanted = of_wagtail.render_html("series", chosen, {"id": "id_series"})
            ours = page_choosers.AdminPageChooser(target_models=[ArticlePage])
            shown = ours.render_html("series", chosen, {"id": "id_series"})
        assert shown.split() == wanted.split()


def test_the_note_of_a_date_is_that_of_the_day(monkeypatch):
    for year in (2026, 2027):
        monkeypatch.setattr(date_inputs.timezone, "localdate", lambda y=year: date(y, 3, 1))
        assert str(year) in date_inputs.LocalDateInput().render("day", None, {"id": "id_day"})


def test_no_break_spaces_are_no_indentation():
    shown = frames.filled(object(), lambda: f"<p>\n  \u00a0{frames.PLACE}\u202f \n </p>", ["a"])
    assert shown == "<p>\n\u00a0a\u202f\n</p>"
