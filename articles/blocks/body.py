from django.utils.translation import gettext_lazy as _
from wagtail import blocks

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
    """What the text of a page is made of. There is no block of raw HTML."""

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

    def with_links_to(self, body, articles):
        """``body`` as readers see it: with links to ``articles``, by id, and to no others.

        The blocks have their articles at hand, so that showing them fetches nothing.
        """
        shown = [
            each
            for each in body.raw_data
            if each["type"] != "article" or _linked_id(each) in articles
        ]
        value = blocks.StreamValue(self, shown, is_lazy=True)
        for position, each in enumerate(shown):
            if each["type"] == "article":
                link = {"article": articles[_linked_id(each)]}
                value[position] = ("article", link, each.get("id"))
        return value

    def pictures_without_alt(self, body, language):
        """The numbers, from 1, of the informative pictures that nothing describes."""
        numbered = enumerate(self.picture_values(body), start=1)
        figures = [(number, value.figure_in(language)) for number, value in numbered]
        return [number for number, shown in figures if shown and shown.needs_alt]


def _linked_id(stored):
    """The id of the article that a block leads to, from the block as it is stored."""
    return stored["value"].get("article") if stored["type"] == "article" else None
