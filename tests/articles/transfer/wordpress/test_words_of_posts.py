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
from tests.articles.transfer.wordpress.posts import Files, page_of
from tests.factories import make_article, make_image, write_draft
from tests.tiers import one_of
from tests.wordpress_markup import parts_of

WORD = re.compile(r"w\d+w")
#: Elements around text within a line, around blocks, and around lines of either editor.
INLINE, BLOCKS = parts_of("inline"), parts_of("nested")
#: What else holds words; ``{w}`` stands for one.
OTHERS = parts_of("others")

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
