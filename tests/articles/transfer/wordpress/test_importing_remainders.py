"""What of an export has no field of its own here: translators, other taxonomies, comments."""

import csv
import io

import pytest

from diptych.articles.transfer.wordpress.comments import write_table
from diptych.articles.transfer.wordpress.export import Export
from diptych.articles.transfer.wordpress.importing import WordPressImport
from tests.articles.transfer.wordpress.imports import (
    ENGLISH_LEAD,
    LEAD,
    item,
    outcomes,
    page_of,
    reason,
)
from tests.wordpress_exports import HOST, write_items

pytestmark = pytest.mark.usefixtures("in_english")


def test_reusable_blocks_stand_where_they_are_used(tmp_path, journal, run):
    used = '<!-- wp:block {{"ref":{}}} /-->'
    inside = "<!-- wp:paragraph --><p>Abonnez-vous.</p><!-- /wp:paragraph -->" + used.format(8)
    parts = [
        item(
            1,
            "fr",
            LEAD,
            content="\n\n".join(["Avant.", used.format(9), "Après.", *map(used.format, (5, 6, 7))]),
        ),
        item(5, "fr", kind="wp_block", content="<p>Secret.</p>", status="private"),
        item(6, "fr", kind="wp_block", content="<p>Secret.</p>", post_password="x"),
        item(9, "fr", kind="wp_block", content=inside),
        item(8, "fr", kind="wp_block", content=f"<p>Merci.</p>{used.format(9)}"),
    ]
    path = write_items(tmp_path, *parts)
    WordPressImport(Export([path]), journal.site).run()
    blocks = [(block.block_type, str(block.value)) for block in page_of(1).body_fr]
    said = " ".join(text for _kind, text in blocks)
    assert said.count("Abonnez-vous.") == said.count("Merci.") == 1
    assert said.index("Avant.") < said.index("Abonnez-vous.") < said.index("Après.")
    assert [kind for kind, _text in blocks].count("note") == 4  # 9 in itself, and 5, 6, 7
    assert "Secret" not in said
    assert "in the texts that use it" in reason(run(*parts), 9)
    changed = [each.replace("Abonnez-vous", "Lisez") for each in parts]
    assert outcomes(run(*changed))[1] == "updated"


@pytest.mark.rare
def test_reusable_blocks_that_multiply(tmp_path):
    used = '<!-- wp:block {{"ref":{}}} /-->'
    parts = [
        item(pk, "fr", kind="wp_block", content=used.format(pk + 1) * 1000 + "lac " * 1000)
        for pk in range(1, 8)
    ]
    text = item(9, "fr", content=used.format(1) * 1000)
    path = write_items(tmp_path, *parts, text)
    found = {each.id: each.content for each in Export([path]).read()}
    assert len(found[9]) < 1_100_000
    assert "lac lac" in found[9]


def test_a_gallery_without_numbers_shows_what_was_uploaded_to_the_text(tmp_path):
    def attachment(pk, name, **texts):
        address = f"https://{HOST}/wp-content/uploads/{name}"
        return item(pk, kind="attachment", attachment_url=address, post_parent="1", **texts)

    parts = [
        item(1, "fr"),
        attachment(5, "b.jpg", menu_order="2"),
        attachment(6, "a.JPG", menu_order="1"),
        attachment(7, "a.pdf"),
    ]
    path = write_items(tmp_path, *parts)
    export = Export([path])
    assert (export.pictures_of(1), export.pictures_of(2)) == ([6, 5], [])


# Comments


def test_the_table_of_comments(run):
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    parts = [
        item(1, "fr", LEAD + comment, group="pll_1"),
        item(2, "en", ENGLISH_LEAD + comment * 3, group="pll_1").replace("Titre 2", "=1+1"),
        item(3, "fr", LEAD + comment * 2, status="draft"),
        item(4, "fr", LEAD),
    ]
    report = run(*parts)
    page = page_of(1)
    file = io.StringIO()
    write_table(file, report.as_dict()["comments"])
    old = f"https://{HOST}/texte-"
    pages = [str(page_of(pk).pk) for pk in (2, 3, 1)]
    assert list(csv.reader(file.getvalue().splitlines()))[1:] == [
        ["2", "en", "'=1+1", "3", f"{old}2/", page.url_in("en"), pages[0]],
        ["3", "fr", "Titre 3", "2", f"{old}3/", "", pages[1]],
        ["1", "fr", "Titre 1", "1", f"{old}1/", page.url_in("fr"), pages[2]],
    ]


def test_a_trial_counts_comments_too(run):
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    [row] = run(item(1, "fr", LEAD + comment), is_dry=True).comments
    assert (row["comments"], row["page"], row["address"]) == (1, None, "")
