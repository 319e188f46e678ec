"""The blocks of bodies; what blocks of a project may have inside is here."""

from diptych.articles.blocks.body import BodyBlock
from diptych.articles.blocks.other import ArticleLinkBlock
from diptych.articles.blocks.pictures import PictureBlock
from diptych.articles.blocks.text import INLINE_FEATURES, RichTextBlock

__all__ = ["INLINE_FEATURES", "ArticleLinkBlock", "BodyBlock", "PictureBlock", "RichTextBlock"]
