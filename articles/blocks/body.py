from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model

from articles.blocks.other import ArticleLinkBlock, CaptionedTableBlock, FilmBlock
from articles.blocks.pictures import GalleryBlock, PictureBlock
from articles.blocks.text import (
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    PullQuoteBlock,
    QuestionBlock,
    QuotationBlock,
)


class BodyBlock(blocks.StreamBlock):
    """The blocks of a body. There is none for raw HTML."""

    heading = HeadingBlock(group=_("Text"))
    paragraph = ParagraphBlock(group=_("Text"))
    question = QuestionBlock(group=_("Text"))
    quotation = QuotationBlock(group=_("Text"))
    pull_quote = PullQuoteBlock(group=_("Text"))
    note = NoteBlock(group=_("Text"))
    image = PictureBlock(group=_("Pictures and media"))
    gallery = GalleryBlock(group=_("Pictures and media"))
    embed = FilmBlock(group=_("Pictures and media"))
    table = CaptionedTableBlock(group=_("Other blocks"))
    article = ArticleLinkBlock(group=_("Other blocks"))

    class Meta:
        required = False
        template = "diptych/blocks/body.html"

    def picture_values(self, body):
        """Every picture of ``body`` in order: single ones and those of galleries."""
        for child in body or ():
            if child.block_type == "image":
                yield child.value
            elif child.block_type == "gallery":
                yield from child.value["pictures"]

    def images_in(self, body):
        """The image objects of ``body``, in order."""
        images = [value["image"] for value in self.picture_values(body)]
        return [image for image in images if image is not None]

    def linked_ids(self, body):
        """The ids of the articles that ``body`` shows as links, in order; without a query."""
        linked = [_linked_id(each) for each in body.raw_data] if body else []
        return [pk for pk in linked if pk is not None]

    def image_ids(self, body):
        """The ids of the images of ``body``; without a query."""
        return {*_image_ids(body.raw_data)} - {None} if body else set()

    def as_read(self, body, articles, images=None):
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
        return value


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
