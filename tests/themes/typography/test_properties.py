"""What holds for every text, not only for those of the table."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.themes.typography import ENGLISH, FRANCE, SWITZERLAND, typeset_html, typeset_text
from diptych.themes.typography.characters import TAG
from diptych.themes.typography.patterns import pattern_of
from tests.themes.typography import writing


class Reader(HTMLParser):
    """Reads HTML as a browser does: its tags, and what is written outside and inside of code.

    The raised endings that the typography adds are left out; what is drawn has none of its own.
    """

    CODE = {"code", "pre"}

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.text, self.code, self.depth = [], [], [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag != "sup":
            self.tags.append((tag, attrs))
        self.depth += tag in self.CODE

    def handle_endtag(self, tag):
        if tag != "sup":
            self.tags.append((tag,))
        self.depth -= tag in self.CODE

    def handle_comment(self, data):
        self.tags.append(data)

    def handle_data(self, data):
        (self.code if self.depth else self.text).append(data)


#: The long ending of an ordinal, which is abbreviated: ème, ère.
LONG_ENDING = re.compile(r"(?<=[0-9IVX])(?:(i?[eè]me)|[eè]re)(s?)")


def letters(text):
    text = "".join(character for character in text if character.isalnum())
    return LONG_ENDING.sub(lambda found: ("e" if found[1] else "re") + found[2], text)


@given(writing.texts, writing.conventions)
def test_setting_a_text_again_changes_nothing(text, conventions):
    once = typeset_text(text, conventions)
    assert typeset_text(once, conventions) == once


@given(writing.html, writing.conventions)
def test_setting_html_again_changes_nothing(html, conventions):
    once = typeset_html(html, conventions)
    assert typeset_html(once, conventions) == once


@pytest.mark.parametrize("following", ["!", "»", ":-)", "</b>»"])
def test_a_run_of_spaces_is_matched_from_its_first_space_only(following):
    for conventions in (FRANCE, SWITZERLAND, ENGLISH):
        pattern = pattern_of(conventions)
        text = f"mot{' ' * 50}{following.replace('</b>', TAG)}"
        starts = [place for place in range(len(text)) if pattern.match(text, place)]
        assert [place for place in starts if text[place] == " "] == [3]


@given(st.text(), writing.conventions)
def test_whatever_is_written_can_be_set(text, conventions):
    once = typeset_html(text, conventions)
    assert typeset_html(once, conventions) == once


@pytest.mark.rare
@given(writing.html, writing.conventions)
def test_tags_attributes_and_code_stay_as_they_are(html, conventions):
    before, after = Reader(html), Reader(typeset_html(html, conventions))
    assert after.tags == before.tags
    assert "".join(after.code) == "".join(before.code)


@given(writing.html, writing.conventions)
def test_every_letter_and_figure_stays_in_its_place(html, conventions):
    before, after = Reader(html), Reader(typeset_html(html, conventions))
    assert letters("".join(after.text)) == letters("".join(before.text))


@given(writing.texts, writing.texts, st.sampled_from(writing.ADDRESSES), writing.conventions)
def test_an_address_is_never_touched(before, after, address, conventions):
    assert address in typeset_html(f"{before} {address} {after}", conventions)


@given(writing.html)
def test_a_language_without_conventions_is_shown_as_it_was_typed(html):
    assert typeset_html(f"<p lang='de'>{html}</p>", None) == f"<p lang='de'>{html}</p>" or (
        "lang=" in html
    )
