"""Blocks written as data, in YAML: those that Markdown cannot hold, and those of a project.

Images, pages and documents stand there by their names, as in Markdown.
"""

import re
from datetime import date
from functools import cache
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from diptych.articles.blocks import BodyBlock
from diptych.articles.blocks.tables import TableBlock, is_whole_table
from diptych.articles.imported_documents.blocks import cleaned_by
from diptych.articles.languages.config.content import mapped
from diptych.articles.richtext.links import public_href
from diptych.articles.transfer.markdown import front_matter

#: The prefix of the info string of a fenced code block.
MARK = "data "
CHOOSERS = (
    (ImageChooserBlock, "images"),
    (blocks.PageChooserBlock, "pages"),
    (DocumentChooserBlock, "documents"),
)
#: Tags that rich texts have.
_OF_EDITOR = re.compile(
    r"</?(?:p|br|hr|b|strong|i|em|a|ul|ol|li|sup|sub|span|footnote|h[2-6]|code|s|del|blockquote)"
    r'(?: (?:data-block-key|lang|dir|linktype|id|href)="[^"<>]*")*(?: ?/)?>'
)
_ADDRESS = re.compile(r' href="([^"]*)"')
_LINK = re.compile(r'<a linktype="(page|document)" id="([^"]*)"')


@cache
def body_block():
    """The blocks of bodies; made once, as they take a while."""
    return BodyBlock()


def value_of(kind, text, names):
    """The stored value of a block of type ``kind``, from YAML; ``ValueError`` if it is none."""
    block = body_block().child_blocks.get(kind)
    if block is None:
        raise ValueError(_("there is no type of block “%(kind)s”") % {"kind": kind})
    value = front_matter.load(text)
    if not is_of(block, value):
        raise ValueError(_("this is no value of “%(kind)s”") % {"kind": kind})
    return mapped(block, value, lambda *leaf: with_keys(*leaf, names))


def is_of(block, value):
    """Whether ``value`` has the form in which ``block`` stores its values."""
    if isinstance(block, blocks.StructBlock):
        known = block.child_blocks
        return isinstance(value, dict) and all(
            name in known and is_of(known[name], each) for name, each in value.items()
        )
    if isinstance(block, blocks.ListBlock):
        items = value if isinstance(value, list) else [None]
        return all(
            isinstance(each, dict)
            and each.get("type") == "item"
            and is_of(block.child_block, each.get("value"))
            for each in items
        )
    if isinstance(block, blocks.StreamBlock):
        known = block.child_blocks
        return isinstance(value, list) and all(
            isinstance(each, dict)
            and each.get("type") in known
            and is_of(known[each["type"]], each.get("value"))
            for each in value
        )
    return _is_leaf(block, value)


def _is_leaf(block, value):
    if isinstance(
        block, (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.URLBlock)
    ):
        return value is None or isinstance(value, str)
    if isinstance(block, blocks.ChooserBlock):
        return value is None or isinstance(value, (str, int))
    if isinstance(block, TableBlock):
        return is_whole_table(value)
    return True


def text_of(kind, value, names):
    """``value``, of a block of type ``kind``, as YAML; ``names`` are those by primary keys."""
    block = body_block().child_blocks.get(kind)
    if block is not None:
        value = mapped(block, value, lambda *leaf: with_names(*leaf, names))
    return front_matter.dump(value)


def with_keys(block, value, names):
    for kind, known in CHOOSERS:
        if isinstance(block, kind) and value is not None:
            return _found(value, getattr(names, known))
    if isinstance(block, blocks.RichTextBlock) and isinstance(value, str):
        return cleaned(block.field.widget, html_with_keys(value, names))
    if isinstance(block, blocks.URLBlock) and value:
        return _address(value)
    if isinstance(block, blocks.DateBlock) and value:
        return _day(block, value)
    if isinstance(block, blocks.RawHTMLBlock) and value:
        raise ValueError(_("HTML as it is written is not imported"))
    if isinstance(block, blocks.ChoiceBlock) and value and not block.field.valid_value(value):
        raise ValueError(_("“%(value)s” is none of the choices") % {"value": value})
    return value


def _address(value):
    if not public_href(value):
        raise ValueError(_("“%(value)s” is no address that readers can open") % {"value": value})
    return value


def _day(block, value):
    """The date ``value`` as it is stored; a ``ValueError`` where the editor takes no such date."""
    try:
        return block.clean(date.fromisoformat(str(value))).isoformat()
    except (ValueError, ValidationError) as error:
        messages = getattr(error, "messages", [_("“%(value)s” is not a date") % {"value": value}])
        raise ValueError(" ".join(messages)) from None


def cleaned(widget, html):
    """Rich text in the form for files; in the stored form if the editor could not produce it."""
    addresses = [unescape(each) for each in _ADDRESS.findall(html)]
    if "<" not in _OF_EDITOR.sub("", html) and all(map(public_href, addresses)):
        return html
    try:
        return cleaned_by(widget, html) or ""
    except Exception:
        # The exceptions of Wagtail's HTML reader for tags that do not match are not documented.
        raise ValueError(_("this is no rich text")) from None


def html_with_keys(html, names):
    """Rich text whose links lead to names, with primary keys instead."""
    return with_targets(html, lambda kind, name: _found(name, getattr(names, f"{kind}s")))


def _found(name, known):
    if name not in known:
        raise ValueError(_("nothing is called “%(name)s”") % {"name": name})
    return known[name]


def with_names(block, value, names):
    for kind, known in CHOOSERS:
        if isinstance(block, kind):
            return getattr(names, known).get(value)
    if isinstance(block, blocks.ChooserBlock):
        return None
    if isinstance(block, blocks.DateBlock) and value:
        return block.to_python(value)
    if isinstance(block, blocks.RichTextBlock) and isinstance(value, str):
        return html_with_names(value, names)
    return value


def html_with_names(html, names):
    """Rich text whose links lead to primary keys, with names instead."""
    return with_targets(html, lambda kind, key: _name(kind, key, names))


def _name(kind, key, names):
    return getattr(names, f"{kind}s").get(int(key)) if key.isdecimal() else None


def with_targets(html, target):
    """Rich text with ``target(kind, id)`` as the targets of its links; none leads to ``None``."""
    lost = []

    def replaced(found):
        name = target(found[1], found[2])
        if name is None:
            lost.append(found[0])
            return '<a data-lost=""'
        return f'<a linktype="{found[1]}" id="{name}"'

    html = _LINK.sub(replaced, html)
    return re.sub(r'<a data-lost="">(.*?)</a>', r"\1", html, flags=re.S) if lost else html
