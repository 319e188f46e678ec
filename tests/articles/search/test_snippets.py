"""Snippets of results, with markup and typography in the texts."""

import re
from html import unescape

from diptych.articles.search.results import ResultList
from tests.articles.search.browsing import marked, page_of
from tests.factories import make_article, paragraphs


def test_a_long_text_is_cut_around_the_words(journal, reader):
    text = f"{'avant ' * 100}une mésange bleue {'après ' * 100}"
    make_article(journal, "Oiseaux", "Birds", body_fr=paragraphs(text))
    html = page_of(reader, "mésanges bleues")
    assert marked(html) == ["mésange bleue"]
    (snippet,) = re.findall(r'card__lead">(.*?)</p>', html)
    assert snippet.startswith("… avant") and snippet.endswith("après …")
    assert len(snippet.split()) < 50


def test_markup_in_texts_and_queries_stays_text(journal, reader):
    make_article(
        journal, "Balise <script>alert(1)</script>", "Tag", lead_fr="Une <b>balise</b> & rien."
    )
    html = page_of(reader, "balise")
    assert "<script>alert" not in html and "<b>" not in html
    assert "Une &lt;b&gt;<mark>balise</mark>&lt;/b&gt; &amp; rien." in html
    html = page_of(reader, "<script>alert(2)</script>")
    assert "<script>alert" not in html


def test_a_footnote_does_not_interrupt_the_sentence_it_stands_in(journal, reader):
    text = "Une mésange<footnote> Parus major, <i>dit-on</i>.</footnote> bleue chante."
    make_article(journal, "Oiseaux", "Birds", body_fr=paragraphs(text))
    html = page_of(reader, "mésange bleue")
    assert "Une <mark>mésange bleue</mark> chante." in html and "Parus" not in html
    html = page_of(reader, "parus")
    assert '<p class="card__lead"><mark>Parus</mark> major, dit-on.</p>' in html


def test_large_numbers_are_written_as_the_language_does(journal, reader, monkeypatch):
    make_article(journal, "Lac", "Lake")
    monkeypatch.setattr(ResultList, "__len__", lambda self: 12345)
    assert "12,345 articles for" in unescape(page_of(reader, "lake", "en"))
    assert re.search("12[\u00a0\u202f]345 articles pour", unescape(page_of(reader, "lac")))
