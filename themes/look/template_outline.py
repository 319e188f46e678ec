"""The blocks of a template that others extend, and the text outside of them."""

from dataclasses import dataclass, field

from django.template import TemplateDoesNotExist
from django.template.base import TextNode, VariableNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode


@dataclass
class Outline:
    """The ``blocks`` that another template can fill, and all ``texts`` with the blocks around.

    ``in_title`` are the blocks that stand within ``<title>``.
    """

    blocks: set = field(default_factory=set)
    texts: list = field(default_factory=list)
    in_title: set = field(default_factory=set)

    @property
    def is_in_title(self):
        """Whether the last of the texts is in a ``<title>`` that is not closed."""
        text = "".join(text for text, _around in self.texts)
        return text.rfind("<title") > text.rfind("</title")

    def has_title_element(self, block):
        """Whether a block contains ``<title>``."""
        return "<title" in self.text_of(block)

    def text_of(self, block):
        """The text of a block and of the blocks within it."""
        return "".join(text for text, around in self.texts if block in around)

    def text_outside(self):
        """The text that is in no block."""
        return "".join(text for text, around in self.texts if not around)

    def text_without(self, *blocks):
        """The text that is in none of ``blocks``."""
        return "".join(text for text, around in self.texts if not set(blocks) & set(around))


def outline_of(name, engine):
    """The :class:`Outline` of the template ``name``.

    ``TemplateDoesNotExist`` and ``TemplateSyntaxError`` are passed on. Templates whose names are
    known only when a page is rendered are left out.
    """
    reader = _Reader(engine, _lineage(name, engine))
    reader.read(reader.lineage[-1].nodelist, ())
    return reader.outline


def _lineage(name, engine):
    """The template and those that it extends, up to one that extends none."""
    lineage = []
    while name:
        template, _origin = engine.find_template(name, skip=[each.origin for each in lineage])
        lineage.append(template)
        parent = next((each for each in template.nodelist if isinstance(each, ExtendsNode)), None)
        name = _literal(parent.parent_name) if parent else None
    return lineage


def _literal(expression):
    """The name of a template in a tag, or ``None`` if it is that of a variable."""
    return expression.var if isinstance(getattr(expression, "var", None), str) else None


class _Reader:
    def __init__(self, engine, lineage):
        self.engine = engine
        self.lineage = lineage
        self.outline = Outline()
        self.definitions = {}
        for template in lineage:
            for block in template.nodelist.get_nodes_by_type(BlockNode):
                self.definitions.setdefault(block.name, []).append(block)

    def read(self, nodes, within):
        """Add ``nodes``, which are in the blocks named ``within``, to the outline."""
        for node in nodes:
            if isinstance(node, TextNode):
                self.outline.texts.append((node.s, within))
            elif isinstance(node, BlockNode):
                self._read_block(node.name, within)
            elif isinstance(node, IncludeNode):
                self._read_included(node, within)
            else:
                for attribute in node.child_nodelists:
                    self.read(getattr(node, attribute, None) or (), within)

    def _read_block(self, name, within):
        """Read the contents of the block: its last definition and the ones this includes."""
        self.outline.blocks.add(name)
        if self.outline.is_in_title:
            self.outline.in_title.add(name)
        for definition in self.definitions.get(name, ()):
            self.read(definition.nodelist, (*within, name))
            variables = definition.nodelist.get_nodes_by_type(VariableNode)
            if not any(str(each.filter_expression) == "block.super" for each in variables):
                break

    def _read_included(self, node, within):
        """Add the text of an included template; nothing can fill its blocks from outside."""
        name = _literal(node.template)
        try:
            included = self.engine.get_template(name or "")
        except TemplateDoesNotExist:
            return
        for each in included.nodelist.get_nodes_by_type(TextNode):
            self.outline.texts.append((each.s, within))
