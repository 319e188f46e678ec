"""Folders of files that a converter reads, each with what it makes of it beside it, as JSON.

Whoever adds two files of one name to such a folder adds a test.
"""

import json

import pytest


def samples_in(folder, ending=".html", quick=None):
    """Parameters: the files of ``folder`` and of the folders in it, named by their paths.

    With the names ``quick``, all others are in the tier ``rare``.
    """
    names = sorted({str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.*")})
    assert names and set(quick or ()) <= set(names), f"missing samples in {folder}"
    rare = set(names).difference(quick) if quick else ()
    return [
        pytest.param(folder / f"{name}{ending}", id=name, marks=[pytest.mark.rare] * (name in rare))
        for name in names
    ]


def text_of(path):
    return path.read_text(encoding="utf-8").removesuffix("\n")


def expected_of(path):
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def as_json(value):
    """``value`` as it would be read from JSON, to compare it with what is expected."""
    return json.loads(json.dumps(value))
