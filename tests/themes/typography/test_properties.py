"""What holds for every text, not only for those of the table."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.themes.typography import writing
from themes.typography import typeset_html, typeset_text


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


def letters(text):
    return [character for character in text if character.isalnum()]


@given(writing.texts, writing.conventions)
def test_setting_a_text_again_changes_nothing(text, conventions):
    once = typeset_text(text, conventions)
    assert typeset_text(once, conventions) == once


@given(writing.html, writing.conventions)
def test_setting_html_again_changes_nothing(html, conventions):
    once = typeset_html(html, conventions)
    assert typeset_html(once, conventions) == once


@given(st.text(), writing.conventions)
def test_whatever_is_written_can_be_set(text, conventions):
    once = typeset_html(text, conventions)
    assert typeset_html(once, conventions) == once


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
