"""Rows of a form that are not saved as nothing, or not enough, is filled in."""

import pytest
from django import forms
from django.http import QueryDict
from wagtail.blocks import BlockField, CharBlock, StreamBlock

from diptych.articles.languages.admin.editor.forms import without_unfinished_rows


class Row(forms.Form):
    name = forms.CharField()
    note = forms.CharField(required=False)
    day = forms.SplitDateTimeField(required=False)
    blocks = BlockField(StreamBlock([("text", CharBlock())]), required=False)


class RowWithRows(Row):
    formsets = {"below": None}


class RowWithFile(Row):
    file = forms.FileField(required=False)


def deleted(posted, form=Row, is_autosave=False):
    data = QueryDict(mutable=True)
    data.update({"rows-TOTAL_FORMS": "1", **{f"rows-0-{key}": posted[key] for key in posted}})
    formset = type("Rows", (), {"form": form})
    return "rows-0-DELETE" in without_unfinished_rows(data, {"rows": formset}, is_autosave)


@pytest.mark.parametrize(
    ("posted", "is_deleted"),
    [
        ({"name": " ", "note": "", "day_0": "", "day_1": " "}, True),
        ({"name": "", "id": "4"}, False),
        ({"note": "Something"}, False),
        ({"day_0": "2026-11-26", "day_1": ""}, False),
        ({"blocks-count": "1", "blocks-0-type": "text", "blocks-0-value": "Something"}, False),
    ],
)
def test_new_rows_are_dropped_that_say_nothing(posted, is_deleted):
    assert deleted(posted) == is_deleted


def test_an_automatic_save_leaves_rows_for_later_that_lack_something():
    assert deleted({"note": "Something"}, is_autosave=True)
    assert not deleted({"name": "Something"}, is_autosave=True)


@pytest.mark.parametrize("form", [RowWithRows, RowWithFile])
def test_rows_with_files_or_rows_of_their_own_are_kept(form):
    assert not deleted({"name": ""}, form)
