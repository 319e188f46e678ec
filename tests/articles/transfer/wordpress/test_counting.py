"""What an import says of the words that went in and came out, and words that were lost before."""

import json

import pytest
from django.urls import reverse

from diptych.articles.imported_documents.counting import counted
from diptych.articles.transfer.models import ImportRun
from diptych.articles.transfer.report import Report
from diptych.articles.transfer.wordpress.export import Export
from diptych.articles.transfer.wordpress.importing import WordPressImport
from tests.articles.transfer.wordpress.imports import item, paragraphs
from tests.articles.transfer.wordpress.posts import FILM, p, read, wp
from tests.factories import sign_in
from tests.wordpress_exports import HEAD, HOST, TAIL

CODE = "#include <vector>\nif (a<b && c>d) { v[0] = 1; }"


def test_words_that_a_reader_loses_stand_first_in_the_report(journal, client, tmp_path, in_english):
    def careless(content, **others):
        return paragraphs(content.replace("deux", ""), **others)

    path = tmp_path / "export.xml"
    text = item(1, "fr", content="<p>Un deux trois.</p>")
    path.write_text(HEAD.format(version="1.2", host=HOST) + text + TAIL)
    report = Report()
    WordPressImport(Export([path]), journal.site, report=report, convert=careless).run()
    said = report.as_dict()
    assert said["words"] == {"before": 3, "after": 2, "missing": 1}
    assert said["words_of_items"] == [{"id": "1", "language": "fr", **said["words"]}]
    assert said["notes"][0] == {
        "id": "1",
        "kind": "words",
        "detail": "1 of 3: deux",
        "line": None,
    }
    run = ImportRun.objects.create(state="done", report=json.dumps(said))
    sign_in(client)
    page = client.get(reverse("diptych_imports:run", args=[run.pk])).content.decode()
    assert page.index("Titre 1 (1) · 1 of 3: deux") < page.index("What became of each item")


@pytest.mark.parametrize(
    ("source", "made", "left_out", "missing"),
    [
        ("one two two", "two one", [], ["two"]),
        ("one two", "one", ["Two"], []),
        ("l es bateaux", "les bateaux", [], []),
        ("lesbateaux", "les bateaux", [], []),
        ("soft\u00adhyphen", "softhyphen", [], []),
        ("one two three", "three added one", [], ["two"]),
    ],
)
def test_words_are_counted_however_they_are_joined(source, made, left_out, missing):
    assert counted(source, made, left_out).missing == missing


LOST = {
    "raw code of WP-Syntax": (
        f'<pre lang="cpp" line="1">{CODE}</pre>',
        [("preformatted", ("code", CODE))],
    ),
    "code of WP-Syntax that is escaped": (
        '<pre lang="xml" escaped="true">&lt;a&gt;</pre><pre lang="php">&lt;?php</pre>',
        [("preformatted", ("code", "<a>")), ("preformatted", ("code", "<?php"))],
    ),
    "a language of people": (
        '<pre lang="en">One <b>two</b></pre>',
        [("preformatted", ("code", "One two"))],
    ),
    "code between shortcodes": (
        f'[code language="cpp"]\n{CODE}\n[/code]',
        [("preformatted", ("code", CODE))],
    ),
    "films by their ids": (
        "[youtube abcdefghijk]\n\n[youtube]abcdefghijk[/youtube]\n\n[vimeo 1084537]",
        [
            ("embed", (FILM, "youtube.com")),
            ("embed", (FILM, "youtube.com")),
            ("embed", ("https://vimeo.com/1084537", "vimeo.com")),
        ],
    ),
    "shortcodes of plugins within a line": (
        "Before [acme_map 42] after, [youtube nothing] and [sic] and [voir p. 12].",
        [
            p("Before after, and [sic] and [voir p. 12]."),
            ("note", ("Unknown shortcode: acme_map", "<p>[acme_map 42]</p>")),
            ("note", ("Unknown shortcode: youtube", "<p>[youtube nothing]</p>")),
        ],
    ),
    "embeds by the name of their site": (
        wp(
            "core-embed/youtube",
            '<figure class="wp-block-embed-youtube wp-block-embed"><div>\n'
            f"{FILM}\n</div><figcaption>The works</figcaption></figure>",
            '{"url":"' + FILM + '"}',
        ),
        [("embed", (FILM, "The works"))],
    ),
    "what was struck through": (
        "Costs <del>10</del> <ins>12</ins>, <s>a</s> <strike>b</strike> "
        '<span style="text-decoration: line-through">c</span> francs.',
        [p("Costs 12, francs.")],
    ),
    "lists that go on": (
        "<ol><li>A</li></ol><p>Between</p><ol start='2'><li>B<ul><li>C</li></ul></li>"
        "<li>D</li></ol>",
        [
            ("paragraph", "<ol><li>A</li></ol>"),
            p("Between"),
            p("2. B"),
            ("paragraph", "<ul><li>C</li></ul>"),
            p("3. D"),
        ],
    ),
    "HTML in the settings of a block": (
        '<!-- wp:acme/quiz {"question":"Which \\u003cb\\u003elake\\u003c/b\\u003e?"} /-->',
        [("note", ("Unknown block: acme/quiz", "<p>Which <b>lake</b>?</p>"))],
    ),
    "characters above others": (
        "<ruby>漢<rt>kan</rt></ruby>",
        [p("漢 (kan)")],
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_what_was_lost_is_kept_or_named(name, db):
    content, expected = LOST[name]
    assert read(content)[0] == expected


def test_words_that_were_struck_through_are_named(db):
    assert "struck" in read("<del>10</del> <ins>12</ins>")[1]


@pytest.mark.parametrize("start", ["[code]", '<pre lang="c">', "[youtube ", "<ol start=2><li>"])
def test_what_never_ends_is_read_in_time(db, start):
    assert read(start * 400 + "end")[0]
