"""Files that related articles are measured on may lack much; where they are wrong is said."""

import json

from benchmarks.corpus import read_corpus

GOOD = [
    {"key": "a", "lang": "fr"},
    {"key": "a", "lang": "en", "title": None, "topics": None, "date": "2019", "body": "x\0y"},
    {"key": "b", "lang": "en", "related": ["a", "a"], "date": "someday", "authors": [" Ada "]},
]
BAD = ['{"key": "c"', "[]", '{"key": 1, "lang": "fr"}', '{"key": "d", "lang": "fr", "topics": "x"}']


def test_a_corpus_is_read_as_far_as_it_can_be(tmp_path):
    path = tmp_path / "corpus.jsonl"
    lines = [*map(json.dumps, GOOD), "", *BAD, json.dumps(GOOD[0]), '{"key": "e", "lang": "de"}']
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    said = []
    entries, bad = read_corpus(path, ["fr", "en"], said.append)
    assert [(entry["key"], entry["lang"]) for entry in entries] == [
        ("a", "fr"),
        ("a", "en"),
        ("b", "en"),
    ]
    assert (entries[0]["title"], entries[0]["topics"], entries[0]["date"]) == ("", [], None)
    assert (entries[1]["date"].year, entries[1]["body"]) == (2019, "xy")
    assert (entries[2]["related"], entries[2]["date"], entries[2]["authors"]) == (
        ["a"],
        None,
        ["Ada"],
    )
    assert bad == 5
    assert [message.removeprefix(f"{path}:").split(":")[0] for message in said[:5]] == [
        "5",
        "6",
        "7",
        "8",
        "9",
    ]
