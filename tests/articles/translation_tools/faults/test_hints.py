"""Likely faults in the strip of a passage and in a review, and those hidden in one place."""

import pytest

from diptych.articles.translation_tools.faults.models import MutedFault
from tests.articles.side_by_side.screen import body, three_paragraphs, translated
from tests.articles.translation_tools.glossary.test_strip import (
    ask,
    hints_of_review,
    member,
    strip,
    text_of,
    url,
)
from tests.factories import make_article

SOURCE, TARGET = "Un lac en 1998 ?", "A lake in 1989"
SAID = "The number “1998” is missing."
ASKED = "The question mark of the source is missing."


@pytest.fixture
def article(journal):
    return three_paragraphs(journal)


def hide(client, page, kind="number", muted="true", place="body.a"):
    posted = {"kind": kind, "place": place, "muted": muted}
    return client.post(url(page, "mute"), posted).status_code


def said(client, page, **values):
    return text_of(strip(ask(client, page, SOURCE, TARGET, **values)))


def test_a_strip_says_what_may_be_wrong(article, translator):
    found = strip(ask(translator, article, SOURCE, TARGET))
    assert [text_of(each) for each in found.select("[data-term-hint]")] == [SAID, ASKED]
    assert [each["data-kind"] for each in found.select("[data-term-mute]")] == [
        "number",
        "question",
    ]


def test_a_kind_is_hidden_in_one_place_and_shown_again(article, translator):
    assert [hide(translator, article) for _twice in range(2)] == [204, 204]
    assert MutedFault.objects.count() == 1
    assert SAID not in said(translator, article)
    assert "A hint is hidden here." in said(translator, article)
    assert ASKED in said(translator, article)
    assert SAID in said(translator, article, place="body.b")
    assert hide(translator, article, muted="false") == 204
    assert SAID in said(translator, article)


@pytest.mark.parametrize("kind", ["", "x", "number\0", "NUMBER"])
def test_no_other_kind_is_hidden(article, translator, kind):
    assert hide(translator, article, kind) == 400
    assert not MutedFault.objects.exists()


def test_only_who_edits_the_language_hides_them(journal, article, client):
    member(client, journal, "edit_fr")
    assert hide(client, article) == 302
    assert not MutedFault.objects.exists()


def test_markup_in_a_text_is_text(article, translator):
    source = "Écrire à <i>1998</i> <script>x</script> https://a.b/<b>"
    assert "<script>x" not in ask(translator, article, source, "Write").content.decode()


def test_a_review_has_them(journal, translator):
    french = body(
        ("a", "paragraph", "<p>Un lac en 1998.</p>"),
        ("b", "paragraph", '<p>Une <a href="https://example.org/">rive</a>, <b>un</b> pont.</p>'),
    )
    english = body(
        ("a", "paragraph", "<p>A lake in 1989.</p>"), ("b", "paragraph", "<p>A bank, a bridge.</p>")
    )
    article = translated(journal, body_fr=french, body_en=english)
    lost = [
        "A link of the source is missing.",
        "The source has words in bold, the translation has none.",
    ]
    assert hints_of_review(translator, article) == [SAID, *lost]
    assert hide(translator, article) == 204
    assert hints_of_review(translator, article) == lost


def test_a_review_of_the_source_has_none(journal, translator):
    article = translated(journal, body_fr=body(("a", "paragraph", "<p>Le le lac.</p>")))
    address = f"/admin/diptych/review/{article.pk}/fr/"
    assert b"diptych-review__hints" not in translator.get(address).content


@pytest.fixture
def spelling(settings, tmp_path):
    pytest.importorskip("hunspell")
    (tmp_path / "tiny.aff").write_text("SET UTF-8\n")
    (tmp_path / "tiny.dic").write_text("2\nthe\nlake\n")
    settings.DIPTYCH_SPELLING = {"en": str(tmp_path / "tiny")}


@pytest.fixture
def other_pages(journal, django_capture_on_commit_callbacks):
    """A page live in both languages, and one that is in French alone, with words of their own."""
    with django_capture_on_commit_callbacks(execute=True):
        translated(journal, "The zorbing")
        make_article(journal, "Brouillon", "The flumming", live_in=["fr"])


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("The zorbing lake", None),
        ("The zorbing lkae", "Not in the dictionary: lkae."),
        ("The flumming lake", "Not in the dictionary: flumming."),
        ("aa bb cc dd ee ff", "Not in the dictionary: aa, bb, cc, dd, ee."),
    ],
)
def test_words_of_other_published_pages_are_spelt_rightly(
    article, translator, spelling, other_pages, target, sentence
):
    found = text_of(strip(ask(translator, article, "Un lac", target)))
    if sentence:
        assert sentence in found
    else:
        assert "Not in the dictionary" not in found
