"""Give a translation the blocks of its source, all at once or one by one, and texts in them."""

from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.table_block.blocks import TableBlock

from diptych.articles.languages.config.content import count_words, mapped
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.translations.provenance import record_of, write_record
from diptych.articles.languages.translations.units import stream_in, stream_names, units_in


def emptied(block, stored):
    """A stored value of ``block`` with the structure, pictures, links and choices of ``stored``.

    All texts are emptied; a table keeps its cells without words, as figures are the same in every
    language. Ids inside lists and streams are kept.
    """
    return mapped(block, stored, _emptied_leaf) if stored else stored


def _emptied_leaf(block, stored):
    if not stored:
        return stored
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)):
        return ""
    return _emptied_table(stored) if isinstance(block, TableBlock) else stored


def _emptied_table(stored):
    rows = [[_emptied_cell(cell) for cell in row] for row in stored.get("data") or []]
    return {**stored, "data": rows, "table_caption": ""}


def _emptied_cell(cell):
    """A cell holds a text, a number or nothing."""
    return "" if isinstance(cell, str) and count_words(cell) else cell


def start_translation(page, language, with_text):
    """Give the translation the blocks of the source, in order and with their ids.

    With ``with_text`` their text is copied too, and that of the fields that are empty, else they
    come empty; pictures, embeds and tables always come along. Blocks that the translation has
    already are kept as they are, those that only it has stand at the end. Changes ``page`` and
    saves nothing.
    """
    for name in stream_names(type(page)):
        source, target = _children(page, name, page.source_language), {}
        if not source:
            continue
        target = _children(page, name, language)
        blocks = stream_in(page, name, page.source_language).stream_block.child_blocks
        children = {
            key: target.get(key) or _copy(blocks[child["type"]], child, with_text)
            for key, child in source.items()
            if child["type"] in blocks
        }
        _set_children(page, name, language, {**children, **target})
    if with_text:
        _copy_fields(page, language)


def _copy_fields(page, language):
    """Copy the source into the empty fields of the page, and record the copies.

    The slug is made from the headline later. Fields of rows, such as authors' roles, stay empty.
    """
    record, written = record_of(page, language), units_in(page, language, rows=())
    copied = dict(record.get("copied", {}))
    for key, unit in units_in(page, page.source_language, rows=()).items():
        if unit.block is None and key not in written:
            page.set_text(key, language, page.text_in(key, page.source_language))
            if unit.has_words and key not in page.proper_names:
                copied[key] = unit.fingerprint
    write_record(page, language, {**record, "copied": copied})


def copy_block(page, language, key, with_text=True):
    """Put the block of the source with the unit key ``key`` where it stands there.

    Replaces the block of the same id, if the translation has one. Returns whether there was
    such a block in the source. Changes ``page`` and saves nothing.
    """
    name, _dot, identity = key.partition(".")
    source = _children(page, name, page.source_language)
    if identity not in source:
        return False
    blocks = stream_in(page, name, page.source_language).stream_block.child_blocks
    copy = _copy(blocks[source[identity]["type"]], source[identity], with_text)
    target = _children(page, name, language)
    if identity in target:
        target[identity] = copy
    else:
        target = _inserted(target, list(source), identity, copy)
    _set_children(page, name, language, target)
    return True


def write_unit(page, language, source, stored):
    """Put the value ``stored`` where the translation of the unit ``source`` stands.

    A block is replaced, or put where it stands in the source; ``None`` takes it away. Rows have to
    be in memory, see ``get_object_list``. Changes ``page`` and saves nothing.
    """
    if source.is_block:
        children = _children(page, source.field_name, page.source_language)
        child = {**children[source.block_id], "value": stored}
        target = _children(page, source.field_name, language)
        if stored is None:
            target.pop(source.block_id, None)
        elif source.block_id in target:
            target[source.block_id] = child
        else:
            target = _inserted(target, list(children), source.block_id, child)
        _set_children(page, source.field_name, language, target)
    elif source.row is None:
        page.set_text(source.field_name, language, stored or "")
    else:
        name = column(source.field_name, language)
        value = stored or ("" if source.block is None else [])
        value = StreamValue(source.block, value, is_lazy=True) if source.block else value
        setattr(source.row.instance, name, value)


def pair_by_order(page, language):
    """Give the blocks of a translation the ids of those of the source they stand beside.

    For translations written before their blocks were connected: pairs the first, second, third
    block of each kind that has no partner yet. Returns how many were paired.
    """
    paired = 0
    for name in stream_names(type(page)):
        source = _children(page, name, page.source_language)
        target = _children(page, name, language)
        free = [key for key in source if key not in target]
        result = {}
        for key, child in target.items():
            partner = None
            if key not in source:
                partner = next((f for f in free if source[f]["type"] == child["type"]), None)
            if partner:
                free.remove(partner)
                paired += 1
            result[partner or key] = {**child, "id": partner or key}
        _set_children(page, name, language, result)
    return paired


def _children(page, name, language):
    """The stored blocks of a stream by id, in order."""
    stream = stream_in(page, name, language)
    if not stream:
        return {}
    return {
        str(child.get("id") or f"#{number}"): dict(child)
        for number, child in enumerate(stream.raw_data)
    }


def _set_children(page, name, language, children):
    block = stream_in(page, name, page.source_language).stream_block
    stream = StreamValue(block, list(children.values()), is_lazy=True)
    setattr(page, column(name, language), stream)


def _copy(block, child, with_text):
    return dict(child) if with_text else {**child, "value": emptied(block, child["value"])}


def _inserted(children, order, identity, child):
    """``children`` with a new one behind the nearest that precedes it in ``order``."""
    before = [key for key in order[: order.index(identity)] if key in children]
    result = {} if before else {identity: child}
    for key, each in children.items():
        result[key] = each
        if before and key == before[-1]:
            result[identity] = child
    return result
