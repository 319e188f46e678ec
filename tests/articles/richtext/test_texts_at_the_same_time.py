"""Several threads of a server that show texts in the editor at the same time."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from wagtail.admin.rich_text import DraftailRichTextArea

from diptych.articles.richtext.admin.editor_in_view import built_in_view
from diptych.articles.richtext.admin.input import validated


@pytest.fixture
def many_switches():
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.parametrize("kind", [validated, built_in_view])
def test_each_gets_its_own_text(kind, many_switches):
    widget = kind(DraftailRichTextArea(features=["bold", "italic"]))
    texts = [f"{number} {'word ' * number}" for number in range(60)]

    def shown(text):
        stored = f"<p data-block-key='a'>{text}</p><p data-block-key='b'>The <b>end</b></p>"
        content = json.loads(widget.format_value(stored))
        return [block["text"] for block in content["blocks"]]

    with ThreadPoolExecutor(max_workers=4) as threads:
        found = list(threads.map(shown, texts))
    assert found == [[text.rstrip(), "The end"] for text in texts]
