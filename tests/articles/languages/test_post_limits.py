"""How much of text, rows and formatting one form may post."""

import json

import pytest
from django.forms import BaseFormSet, Form, formset_factory
from django.http import QueryDict

from diptych.articles.languages.admin.editor.views import saving_script
from diptych.articles.languages.admin.post_limits import (
    FormTooLarge,
    LimitedRowsMixin,
    check_posted,
    limits_of_form,
)


def posted(**fields):
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


def rich_text(lines, styles, depth=0):
    line = {"text": "a", "depth": depth, "inlineStyleRanges": [{}] * styles}
    return json.dumps({"blocks": [line] * lines})


@pytest.mark.parametrize(
    "fields",
    [
        {"lead": "x" * 1_000_000},
        {"authors-TOTAL_FORMS": "1000"},
        {"authors-TOTAL_FORMS": "x"},
        {"body": rich_text(1, 500)},
        {"body": rich_text(100, 50)},
        {"body": rich_text(1_000, 20)},
        {"body": rich_text(10_000, 0, depth=4)},
        {"body": '{"blocks": 5}'},
        {"body": '{"blocks": [5, {"depth": "x", "entityRanges": 7}]}'},
        {"body": "{" * 100_000},
        {"body": '{"a":' * 100_000},
        {"body": "{}"},
    ],
)
def test_what_may_be_posted(fields):
    check_posted(posted(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"lead": "x" * 1_000_001},
        {"lead": "x" * 600_000, "body": "x" * 600_000},
        {"authors-TOTAL_FORMS": "1001"},
        {"authors-TOTAL_FORMS": "600", "authors-0-links-TOTAL_FORMS": " 600"},
        {"body": rich_text(1, 501)},
        {"body": " " + rich_text(101, 50)},
        {"body": rich_text(10_001, 0)},
        {"body": rich_text(1, 0, depth=21)},
    ],
)
def test_what_is_too_large(fields):
    with pytest.raises(FormTooLarge):
        check_posted(posted(**fields))


def test_the_editor_knows_the_limits_in_force(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    known = limits_of_form()
    assert known["bytes"] is None
    assert (known["rows"], known["pairs"], known["depth"]) == (1_000, 250_000, 20)
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "PostLimits" not in each]
    assert set(limits_of_form()) == {"fields", "bytes"}
    assert "&quot;fields&quot;: 10000" in saving_script()


def test_a_form_with_too_many_rows_says_how_many_are_left_and_can_be_saved():
    class Rows(LimitedRowsMixin, BaseFormSet):
        def get_queryset(self):
            return []

    rows_of = formset_factory(Form, formset=Rows)
    claimed = {"form-TOTAL_FORMS": "102", "form-INITIAL_FORMS": "0"}
    formset = rows_of(claimed)
    assert not formset.is_valid()
    assert " 100 " in formset.non_form_errors()[0]
    shown = {field.html_name: field.value() for field in formset.management_form}
    assert rows_of(claimed | {"form-TOTAL_FORMS": shown["form-TOTAL_FORMS"]}).is_valid()
