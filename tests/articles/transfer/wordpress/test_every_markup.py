"""Each documented block, shortcode and markup of plugins: no word of it is lost."""

import json
from html import escape

import pytest
from django.core.management import call_command

from diptych.articles.imported_documents.counting import counted, text_of_blocks
from diptych.articles.transfer.models import ImportedItem
from diptych.articles.transfer.wordpress.content import blocks_of, text_of_post
from diptych.articles.transfer.wordpress.pages import Notes
from tests.articles.transfer.wordpress.posts import Files, page_of
from tests.tiers import one_of
from tests.wordpress_exports import HOST, write_items
from tests.wordpress_markup import FOOTNOTES, PATTERNS, WORD, bodies, body_of


def lost_in(content):
    """The words of ``content`` in no block, and those that the importer misses."""
    notes = Notes()
    found = blocks_of(
        content, language="en", media=Files(), links=page_of, notes=notes, footnotes=FOOTNOTES
    )
    made = text_of_blocks([(each["type"], each["value"]) for each in found])
    missing = counted(text_of_post(content, FOOTNOTES), made, notes.left_out).missing
    return sorted(set(WORD.findall(content)) - set(WORD.findall(made))), missing


@pytest.mark.parametrize("name", one_of(sorted(PATTERNS), "rare"))
def test_no_word_is_lost(db, name):
    assert lost_in(body_of(name)) == ([], [])


@pytest.mark.rare
def test_no_word_is_lost_within_other_blocks(db):
    found = {name: lost_in(body) for name, body in bodies()}
    assert {name: lost for name, lost in found.items() if lost != ([], [])} == {}


@pytest.mark.rare
def test_an_export_of_all_of_them_has_no_unexplained_word(journal, tmp_path):
    items = "".join(
        f"<item><title>{escape(name)}</title><link>https://{HOST}/{number}/</link>"
        f"<content:encoded>{escape(body)}</content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
        f"<wp:post_date_gmt>2012-05-01 08:00:00</wp:post_date_gmt>"
        f"<wp:postmeta><wp:meta_key>footnotes</wp:meta_key>"
        f"<wp:meta_value>{escape(FOOTNOTES)}</wp:meta_value></wp:postmeta></item>"
        for number, (name, body) in enumerate(((name, body_of(name)) for name in PATTERNS), 1)
    )
    report = tmp_path / "report.json"
    path = write_items(tmp_path, items)
    call_command("import_wordpress", str(path), report=report, verbosity=0)
    said = json.loads(report.read_text())
    assert said["counts"]["created"] == len(PATTERNS)
    assert said["words"]["before"] > 500 and said["words"]["missing"] == 0
    assert ImportedItem.objects.filter(kind="post").count() == len(PATTERNS)
