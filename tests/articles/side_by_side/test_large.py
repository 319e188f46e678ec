"""A very long article in the translating view: it opens and is saved in time."""

import json
import time
import uuid

import pytest

from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import address, form_of, look, save
from tests.factories import make_article, write_draft

BLOCKS, WORDS = 400, 50


def long_body(word):
    """400 blocks of 50 words; the ids are the same whatever the word."""
    text = " ".join([word] * (WORDS - 1))
    return [
        {
            "type": "paragraph",
            "value": f"<p>Texte{chr(97 + n % 26)} {text}.</p>",
            "id": str(uuid.UUID(int=n + 1)),
        }
        for n in range(BLOCKS)
    ]


@pytest.mark.scale
def test_400_blocks_and_20_000_words(journal, translator, django_assert_max_num_queries):
    french, english = long_body("mot"), long_body("word")
    article = make_article(
        journal, "Long", "Long", body_fr=json.dumps(french), body_en=json.dumps(english)
    )
    for block in french[::10]:
        block["value"] = block["value"].replace("mot", "autre", 1)
    write_draft(article, body_fr=json.dumps(french))
    translator.get(address(article))
    start = time.process_time()
    with django_assert_max_num_queries(80):
        screen = look(translator, article)
    opened = time.process_time() - start
    assert list(screen.places.values()).count("outdated") == BLOCKS // 10
    form = form_of(translator, article, lead_en="Another lead.")
    start = time.process_time()
    answer = save(translator, article, form, by_itself=True)
    saved = time.process_time() - start
    assert answer.json()["success"]
    assert draft_of(article).lead_en == "Another lead."
    assert len(draft_of(article).body_en.raw_data) == BLOCKS
    print(f"opened in {opened:.2f} s, saved in {saved:.2f} s")
    # Each takes less than one second on a machine that does nothing else.
    assert opened < 10
    assert saved < 10
