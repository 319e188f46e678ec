"""The same block without its words: what a translator fills in."""

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from articles.languages.translations.units import count_words


def emptied(block, stored):
    """A stored value of ``block`` with the structure, pictures, links and choices of ``stored``.

    Whatever is text is empty; a table keeps the cells without words, as figures are the same in
    every language. Ids inside lists and streams are kept.
    """
    if not stored:
        return stored
    if isinstance(block, blocks.StreamBlock):
        return [
            {**child, "value": emptied(block.child_blocks[child["type"]], child["value"])}
            for child in stored
            if child["type"] in block.child_blocks
        ]
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks
        return {
            name: emptied(children[name], value) if name in children else value
            for name, value in stored.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [_emptied_item(block.child_block, item) for item in stored]
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)):
        return ""
    return _emptied_table(stored) if isinstance(block, TableBlock) else stored


def _emptied_table(stored):
    rows = [[_emptied_cell(cell) for cell in row] for row in stored.get("data") or []]
    return {**stored, "data": rows, "table_caption": ""}


def _emptied_cell(cell):
    """A cell holds a text, a number or nothing."""
    return "" if isinstance(cell, str) and count_words(cell) else cell


def _emptied_item(block, item):
    if isinstance(item, dict) and item.get("type") == "item":
        return {**item, "value": emptied(block, item["value"])}
    return emptied(block, item)
