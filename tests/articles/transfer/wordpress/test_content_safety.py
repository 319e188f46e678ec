"""Posts that nobody means well, or that are broken: what runs, what is endless, what is noted."""

import json
import re
from time import thread_time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from diptych.articles.imported_documents.losses import Losses
from diptych.articles.transfer.wordpress.block_markup import without_comments
from diptych.articles.transfer.wordpress.classic import with_embeds
from diptych.articles.transfer.wordpress.content import blocks_of
from diptych.articles.transfer.wordpress.shortcodes import without_shortcodes
from tests.articles.transfer.wordpress.posts import SITE, Files, p, page_of, read

PAYLOADS = [
    '<a href="javascript:alert(1)">word</a>',
    '<a href=" java\nscript:alert(1)">word</a>',
    '<a href="&#106;avascript&colon;alert(1)">word</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">word</a>',
    '<a href="vbscript:x">word</a>',
    '<p onclick="alert(1)" onmouseover=alert(1)>word</p>',
    "<script>alert(1)</script>word",
    "<scr<script>alert(1)</script>ipt>word",
    "<img src=x onerror=alert(1)>word",
    '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>word</text></a></svg>',
    '<iframe src="javascript:alert(1)"></iframe>word',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>word',
    '<object data="data:text/html,<script>alert(1)</script>"></object>word',
    '<embed src="javascript:alert(1)">word',
    '<form action="javascript:alert(1)"><button formaction="javascript:x">word</button></form>',
    '<math><a href="javascript:alert(1)">word</a></math>',
    '<diptych-note data-note="<script>alert(1)</script>">word</diptych-note>',
    '<diptych-embed data-url="javascript:alert(1)"></diptych-embed>word',
    "[embed]javascript:alert(1)[/embed]word",
    '[audio src="javascript:alert(1)"]word',
    '[caption]<img src="javascript:alert(1)" onerror="alert(1)"> word[/caption]',
    '[footnote]a <a href="javascript:alert(1)">b</a><script>alert(1)</script>[/footnote]word',
    '<!-- wp:social-link {"url":"javascript:alert(1)","label":"word"} /-->',
    '<!-- wp:embed {"url":"javascript:alert(1)"} /-->word',
    "<details open ontoggle=alert(1)><summary>word</summary></details>",
    '<a href="https://x.example/" style="background:url(javascript:alert(1))">word</a>',
    "<style>@import 'javascript:alert(1)';</style>word",
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">word',
    '<base href="javascript:alert(1)//">word',
    '<span lang="x" onclick="alert(1)">word</span>',
    "<xss style='animation-name:x' onanimationend='alert(1)'>word</xss>",
]
RUNS = re.compile(
    r"<\s*/?(?:script|iframe|svg|style|img|object|form|xss)|\son\w+\s*=|(?:javascript|data|vbscript):",
    re.I,
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_runs_arrives(db, payload):
    found = blocks_of(payload, language="en", media=Files(), links=page_of, notes=Losses())
    rich = "".join(
        each["value"] if each["type"] == "paragraph" else each["value"].get("embed", "")
        for each in found
    )
    assert not RUNS.search(rich), rich
    assert "word" in json.dumps(found)


def test_broken_characters_are_replaced(db):
    assert read("A\0\ud800b")[0] == [p("A\ufffdb")]


def test_a_long_row_of_open_brackets_is_text(db):
    assert read("[a " * 2000)[0] == [p(("[a " * 2000).strip())]


@pytest.mark.parametrize(
    ("read_markup", "content"),
    [
        (without_shortcodes, "[a]" * 16_000 + "[/b]" * 16_000),
        (without_shortcodes, "<pre>" * 16_000),
        (without_comments, "<!-- wp:a -->" * 400 + "<!-- /wp:b -->" * 100_000),
        (without_comments, "<!-- wp:a " * 16_000),
        (with_embeds, "<pre>" * 16_000),
    ],
)
def test_markup_that_never_ends_holds_up_nothing(read_markup, content):
    begun = thread_time()
    read_markup(content)
    assert thread_time() - begun < 1


@pytest.mark.parametrize("deep", ["<!-- wp:group -->" * 501, "[row]" * 501 + "[/row]" * 501])
def test_what_no_author_nests_is_refused(deep):
    with pytest.raises(ValidationError, match="500"):
        blocks_of(deep, language="en", media=Files(), links=page_of, notes=Losses())


@override("en")
def test_a_content_that_is_too_long_is_refused():
    with pytest.raises(ValidationError, match="too long"):
        blocks_of("a" * 2_000_001, language="en", media=Files(), links=page_of, notes=Losses())


def test_what_has_to_be_looked_at_is_noted(db):
    content = (
        '[sitemap]\n\n<!-- wp:acme/box --><p>A</p><!-- /wp:acme/box --><img src="/gone.jpg">'
        f'<img src="{SITE}/a.jpg"><script>x()</script><p hidden>B</p><a href="javascript:x">C</a>'
    )
    found, noted = read(content)
    assert noted == {"shortcode", "block", "picture", "alt", "script", "hidden", "link"}
    assert "B" in str(found)


def test_the_same_post_gives_the_same_blocks(db):
    content = "A<em>b</em>\n\n[gallery ids='11,12']\n\n<ul><li>c</li></ul>"
    once, twice = (
        blocks_of(content, language="en", media=Files(), links=page_of, notes=Losses())
        for _time in range(2)
    )
    assert once == twice
    assert len({each["id"] for each in once}) == len(once)
