"""The blocks of bodies; what blocks of a project may have inside is here."""

from articles.blocks.body import BodyBlock
from articles.blocks.other import ArticleLinkBlock
from articles.blocks.pictures import PictureBlock
from articles.blocks.text import INLINE_FEATURES, RichTextBlock

__all__ = ["INLINE_FEATURES", "ArticleLinkBlock", "BodyBlock", "PictureBlock", "RichTextBlock"]
