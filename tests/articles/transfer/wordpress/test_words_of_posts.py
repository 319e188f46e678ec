"""Whatever stands in whatever: every word of a post is in its blocks, in order."""

import re
from html import unescape
from itertools import count

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diptych.articles.imported_documents.counting import counted, text_of_blocks, words_in
from diptych.articles.imported_documents.losses import Losses
from diptych.articles.models import ArticlePage
from diptych.articles.transfer.wordpress.content import blocks_of, text_of_post
from diptych.articles.transfer.wordpress.pages import Notes
from tests.articles.transfer.wordpress.posts import SITE, Files, page_of
from tests.factories import make_article, make_image, write_draft
from tests.tiers import one_of

WORD = re.compile(r"w\d+w")
#: Elements around text within a line, around blocks, and around lines of either editor.
INLINE = ["{}", "<b>{}</b>", "<em>{}</em>", "<span lang='de'>{}</span>", "<sup>{}</sup>"]
INLINE += ["<a href='https://x.example/'>{}</a>", "<abbr title='x'>{}</abbr>", "<ins>{}</ins>"]
INLINE += ["<code>{}</code>", "<span style='display:none'>{}</span>", "<font color=red>{}</font>"]
INLINE += ["[dropcap]{}[/dropcap]", "<button>{}</button>", "<label>{}</label>", "<u>{}"]
BLOCKS = ["<p>{}</p>", "<div>{}</div>", "<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>"]
BLOCKS += [
    "<ol><li>w</li><li>{}</li></ol>",
    "<h2>{}</h2>",
    "<h5>{}</h5>",
    "<pre>{}</pre>",
    "<li>{}",
]
BLOCKS += [
    "<table><tr><td>{}</td><td>a</td></tr></table>",
    "<details><summary>{}</summary></details>",
]
BLOCKS += ["<!-- wp:group --><div>{}</div><!-- /wp:group -->", "<dl><dt>{}</dt></dl>", "<td>{}"]
BLOCKS += ["<!-- wp:acme/box -->{}<!-- /wp:acme/box -->", "[one_half]{}[/one_half]", "<p>{}"]
BLOCKS += ["<!-- wp:freeform -->{}<!-- /wp:freeform -->", "<form><p>{}</p></form>", "\n\n{}\n\n"]
BLOCKS += ["<figure class='wp-block-pullquote'><blockquote><p>{}</p></blockquote></figure>"]
BLOCKS += ["<figure><img src='" + SITE + "/a.jpg'><figcaption>{}</figcaption></figure>"]
BLOCKS += ["[caption id='attachment_11']<img src='/b.jpg'> {}[/caption]", "<nav>{}</nav>"]
BLOCKS += ["<figure class='wp-block-gallery'><img src='/a.jpg'><img src='/b.jpg'>{}</figure>"]
BLOCKS += [
    "<figure class='wp-block-embed'>https://x.example/{}</figure>",
    "<section hidden>{}</section>",
]
BLOCKS += ["<video src='/v.mp4'>{}</video>", "<pre class='wp-block-verse'>{}</pre>", "<center>{}"]

FRAGMENTS = st.recursive(
    st.just("{w}"),
    lambda inner: st.builds(
        lambda shape, children, between: shape.format(between.join(children)),
        st.sampled_from(INLINE + BLOCKS),
        st.lists(inner, min_size=1, max_size=4),
        st.sampled_from([" ", "\n", "\n\n", "<br>"]),
    ),
    max_leaves=12,
)


def text_of(value):
    """The words that readers see of a stored value, in order."""
    if isinstance(value, dict):
        return " ".join(text_of(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(map(text_of, value))
    return value if isinstance(value, str) else ""


@pytest.mark.odd
@pytest.mark.django_db
@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FRAGMENTS, min_size=1, max_size=4))
def test_every_word_is_there_in_order(fragments):
    numbers = count(1)
    content = re.sub(r"\{w\}", lambda _found: f" w{next(numbers)}w ", "\n\n".join(fragments))
    found = blocks_of(content, language="en", media=Files(), links=page_of, notes=Losses())
    words = WORD.findall(unescape(" ".join(text_of(each["value"]) for each in found)))
    assert list(dict.fromkeys(words)) == WORD.findall(content)


def numbered(content):
    """``content`` with a word of its own for each ``{w}``."""
    numbers = count(1)
    return re.sub(r"\{w\}", lambda _found: f"w{next(numbers)}w", content)


class NoFiles(Files):
    pictures = files = {}


OTHERS = [
    "<blockquote><p>{w}<sup><a href='#n1' id='r1'>1</a></sup></p><cite>{w}</cite></blockquote>",
    "<h3>{w}<sup><a href='#n2' id='r2'>2</a></sup></h3>",
    "<figure class='wp-block-table'><table><tr><td>{w}<sup><a href='#n3' id='r3'>3</a></sup></td>"
    "<td>{w}</td></tr></table><figcaption>{w}</figcaption></figure>",
    "<figure class='wp-block-embed'>\nhttps://youtu.be/abcdefghijk\n"
    "<figcaption>{w}</figcaption></figure>",
    "<figure class='wp-block-gallery'>"
    "<figure><img src='/a.jpg'><figcaption>{w}</figcaption></figure>"
    "<figure><img src='/b.jpg'><figcaption>{w}</figcaption></figure>"
    "<figcaption>{w}</figcaption></figure>",
    "<figure><img src='/c.jpg'><figcaption>{w}" + " and so on" * 60 + "</figcaption></figure>",
    "<table><caption>{w}" + " and so on" * 30 + "</caption><tr><td>{w}</td><td>b</td></tr></table>",
    "<blockquote><p>{w}</p><cite>{w}" + " and so on" * 30 + "</cite></blockquote>",
    "<figure class='wp-block-pullquote'><p>{w}" + " and so on" * 40 + "</p></figure>",
    "<h2>{w}" + " and so on" * 30 + "</h2>",
    "<table><tr>" + "<td>{w}</td>" * 70 + "</tr><tr><td>a</td></tr></table>",
    '<!-- wp:acme/quiz {"question":"{w} and {w}?"} /-->',
    "[acme title='{w}']",
    "<!-- wp:acme/box --><div><h2>{w}</h2><p>{w}</p></div><!-- /wp:acme/box -->",
    "<math><mi>{w}</mi></math>",
    "<o:p>{w}</o:p> <SPAN STYLE='FONT-SIZE:12px'>{w}</SPAN> <P>{w}<p>{w}<div>{w}</div>",
    "<TABLE><CAPTION>{w}</CAPTION><TR><TH>{w}<TH>{w}<TR><TD>{w}<TD>{w}</TABLE>",
    "• {w}<br>• {w}<br>\n1. {w}<br>\n- {w}",
    "<!-- wp:columns --><div><!-- wp:column --><div><!-- wp:columns --><div><!-- wp:column --><div>"
    "<ul><li>{w}<ul><li>{w}<p>{w}</p></li></ul></li>{w}</ul></div><!-- /wp:column --></div>"
    "<!-- /wp:columns --></div><!-- /wp:column --></div><!-- /wp:columns -->",
    "<blockquote>{w}<h3>{w}</h3><img src='/c.jpg'><ul><li>{w}</ul><cite>{w}</cite></blockquote>",
    "<video src='/v.mp4'>{w}</video><object data='x.swf'><embed src='x.swf'>{w}</object>",
    "<select><option>{w}</option><option>{w}</option></select><textarea>{w}</textarea>",
    "<noscript>{w}</noscript><template>{w}</template><canvas>{w}</canvas><p hidden>{w}</p>",
    "[su_spoiler title='x']{w}[/su_spoiler] [accordion][item]{w}[/item][/accordion] [{w}, {w}]",
    "<a href='javascript:x()'>{w}</a> <a href='http://[bad'>{w}</a> <a>{w}</a> 5<6 {w} <3",
    "<b><i>{w}</b></i> <ruby>{w}<rt>{w}</rt></ruby> <dl><dt>{w}<dd>{w}</dl> {w}\u00ad \u200b{w}",
    "<svg><text>{w}</text></svg>",
    "<ol><li id='n1'>{w} <a href='#r1'>x</a></li><li id='n2'>{w} <a href='#r2'>x</a></li>"
    "<li id='n3'>{w} <a href='#r3'>x</a></li></ol>",
]


@pytest.mark.parametrize("has_files", one_of([True, False], "rare"))
def test_every_word_is_on_the_page(journal, client, has_files):
    shapes = [shape.replace("{}", "{w}") for shape in INLINE + BLOCKS if shape.count("<") != 1]
    content = numbered("\n\n".join([*shapes, *OTHERS]))
    media = Files() if has_files else NoFiles()
    if has_files:
        pictures = [make_image(f"Lake {name}").pk for name in "abc"]
        media.pictures = dict(zip(("a.jpg", "b.jpg", "c.jpg"), pictures, strict=True))
    article = make_article(journal)
    found = blocks_of(content, language="en", media=media, links=page_of, notes=Losses())
    write_draft(article, body_en=ArticlePage._meta.get_field("body").stream_block.to_python(found))
    ArticlePage.objects.get(pk=article.pk).publish_languages(["en"], as_it_is=True)
    text = BeautifulSoup(client.get(article.url_in("en")).content, "lxml").get_text(" ")
    assert len(WORD.findall(content)) > 100
    assert set(WORD.findall(content)) - set(WORD.findall(text)) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[youtube id="abcdefghijk"]Une légende[/youtube]', "Une légende"),
        ('[vc_video link="https://vimeo.com/1084537" title="Le film entier"]', "Le film entier"),
        ('[soundcloud url="https://soundcloud.com/x/y"]À écouter[/soundcloud]', "À écouter"),
        ('[box title="À retenir"]Le texte.[/box]', "À retenir Le texte"),
        ('[video src="https://v.example/a.mp4" title="La séance filmée"]', "La séance filmée"),
        (
            '<!-- wp:lazyblock/faq {"question":"Pourquoi ces ponts ?","shadow":"0 0 10px red"} -->'
            "<!-- wp:group --><p>Parce que.</p><!-- /wp:group --><!-- /wp:lazyblock/faq -->",
            "Pourquoi ces ponts ? Parce que.",
        ),
    ],
)
def test_texts_in_settings_are_read(content, words):
    notes = Notes()
    found = blocks_of(content, language="fr", media=Files(), links=page_of, notes=notes)

    made = text_of_blocks([(each["type"], each["value"]) for each in found])

    assert " ".join(words_in(words)) in " ".join(words_in(made))
    assert "10px" not in made
    assert not counted(text_of_post(content), made, notes.left_out).missing
