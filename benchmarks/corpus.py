"""A corpus of articles whose authors' own links are known: one article in one language a line."""

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime

TEXTS, LISTS = ("title", "lead", "body"), ("authors", "topics", "related")


class BadLine(ValueError):
    """A line is no article; says why."""


def read_corpus(path, languages=None, complain=None):
    """The articles of a file in the order of its lines, and how many lines are none.

    ``languages`` are the ones to keep. Of what may be missing in a line, texts, lists and dates
    are then empty. ``complain`` is told of each line that is no article or is left out.
    """
    complain = complain or (lambda message: print(message, file=sys.stderr))
    found, bad, others = {}, 0, {}
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                entry = _entry(line)
            except BadLine as error:
                complain(f"{path}:{number}: {error}")
                bad += 1
                continue
            place = (entry["key"], entry["lang"])
            if languages and entry["lang"] not in languages:
                others[entry["lang"]] = others.get(entry["lang"], 0) + 1
            elif place in found:
                complain(f"{path}:{number}: {place[0]!r} is there twice in {place[1]}.")
                bad += 1
            else:
                found[place] = entry
    for language, count in others.items():
        complain(f"{path}: {count} articles in {language!r} are left out.")
    return list(found.values()), bad


def _entry(line):
    try:
        stored = json.loads(line)
    except ValueError as error:
        raise BadLine(f"This is no JSON: {error}.") from None
    if not isinstance(stored, dict):
        raise BadLine("This is no object.")
    for name in ("key", "lang"):
        if not isinstance(stored.get(name), str) or not stored[name]:
            raise BadLine(f"“{name}” must be a text.")
    entry = {"key": stored["key"], "lang": stored["lang"], "date": _date(stored.get("date"))}
    for name in TEXTS:
        entry[name] = stored.get(name) or ""
        if not isinstance(entry[name], str):
            raise BadLine(f"“{name}” must be a text.")
        entry[name] = entry[name].replace("\0", "")
    for name in LISTS:
        values = stored.get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise BadLine(f"“{name}” must be a list of texts.")
        entry[name] = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    return entry


def _date(stored):
    """The moment of a date, which may lack its day or month; `None` if there is none to read."""
    text = str(stored or "").strip()
    for written in (text, text[:10], f"{text}-01", f"{text}-01-01"):
        with suppress(ValueError):
            moment = datetime.fromisoformat(written)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def in_language(entries, language):
    return [entry for entry in entries if entry["lang"] == language]


def without_bodies(entries, language):
    """The same, but for ``language`` with hardly more than headline and lead."""
    return [{**each, "body": ""} if each["lang"] == language else each for each in entries]
