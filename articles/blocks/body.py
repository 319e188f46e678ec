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
        """The ids of the articles that ``body`` shows as links, in order."""
        linked = [child.value["article"] for child in body or () if child.block_type == "article"]
        return [article.pk for article in linked if article is not None]

    def pictures_without_alt(self, body, language):
        """The numbers, from 1, of the informative pictures that nothing describes."""
        numbered = enumerate(self.picture_values(body), start=1)
        figures = [(number, value.figure_in(language)) for number, value in numbered]
        return [number for number, shown in figures if shown and shown.needs_alt]
