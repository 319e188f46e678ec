"""Folders of Markdown for tests: written, taken in, and what became of them."""

import json
from io import StringIO

from django.core.management import CommandError, call_command


def take_in(folder, status=0, **options):
    """Import ``folder``; returns the report."""
    path = folder.parent / f"{folder.name}.json"
    ended = 0
    try:
        call_command("import_markdown", str(folder), stdout=StringIO(), report=str(path), **options)
    except CommandError:
        ended = 1
    report = json.loads(path.read_text())
    assert ended == status, report
    assert sum(report["counts"].values()) == len(report["items"])
    return report


def write(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_fr", ".fr.md").replace("_en", ".en.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def outcomes(report):
    return {each["id"]: each["outcome"] for each in report["items"]}
