"""Posts of the block editor: what becomes of each kind of block."""

import pytest

from tests.articles.transfer.wordpress.posts import FILM, PICTURE, SITE, p, read, wp

BLOCK_EDITOR = {
    "paragraphs": (
        wp("paragraph", "<p>One <strong>two</strong>.</p>")
        + wp("paragraph", "<p>Three<br>four</p>"),
        [p("One <b>two</b>."), p("Three<br/>four")],
    ),
    "headings keep their order in two levels": (
        wp("heading", "<h2>A</h2>") + wp("heading", "<h3>B</h3>", '{"level":3}') + "<h4>C</h4>",
        [("heading", "h2 A"), ("heading", "h3 B"), ("heading", "h3 C")],
    ),
    "a list in a list, as blocks": (
        wp(
            "list",
            "<ul>"
            + wp(
                "list-item", "<li>A" + wp("list", "<ol>" + wp("list-item", "<li>B</li>") + "</ol>")
            )
            + "</li></ul>",
        ),
        [("paragraph", "<ul><li>A<ol><li>B</li></ol></li></ul>")],
    ),
    "a quotation with its author": (
        wp(
            "quote",
            "<blockquote><p>A</p><p>B</p><cite>Who</cite></blockquote>",
        ),
        [("quotation", ("A\n\nB", "Who"))],
    ),
    "a pull quote": (
        wp(
            "pullquote",
            '<figure class="wp-block-pullquote"><blockquote><p>Said</p></blockquote></figure>',
        ),
        [("pull_quote", "Said")],
    ),
    "a pull quote with its author is a quotation": (
        wp(
            "pullquote",
            '<figure class="wp-block-pullquote"><blockquote><p>Said</p><cite>Who</cite>'
            "</blockquote></figure>",
        ),
        [("quotation", ("Said", "Who"))],
    ),
    "a picture with caption": (
        wp(
            "image",
            f'<figure class="wp-block-image">{PICTURE}'
            "<figcaption>At <em>noon</em></figcaption></figure>",
            '{"id":11}',
        ),
        [("image", (1, "Quay", "At noon"))],
    ),
    "a picture that is a link": (
        wp("image", f'<figure><a href="https://port.example/">{PICTURE}</a></figure>'),
        [("image", (1, "Quay", "")), p('<a href="https://port.example/">Quay</a>')],
    ),
    "a picture that leads to itself": (
        wp("image", f'<figure><a href="{SITE}/a.jpg">{PICTURE}</a></figure>'),
        [("image", (1, "Quay", ""))],
    ),
    "a picture known by its number alone": (
        wp("image", '<figure><img src="https://gone.example/x.jpg" class="wp-image-12"></figure>'),
        [("image", (2, "", ""))],
    ),
    "the alternative text of the library is not repeated": (
        wp("image", f'<figure><img src="{SITE}/c.jpg" alt="A boat"></figure>'),
        [("image", (3, "", ""))],
    ),
    "a missing picture keeps its place, its caption is read": (
        wp("image", '<figure><img src="/gone.jpg" alt="X"><figcaption>Lost</figcaption></figure>'),
        [("image", (None, "X", "Lost")), p("Lost")],
    ),
    "a gallery of pictures": (
        wp(
            "gallery",
            '<figure class="wp-block-gallery has-nested-images">'
            + wp("image", f"<figure>{PICTURE}<figcaption>One</figcaption></figure>")
            + wp("image", f'<figure><img src="{SITE}/b.jpg" alt="Two"></figure>')
            + '<figcaption class="blocks-gallery-caption">Both</figcaption></figure>',
        ),
        [("gallery", ([(1, "Quay", "One"), (2, "Two", "")], "Both"))],
    ),
    "a gallery as it was written before": (
        wp(
            "gallery",
            '<ul class="wp-block-gallery"><li class="blocks-gallery-item"><figure>'
            f"{PICTURE}<figcaption>One</figcaption></figure></li><li><figure>"
            f'<img src="{SITE}/b.jpg" alt=""></figure></li></ul>',
        ),
        [("gallery", ([(1, "Quay", "One"), (2, "", "")], ""))],
    ),
    "media beside text": (
        wp(
            "media-text",
            f'<div class="wp-block-media-text"><figure>{PICTURE}</figure><div>'
            + wp("paragraph", "<p>Beside</p>")
            + "</div></div>",
        ),
        [("image", (1, "Quay", "")), p("Beside")],
    ),
    "a table with head, foot, caption and merged cells": (
        wp(
            "table",
            '<figure class="wp-block-table"><table><thead><tr><th>A</th><th>B</th></tr></thead>'
            '<tbody><tr><td colspan="2">1</td></tr></tbody><tfoot><tr><td>S</td>'
            "<td>2</td></tr></tfoot></table><figcaption>Sums</figcaption></figure>",
        ),
        [("table", ("Sums", "row", [["A", "B"], ["1", ""], ["S", "2"]]))],
    ),
    "an embed of a known site": (
        wp(
            "embed",
            f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{FILM}\n</div>'
            "<figcaption>The works</figcaption></figure>",
            '{"url":"' + FILM + '"}',
        ),
        [("embed", (FILM, "The works"))],
    ),
    "an embed of another site is a link": (
        wp(
            "embed",
            '<figure class="wp-block-embed"><div>\nhttps://blog.example/a\n</div></figure>',
        ),
        [p('<a href="https://blog.example/a">https://blog.example/a</a>')],
    ),
    "a file": (
        wp(
            "file",
            f'<div class="wp-block-file"><a href="{SITE}/report.pdf">Report</a>'
            f'<a href="{SITE}/report.pdf" class="wp-block-file__button">Download</a></div>',
        ),
        [p('<a linktype="document" id="7">Report</a> <a linktype="document" id="7">Download</a>')],
    ),
    "code": (
        wp("code", '<pre class="wp-block-code"><code>  if a:\n      b &lt; c\n</code></pre>'),
        [("preformatted", ("code", "  if a:\n      b < c"))],
    ),
    "verse": (
        wp("verse", '<pre class="wp-block-verse">O\n   <em>wind</em></pre>'),
        [("preformatted", ("verse", "O\n   wind"))],
    ),
    "separators and spacers": (
        wp("paragraph", "<p>A</p>")
        + wp("separator", '<hr class="wp-block-separator"/>')
        + wp("spacer", '<div style="height:9px" aria-hidden="true"></div>')
        + wp("paragraph", "<p>B</p>"),
        [p("A"), ("paragraph", "<hr/>"), p("B")],
    ),
    "columns, groups and covers": (
        wp(
            "cover",
            f'<div class="wp-block-cover" style="background-image:url({SITE}/a.jpg)"><div>'
            + wp(
                "columns",
                "<div>" + wp("column", "<div><p>L</p></div>") + "<div><p>R</p></div></div>",
            )
            + "</div></div>",
        ),
        [("image", (1, "", "")), p("L"), p("R")],
    ),
    "buttons are links": (
        wp(
            "buttons",
            '<div class="wp-block-buttons"><div class="wp-block-button">'
            '<a class="wp-block-button__link" href="https://shop.example/">Buy</a></div></div>',
        ),
        [p('<a href="https://shop.example/">Buy</a>')],
    ),
    "details": (
        wp(
            "details",
            "<details><summary>More</summary>" + wp("paragraph", "<p>A</p>") + "</details>",
        ),
        [p("<b>More</b>"), p("A")],
    ),
    "the end of the excerpt and of a page": (
        "<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->\n<!-- wp:more -->\n<!--more-->\n"
        "<!-- /wp:more -->\n<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->\n<p>B</p>",
        [p("A"), p("B")],
    ),
    "HTML": (
        wp("html", '<div onclick="x()"><p>Kept</p><script>alert(1)</script></div>'),
        [p("Kept")],
    ),
    "a recording of the library": (
        wp(
            "audio",
            f'<figure class="wp-block-audio"><audio controls src="{SITE}/talk.mp3"></audio>'
            "<figcaption>Talk</figcaption></figure>",
        ),
        [p('<a linktype="document" id="8">File 8</a>'), p("Talk")],
    ),
    "an unknown block with text": (
        wp("acme/box", "<div><p>Inside</p></div>", '{"tone":"warm"}'),
        [("note", ("Unknown block: acme/box", "<p>Inside</p>"))],
    ),
    "an unknown block without markup": (
        '<!-- wp:acme/quiz {"question":"Which lake?","id":3} /-->',
        [("note", ("Unknown block: acme/quiz", "<p>Which lake?</p>"))],
    ),
    "links to posts, files and others": (
        f'<p><a href="{SITE}/dams/">A</a> <a href="{SITE}/report.pdf">B</a>'
        f' <a href="{SITE}/moved/">C</a> <a href="https://x.example/">D</a></p>',
        [
            p(
                '<a linktype="page" id="42">A</a> <a linktype="document" id="7">B</a>'
                ' <a href="/en/moved/">C</a> <a href="https://x.example/">D</a>'
            )
        ],
    ),
    "links to headings": (
        '<h2 id="h-intro">The Way In</h2><p><a href="#h-intro">up</a> <a href="#gone">off</a></p>',
        [("heading", "h2 The Way In"), p('<a href="#the-way-in">up</a> off')],
    ),
}


@pytest.mark.parametrize("name", BLOCK_EDITOR)
def test_markup_becomes_blocks(name, db):
    content, expected = BLOCK_EDITOR[name]
    assert read(content)[0] == expected
