"""The blocks of a body.

A new type is a class in ``text``, ``pictures`` or ``other``, with the names, icon, description and
templates of its ``Meta`` and ``get_preview_value``; a line in :class:`BodyBlock`, with
``is_read=False`` if its words do not count for the time to read; and a template in
``themes/templates/diptych/blocks``. Search, translation and references find its texts by its child
blocks. It is named elsewhere only

- here, if it shows images or articles: ``_with_objects`` and ``_image_ids``;
- in ``models.article_context.NOT_REPUBLISHED`` if others may not republish it;
- in ``transfer.markdown.writing`` and ``reading`` if Markdown has a form for it, else it is data;
- in ``transfer.wordpress.post_blocks`` if posts become such a block.
"""

from weakref import WeakKeyDictionary

from django.core import checks
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model

from diptych.articles.blocks.added import SETTING, added_blocks
from diptych.articles.blocks.other import ArticleLinkBlock, CaptionedTableBlock, FilmBlock
from diptych.articles.blocks.pictures import GalleryBlock, PictureBlock
from diptych.articles.blocks.text import (
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    PreformattedBlock,
    PullQuoteBlock,
    QuestionBlock,
    QuotationBlock,
)
from diptych.articles.caching.versions import depends_on, tag_of
from diptych.articles.images.alt_texts.places import picture_places
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.admin.inputs.malformed import read_ahead
from diptych.articles.languages.config.content import children_of
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.config.primary_keys import key_in


class BodyBlock(blocks.StreamBlock):
    """The blocks of a body: ours, and those of ``DIPTYCH_BODY_BLOCKS``. None is for raw HTML."""

    heading = HeadingBlock(group=_("Text"))
    paragraph = ParagraphBlock(group=_("Text"))
    question = QuestionBlock(group=_("Text"))
    quotation = QuotationBlock(group=_("Text"))
    pull_quote = PullQuoteBlock(group=_("Text"), is_read=False)
    note = NoteBlock(group=_("Text"))
    preformatted = PreformattedBlock(group=_("Text"))
    image = PictureBlock(group=_("Pictures and media"), is_read=False)
    gallery = GalleryBlock(group=_("Pictures and media"), is_read=False)
    embed = FilmBlock(group=_("Pictures and media"), is_read=False)
    table = CaptionedTableBlock(group=_("Other blocks"), is_read=False)
    article = ArticleLinkBlock(group=_("Other blocks"), is_read=False)

    class Meta:
        required = False
        template = "diptych/blocks/body.html"

    def __init__(self, local_blocks=None, **kwargs):
        added = [(each.name, each.block) for each in added_blocks(self.base_blocks) if each.block]
        super().__init__([*added, *(local_blocks or ())], **kwargs)

    @cached_property
    def descriptions(self):
        """What :class:`StreamInput` keeps; ``None`` with added blocks, whose choices may change."""
        is_own = type(self) is BodyBlock and self.child_blocks.keys() == self.base_blocks.keys()
        return WeakKeyDictionary() if is_own else None

    def value_from_datadict(self, data, files, prefix):
        """As Wagtail does, with one query for all images that are posted."""
        model = get_image_model()
        posted = (data[name] for name in data if name.startswith(prefix) and name.endswith("image"))
        read_ahead(model, [key_in(model, key) for key in posted])
        return super().value_from_datadict(data, files, prefix)

    def get_context(self, value, parent_context=None):
        """Note as well that the page depends on the objects that added blocks show.

        Their code may read other pages too, so it depends on the lists of the language.
        """
        depends_on(*self._tags_of_chosen(value))
        if any(each["type"] not in self.base_blocks for each in value.raw_data):
            depends_on(f"list:{active_language()}")
        return super().get_context(value, parent_context=parent_context)

    def picture_values(self, body):
        """Every picture of ``body`` in order, in whatever block it is."""
        return (value for _block_id, _path, value in picture_places(body))

    def images_in(self, body):
        """The image objects of ``body``, in order."""
        images = [value["image"] for value in self.picture_values(body)]
        return [image for image in images if image is not None]

    def linked_ids(self, body):
        """The ids of the articles that ``body`` shows as links, in order; without a query."""
        found = self._stored_inside(body, ArticleLinkBlock, self._types_with_links)
        linked = [(value or {}).get("article") for _link, value in found]
        return [pk for pk in linked if pk is not None]

    def image_ids(self, body):
        """The ids of the images of ``body``, without those of added blocks; without a query."""
        return {*_image_ids(body.raw_data)} - {None} if body else set()

    @cached_property
    def _types_with_links(self):
        return self._types_with(ArticleLinkBlock)

    @cached_property
    def _added_types_with_pictures(self):
        return self._types_with(PictureBlock) - self.base_blocks.keys()

    @cached_property
    def _added_types_with_choosers(self):
        return self._types_with(blocks.ChooserBlock) - self.base_blocks.keys()

    def _types_with(self, kind):
        """The names of the block types that are of ``kind`` or have such a block inside."""
        return {name for name, child in self.child_blocks.items() if _has(child, kind)}

    def _stored_inside(self, body, kind, types):
        """``(block, stored value)`` of every block of ``kind`` in the blocks of these ``types``."""
        for each in body.raw_data if body else ():
            if each["type"] in types:
                yield from _inside(self.child_blocks[each["type"]], each["value"], kind)

    def _tags_of_chosen(self, body):
        types = self._added_types_with_choosers
        for block, pk in self._stored_inside(body, blocks.ChooserBlock, types):
            if pk is not None:
                yield tag_of(block.model_class, pk)

    def for_readers(self, body, articles, images=None):
        """``body`` with links to the ``articles`` given by id, and without links to others.

        Articles and images are set on the blocks, so that rendering makes no query. ``images``
        are those of the body by id, fetched by one query if they are not given.
        """
        shown = [
            each
            for each in body.raw_data
            if each["type"] != "article" or _linked_id(each) in articles
        ]
        if images is None:
            images = get_image_model().objects.in_bulk(self.image_ids(body))
        value = blocks.StreamValue(self, shown, is_lazy=True)
        for position, each in enumerate(shown):
            known = _with_objects(each, articles, images)
            if known is not None:
                value[position] = (each["type"], known, each.get("id"))
        self._attach_renditions_of_added(value)
        return value

    def all_for_readers(self, bodies, articles):
        """Each of ``bodies`` as ``for_readers`` gives it.

        All are loaded as one stream, so that the objects of their blocks are fetched together.
        """
        children = [[] for _body in bodies]
        owners, stored = [], []
        for found, body in zip(children, bodies, strict=True):
            for each in body.raw_data:
                owners.append((found, each.get("id")))
                stored.append({**each, "id": str(len(stored))})
        for child in self.for_readers(blocks.StreamValue(self, stored, is_lazy=True), articles):
            found, child.id = owners[int(child.id)]
            found.append(child)
        return [blocks.StreamValue(self, found) for found in children]

    def _attach_renditions_of_added(self, body):
        types = self._added_types_with_pictures
        numbers = [number for number, each in enumerate(body.raw_data) if each["type"] in types]
        if numbers:
            shown = blocks.StreamValue(self, [body[number] for number in numbers])
            attach_renditions(self.images_in(shown))


def _has(block, kind):
    """Whether ``block`` is of ``kind`` or has such a block inside."""
    if isinstance(block, kind):
        return True
    if isinstance(block, blocks.ListBlock):
        return _has(block.child_block, kind)
    return any(_has(child, kind) for child in getattr(block, "child_blocks", {}).values())


def _inside(block, stored, kind):
    """``(block, stored value)`` of every block of ``kind`` in a stored value, itself included."""
    if isinstance(block, kind):
        yield block, stored
    elif stored:
        for child, value in children_of(block, stored):
            yield from _inside(child, value, kind)


def _linked_id(stored):
    """The primary key of the article a stored block links to, or ``None``."""
    return stored["value"].get("article") if stored["type"] == "article" else None


def _with_objects(stored, articles, images):
    """The value of a stored block with its articles and images; ``None`` if it has neither."""
    value = stored["value"]
    if stored["type"] == "article":
        return {"article": articles[_linked_id(stored)]}
    if stored["type"] == "image":
        return _with_image(value, images)
    if stored["type"] == "gallery":
        return {**value, "pictures": [_with_image(each, images) for each in _pictures_of(value)]}
    return None


def _with_image(picture, images):
    return {**picture, "image": images.get(picture.get("image"))}


def _pictures_of(gallery):
    """The stored images of a gallery, with or without the wrapper of a list item."""
    for each in gallery.get("pictures") or ():
        yield each["value"] if each.get("type") == "item" else each


def _image_ids(stored_blocks):
    for each in stored_blocks:
        if each["type"] == "image":
            yield each["value"].get("image")
        elif each["type"] == "gallery":
            yield from (picture.get("image") for picture in _pictures_of(each["value"]))


def check_added_blocks(app_configs, **kwargs):
    """Report the entries of ``DIPTYCH_BODY_BLOCKS`` that add no block."""
    return [
        checks.Error(
            _("%(setting)s adds no block: %(fault)s") % {"setting": SETTING, "fault": each.fault},
            hint=_("The editor and pages with such a block fail until this is mended."),
            id="diptych.E010",
        )
        for each in added_blocks(BodyBlock.base_blocks)
        if each.fault
    ]
