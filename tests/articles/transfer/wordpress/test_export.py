"""Exports of WordPress: items, languages, pairs and terms, and files that are broken."""

import random
import tracemalloc
from datetime import UTC, datetime

import pytest

from diptych.articles.transfer.wordpress.export import Export
from tests.wordpress_exports import HEAD, HOST, TAIL, serialize, write_export, write_items

FRENCH = '<category domain="language" nicename="fr">Français</category>'
ENGLISH = '<category domain="language" nicename="en">English</category>'
GERMAN = '<category domain="language" nicename="de">Deutsch</category>'

pytestmark = pytest.mark.usefixtures("in_english")


def in_group(name):
    return f'<category domain="post_translations" nicename="{name}">{name}</category>'


def wpml(language, group):
    return "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
        for key, value in (
            ("_wpml_import_language_code", language),
            ("_wpml_import_translation_group", group),
        )
    )


def item(pk, inside="", kind="post", **texts):
    """An ``<item>`` with ``inside``, and with texts in elements of ``wp:``."""
    fields = "".join(f"<wp:{name}>{text}</wp:{name}>" for name, text in texts.items())
    return (
        f"<item><title>Title {pk}</title><link>https://{HOST}/title-{pk}/</link>"
        f"<wp:post_id>{pk}</wp:post_id><wp:post_type>{kind}</wp:post_type>{fields}{inside}</item>"
    )


def term(taxonomy, slug, description="", pk=1):
    return (
        f"<wp:term><wp:term_id>{pk}</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
        f"<wp:term_slug>{slug}</wp:term_slug><wp:term_name>{slug}</wp:term_name>"
        f"<wp:term_description><![CDATA[{description}]]></wp:term_description></wp:term>"
    )


@pytest.fixture
def export(tmp_path):
    """Make an :class:`Export` of what stands between the head and the end of a file."""

    def make(*parts, declared="de-DE", **options):
        path = tmp_path / "export.xml"
        head = HEAD.format(version="1.2", host=HOST).replace("fr-FR", declared)
        path.write_text(head + "".join(parts) + TAIL)
        return Export([path], **options)

    return make


def items_of(export):
    return {item.id: item for item in export.read()}


@pytest.mark.parametrize("plugin", ["polylang", "wpml", "none"])
def test_every_item_has_its_language_and_pair(tmp_path, plugin):
    written = write_export(tmp_path / "export.xml", posts=24, plugin=plugin)
    export = Export(written.paths)
    items = items_of(export)
    assert export.errors == []
    assert len(items) == sum(written.counts.values())
    assert export.counts == written.counts
    for pk, language, slug, link, status in written.texts:
        said = "fr" if plugin == "none" and status != "publish" else language
        assert (items[pk].language, items[pk].link, items[pk].status) == (said, link, status)
        assert items[pk].slug == ("" if status != "publish" else slug)
        assert items[pk].problem == ""
        assert f"{language} " in items[pk].content
    pairs = [group for group in export.groups.values() if len(group) == 2]
    assert sorted(pairs, key=str) == sorted(written.pairs, key=str)
    for pair in pairs:
        assert len({items[pk].group for pk in pair.values()}) == 1


def test_version_1_1_and_several_files(tmp_path):
    one = write_export(tmp_path / "one.xml", posts=12, version="1.1")
    three = write_export(tmp_path / "three.xml", posts=12, files=3)
    read = [list(Export(each.paths).read()) for each in (one, three)]
    assert len(three.paths) == 3
    assert [item.modified for item in read[0]] == [None] * len(read[0])
    assert [(i.id, i.content, i.group) for i in read[0]] == [
        (i.id, i.content, i.group) for i in read[1]
    ]


def test_an_item_that_stands_in_two_files_is_read_once(tmp_path):
    written = write_export(tmp_path / "one.xml", posts=4)
    export = Export([*written.paths, *written.paths])
    assert len(list(export.read())) == len(export.repeated) == sum(written.counts.values())


def test_fields_of_an_item(export):
    inside = """
        <dc:creator><![CDATA[claire]]></dc:creator>
        <content:encoded><![CDATA[<p>Text &amp; ]]]]><![CDATA[> more</p>]]></content:encoded>
        <excerpt:encoded><![CDATA[Lead]]></excerpt:encoded>
        <category domain="category" nicename="soci%C3%A9t%C3%A9"><![CDATA[Société]]></category>
        <category domain="author" nicename="cap-john"><![CDATA[john]]></category>
        <wp:postmeta><wp:meta_key>_a</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>
        <wp:postmeta><wp:meta_key>_a</wp:meta_key><wp:meta_value>2</wp:meta_value></wp:postmeta>
        <wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"""
    texts = {
        "post_name": "%c3%a9t%c3%a9",
        "post_date": "2020-05-01 10:00:00",
        "post_date_gmt": "2020-05-01 08:00:00",
        "post_modified_gmt": "0000-00-00 00:00:00",
        "is_sticky": "1",
        "post_password": "secret",
    }
    [read] = export(item(7, inside, **texts), language="fr").read()
    assert read.content == "<p>Text &amp; ]]> more</p>"
    assert (read.excerpt, read.slug, read.is_sticky) == ("Lead", "été", True)
    assert [(each.taxonomy, each.slug) for each in read.terms] == [
        ("category", "société"),
        ("author", "cap-john"),
    ]
    assert (read.authors, read.meta, read.comments) == (["john"], {"_a": ["1", "2"]}, 1)
    assert read.date == datetime(2020, 5, 1, 8, tzinfo=UTC)
    assert (read.modified, read.password, read.language, read.problem) == (None, "secret", "fr", "")


def test_pairs_of_polylang_are_also_read_from_its_map(export):
    found = export(
        term("language", "fr", serialize({"locale": "fr_FR"})),
        term("language", "anglais", serialize({"locale": "en_GB"})),
        term("post_translations", "pll_1", serialize({"fr": 1, "anglais": 2})),
        item(1),
        item(2),
    )
    assert found.groups == {"pll_1": {"fr": 1, "en": 2}}
    assert found.languages_of == {1: "fr", 2: "en"}
    assert found.plugins == {"polylang"}


def test_numbers_that_no_item_has_are_no_pairs(export):
    ids = {"fr": 1, "en": "9" * 5000, "anglais": 0}
    found = export(term("post_translations", "pll_1", serialize(ids)), item(1, FRENCH))
    assert found.groups == {"pll_1": {"fr": 1}}


def test_two_items_of_a_group_in_one_language_are_kept_apart(export):
    pair = in_group("pll_1")
    items = items_of(
        export(item(1, FRENCH + pair), item(2, FRENCH + pair), item(3, ENGLISH + pair))
    )
    assert {each.group for each in items.values()} == {None}
    assert all("1, 2, 3" in each.problem for each in items.values())
    assert [each.language for each in items.values()] == ["fr", "fr", "en"]


def test_the_map_of_a_group_says_which_of_three_is_too_many(export):
    pair = in_group("pll_1")
    meant = term("post_translations", "pll_1", serialize({"fr": 1, "en": 3}))
    found = export(meant, item(1, FRENCH + pair), item(2, FRENCH + pair), item(3, ENGLISH + pair))
    assert found.groups == {"pll_1": {"fr": 1, "en": 3}}
    assert [bool(each.problem) for each in found.read()] == [False, True, False]


def test_a_third_language_that_the_site_lacks_is_kept_apart(export):
    pair = in_group("pll_1")
    found = export(item(1, FRENCH + pair), item(2, GERMAN + pair), item(3, ENGLISH + pair))
    assert found.groups == {"pll_1": {"fr": 1, "en": 3}}
    assert "de" in items_of(found)[2].problem
    assert items_of(found)[2].language is None


def test_what_was_thrown_away_breaks_no_pair(export):
    pair = in_group("pll_1")
    found = export(
        item(1, FRENCH + pair, status="trash"), item(2, FRENCH + pair), item(3, ENGLISH + pair)
    )
    assert found.groups == {"pll_1": {"fr": 2, "en": 3}}


def test_a_post_and_a_page_are_no_pair(export):
    found = export(item(1, wpml("fr", "5")), item(2, wpml("en", "5"), kind="page"))
    assert found.groups == {}
    assert all("another type" in each.problem for each in found.read())


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/en/a/", "en"),
        ("/fr-ch/a/", "fr"),
        ("/en-voyage/", None),
        ("/a/en/", None),
        ("/?p=1", None),
    ],
)
def test_without_a_plugin_the_address_says_the_language(export, path, language):
    text = item(1).replace("/title-1/", path)
    assert export(text).languages_of.get(1) == language
    assert export(text, language="fr").languages_of == {1: language or "fr"}


def test_without_a_plugin_texts_are_in_the_language_that_the_site_declares(export):
    assert export(item(1), declared="fr_CA").languages_of == {1: "fr"}
    assert export(item(1), declared="fr-FR", language="en").languages_of == {1: "en"}
    assert export(item(1), item(2, ENGLISH), declared="fr-FR").languages_of == {2: "en"}
    assert export(item(1), declared="de-DE").languages_of == {}


def test_a_category_has_the_language_of_its_posts(export):
    def category(slug):
        return f'<category domain="category" nicename="{slug}">{slug}</category>'

    found = export(
        item(1, FRENCH + category("a") + category("both")),
        item(2, ENGLISH + category("b") + category("both")),
    )
    languages = {slug: each.language for (_kind, slug), each in found.terms.items()}
    assert languages == {"a": "fr", "b": "en", "both": None}


def test_cycles_of_categories_and_of_pages_are_cut(export):
    cycle = "".join(
        f"<wp:category><wp:term_id>{pk}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{slug}</wp:cat_name></wp:category>"
        for pk, slug, parent in [(1, "a", "b"), (2, "b", "a"), (3, "c", "a"), (4, "d", "d")]
    )
    pages = [item(pk, kind="page", post_parent=parent) for pk, parent in [(1, 2), (2, 1), (3, 1)]]
    found = export(cycle, *pages, language="fr")
    above = {
        slug: [each.slug for each in found.ancestors(term)]
        for (_k, slug), term in found.terms.items()
    }
    assert above == {"a": [], "b": [], "c": ["a"], "d": []}
    assert [each.parent for each in found.read()] == [0, 0, 1]


# What is broken


BROKEN = "<broken </rss>"


@pytest.mark.parametrize("after", ["", BROKEN, "</channel></rss>"])
@pytest.mark.parametrize("size", [1000, 256 * 1024])
def test_what_stands_before_broken_xml_is_read(tmp_path, monkeypatch, size, after):
    """In the part of the file that is broken as in those before it, and nothing of half an item."""
    for name in ("BEGINNING", "CHUNK"):
        monkeypatch.setattr(f"diptych.articles.transfer.wordpress.xml_stream.{name}", size)
    written = write_export(tmp_path / "export.xml", posts=20)
    text = written.paths[0].read_text()
    cut = text.index("<wp:post_id>10006</wp:post_id>")
    written.paths[0].write_text(text[:cut] + after)
    export = Export(written.paths)
    line = text.count(chr(10), 0, cut) + 1
    wrong = "this is no XML" if after else "the rest of the file is missing"
    assert export.errors == [
        f"export.xml is broken in line {line}: {wrong}. What stands before was read."
    ]
    whole = write_export(tmp_path / "whole.xml", posts=20)
    ids = [item.id for item in Export(whole.paths).read()]
    assert [item.id for item in export.read()] == ids[: ids.index(10006)]


def test_a_file_that_can_no_longer_be_read_is_said(tmp_path):
    written = write_export(tmp_path / "export.xml", posts=3)
    export = Export(written.paths)
    written.paths[0].unlink()
    assert (list(export.read()), export.errors) == (
        [],
        ["export.xml cannot be read. May the user who runs the site read it?"],
    )


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    "declared",
    [LAUGHS, '<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE rss>"],
)
@pytest.mark.parametrize("before", ["<?xml version='1.0'?>", "\ufeff\n<!-- <rss> -->"])
def test_entities_are_not_declared(tmp_path, declared, before):
    path = tmp_path / "export.xml"
    path.write_text(
        f"{before}{declared}<rss><channel><item><title>&i;</title></item></channel></rss>"
    )
    export = Export([path])
    assert list(export.read()) == []
    assert "no export" in export.errors[0]


@pytest.mark.parametrize(
    "content", [b"", b"\n ", b"<html><p>x</p></html>", b"PK\x03\x04", bytes(9)]
)
def test_what_is_no_export_is_said(tmp_path, content):
    path = tmp_path / "export.xml"
    path.write_bytes(content)
    assert len(Export([path]).errors) == 1
    assert len(Export([tmp_path / "none.xml"]).errors) == 1


@pytest.mark.parametrize("bad", ["\0", "\x08", "&#0;", "&#x1F;", "&#xD800;", "\uffff"])
def test_characters_that_xml_does_not_allow_are_left_out(export, bad):
    text = f"<content:encoded>before{bad}after &#233;</content:encoded>"
    one, two = export(item(1, text), item(2), language="fr").read()
    assert one.content == "beforeafter é"
    assert (len(one.notes), two.notes) == (1, [])


def test_line_breaks_of_word_are_spaces(export):
    [read] = export(item(1, "<content:encoded>a\x0bb</content:encoded>")).read()
    assert read.content == "a b"


@pytest.mark.parametrize(
    ("encoding", "declared", "notes"),
    [
        ("cp1252", "UTF-8", 1),
        ("cp1252", "windows-1252", 0),
        ("iso-8859-1", "ISO-8859-1", 0),
        ("utf-16", "UTF-16", 0),
        ("utf-8", "UTF-16", 0),
        ("utf-8", "rot13", 0),
        ("utf-8-sig", "UTF-8", 0),
    ],
)
def test_other_encodings(tmp_path, encoding, declared, notes):
    text = HEAD.format(version="1.2", host=HOST).replace("UTF-8", declared)
    text += item(1, "<content:encoded>été à l’école</content:encoded>") + TAIL
    path = tmp_path / "export.xml"
    path.write_bytes(
        (text if encoding != "iso-8859-1" else text.replace("’", "'")).encode(encoding)
    )
    [read] = Export([path]).read()
    assert read.content.replace("'", "’") == "été à l’école"
    assert len(read.notes) == notes


@pytest.mark.parametrize("chunk", [1, 7, 64])
def test_parts_of_a_file_end_anywhere(tmp_path, monkeypatch, chunk):
    text = item(1, "<content:encoded>é😀 &#233; &amp; a\0b &#0;</content:encoded>")
    path = write_items(tmp_path, text)
    monkeypatch.setattr("diptych.articles.transfer.wordpress.xml_stream.BEGINNING", 300)
    monkeypatch.setattr("diptych.articles.transfer.wordpress.xml_stream.CHUNK", chunk)
    [read] = Export([path]).read()
    assert read.content == "é😀 é & ab "


def test_dates_that_do_not_exist(export):
    dates = {"post_date": "2023-02-30 10:00:00", "post_date_gmt": "0000-00-00 00:00:00"}
    local = {"post_date": "2023-02-03 10:00:00", "post_date_gmt": "0000-00-00 00:00:00"}
    one, two = export(item(1, **dates), item(2, **local)).read()
    assert (one.date, len(one.notes)) == (None, 1)
    assert two.date.date() == datetime(2023, 2, 3, tzinfo=UTC).date()


def test_items_without_a_number_a_title_or_a_slug(export):
    bare = "<item><link>https://x/a</link></item><item><link>https://x/b</link></item><item/>"
    long = f"<item><title>{'x' * 400}</title><wp:post_id>1</wp:post_id></item>"
    found = export(bare, long)
    keys = [each.id for each in found.read()]
    assert len(set(keys)) == 4 and keys[0] < 0
    assert keys == [each.id for each in found.read()]
    assert len(items_of(found)[1].title) == 400
    assert items_of(found)[keys[0]].type == "post"


def test_memory_grows_with_items_not_with_their_texts(tmp_path):
    peaks = []
    for words in (10, 4000):
        written = write_export(tmp_path / f"{words}.xml", posts=60, words=words)
        tracemalloc.start()
        assert sum(1 for _item in Export(written.paths).read()) == sum(written.counts.values())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (tmp_path / "4000.xml").stat().st_size > 30 * (tmp_path / "10.xml").stat().st_size / 4
    assert peaks[1] < peaks[0] + 4_000_000


def test_made_up_bytes_raise_nothing(tmp_path):
    chance = random.Random(4)
    written = write_export(tmp_path / "export.xml", posts=6)
    good = written.paths[0].read_bytes()
    for _time in range(25):
        bad = bytearray(good)
        for _each in range(chance.randrange(1, 30)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        written.paths[0].write_bytes(bytes(bad))
        list(Export(written.paths).read())
