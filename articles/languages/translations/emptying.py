"""The same block without its words: what a translator fills in."""

from wagtail import blocks


def emptied(block, stored):
    """A stored value of ``block`` with the structure, pictures, links and choices of ``stored``.

    Whatever is text is empty; a table keeps its cells, as most of its figures are the same in
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
    return stored


def _emptied_item(block, item):
    if isinstance(item, dict) and item.get("type") == "item":
        return {**item, "value": emptied(block, item["value"])}
    return emptied(block, item)
