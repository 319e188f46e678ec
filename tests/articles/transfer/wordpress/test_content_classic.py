"""Posts of the classic editor: lines, shortcodes and HTML as blocks."""

import pytest

from diptych.articles.transfer.wordpress.shortcodes import without_shortcodes
from tests.articles.transfer.wordpress.posts import FILM, PICTURE, SITE, p, read

CLASSIC = {
    "lines are paragraphs": ("One\ntwo\n\nThree", [p("One<br/>two"), p("Three")]),
    "a line of a no-break space": ("One\n\n&nbsp;\n\nTwo", [p("One"), p("Two")]),
    "a break that ends its line": ("One<br />\ntwo", [p("One<br/>two")]),
    "marks over several lines": ("<em>A\n\nB</em> c", [p("<i>A</i>"), p("<i>B</i> c")]),
    "blocks among lines": (
        "Text\n<h2>Head</h2>\nMore\n<ul>\n<li>A</li>\n<li>B</li>\n</ul>\nEnd",
        [
            p("Text"),
            ("heading", "h2 Head"),
            p("More"),
            ("paragraph", "<ul><li>A</li><li>B</li></ul>"),
            p("End"),
        ],
    ),
    "a quotation of lines": (
        "<blockquote>A\n\nB\n<cite>Who</cite></blockquote>",
        [("quotation", ("A\n\nB", "Who"))],
    ),
    "a caption": (
        f'[caption id="attachment_11" align="left" width="300"]<a href="{SITE}/a.jpg">{PICTURE}</a>'
        " At <b>noon</b>[/caption]\n\nText",
        [("image", (1, "Quay", "At noon")), p("Text")],
    ),
    "a caption as it was written before": (
        f'[caption id="" caption="At noon"]{PICTURE}[/caption]',
        [("image", (1, "Quay", "At noon"))],
    ),
    "a gallery": (
        'A\n\n[gallery ids="11,12" columns="2"]\n\nB',
        [p("A"), ("gallery", ([(1, "", ""), (2, "", "")], "")), p("B")],
    ),
    "embeds": (
        f"[embed width='9']{FILM}[/embed]\n\n{FILM}\n\nSee {FILM} there",
        [
            ("embed", (FILM, "youtube.com")),
            ("embed", (FILM, "youtube.com")),
            p(f"See {FILM} there"),
        ],
    ),
    "recordings": (
        f'[audio mp3="{SITE}/talk.mp3"][/audio]\n\n[video src="https://v.example/a.mp4"]',
        [
            p('<a linktype="document" id="8">File 8</a>'),
            p('<a href="https://v.example/a.mp4">https://v.example/a.mp4</a>'),
        ],
    ),
    "more and next page": ("A<!--more-->\n\nB\n<!--nextpage-->\nC", [p("A"), p("B"), p("C")]),
    "bullets that were typed": (
        "• A\n• <b>B</b>\nmore\n• C<br>•\n\nD •",
        [
            ("paragraph", "<ul><li>A</li><li><b>B</b><br/>more</li><li>C<br/>•</li></ul>"),
            p("D •"),
        ],
    ),
    "a bullet above its text": ("•\nA\n\n•\n• B", [("paragraph", "<ul><li>A</li><li>B</li></ul>")]),
    "quotation marks": ("He said <q>A <b>b</b></q>.", [p("He said “A <b>b</b>”.")]),
    "quotation marks that were typed": (
        "He said «\u202f<q>A</q>\u202f» and <q>“B”</q>.",
        [p("He said «\u202fA\u202f» and “B”.")],
    ),
    "what forms hold": (
        "<p>A<button>B</button><select><option>C</option><option>D</option></select>.</p>",
        [p("A B C D .")],
    ),
    "div soup and styles": (
        '<div style="color:red"><div>A <span style="font-weight:bold">b</span></div>C</div>',
        [p("A <b>b</b>"), p("C")],
    ),
    "another language": (
        'He said <span lang="de">ja</span>.\n\n<p lang="la">Sic</p>',
        [p('He said <span lang="de">ja</span>.'), p('<span lang="la">Sic</span>')],
    ),
    "a link in another language": (
        '<span lang="de">Die <a href="https://x.example/">Zeit</a></span>',
        [p('<span lang="de">Die</span> <a href="https://x.example/">Zeit</a>')],
    ),
    "raised and lowered, abbreviations": (
        'XIX<sup>e</sup> H<sub>2</sub>O <abbr title="World">WHO</abbr>',
        [p("XIX<sup>e</sup> H<sub>2</sub>O WHO")],
    ),
    "quotations in quotations": (
        "<blockquote>A\n<blockquote>B</blockquote>\nC</blockquote>",
        [("quotation", ("A\n\nB\n\nC", ""))],
    ),
    "unknown shortcodes are marked, with text in its place": (
        '[dropcap color="red"]L[/dropcap]orem\n\nB',
        [
            p("Lorem"),
            ("note", ("Unknown shortcode: dropcap", '<p>[dropcap color="red"]</p>')),
            p("B"),
        ],
    ),
    "an unknown shortcode alone": (
        "A\n\n[sitemap]\n\nB",
        [p("A"), ("note", ("Unknown shortcode: sitemap", "<p>[sitemap]</p>")), p("B")],
    ),
    "brackets of the author": (
        "He [the king] said [sic] it [1]. Also [see: x] and a[i].",
        [p("He [the king] said [sic] it [1]. Also [see: x] and a[i].")],
    ),
    "a shortcode that is escaped": ("[[gallery]]", [p("[gallery]")]),
    "code keeps its brackets": (
        '<pre>a\n\n  b[caption x="1"]\nhttps://x.example/\n</pre>',
        [("preformatted", ("code", 'a\n\n  b[caption x="1"]\nhttps://x.example/'))],
    ),
    "a film in a frame": (
        '<iframe src="//www.youtube.com/embed/abcdefghijk" title="Works"></iframe>',
        [("embed", (FILM, "Works"))],
    ),
}


@pytest.mark.parametrize("name", CLASSIC)
def test_markup_becomes_blocks(name, db):
    content, expected = CLASSIC[name]
    assert read(content)[0] == expected


def test_brackets_in_preformatted_text_are_text():
    content = "<pre>[row]</PRE ><pre>[row]<code>[row]</code>[row x=1]"
    assert without_shortcodes(content) == "<pre>[row]</PRE ><pre><code>[row]</code>"


@pytest.mark.parametrize(
    ("shortcode", "pictures"),
    [
        ("[gallery]", [1, 2]),
        ('[gallery exclude="12" columns="2"]', [1]),
        ('[gallery id="5"]', [3]),
    ],
)
def test_a_gallery_without_numbers(db, shortcode, pictures):
    uploaded = {None: [11, 12], 5: [13]}
    content = f"A\n\n{shortcode}\n\nB"
    (first, (kind, value), last), _kinds = read(content, pictures_of=uploaded.get)
    found = [each[0] for each in value[0]] if kind == "gallery" else [value[0]]
    assert found == pictures
    assert (first, last) == (p("A"), p("B"))


def test_a_gallery_of_a_text_without_pictures_is_marked(db):
    blocks, kinds = read("A\n\n[gallery]\n\nB")
    note = ("note", ("Unknown shortcode: gallery", "<p>[gallery]</p>"))
    assert blocks == [p("A"), note, p("B")]
    assert kinds == {"shortcode"}
