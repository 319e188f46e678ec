"""The blocks of bodies: the list of them, and what a new one needs, is in ``body``.

Imports ``images`` and ``richtext``. Projects import from here what their own blocks may contain.
"""

from diptych.articles.blocks.body import BodyBlock
from diptych.articles.blocks.other import ArticleLinkBlock
from diptych.articles.blocks.pictures import PictureBlock
from diptych.articles.blocks.text import INLINE_FEATURES, RichTextBlock

__all__ = ["INLINE_FEATURES", "ArticleLinkBlock", "BodyBlock", "PictureBlock", "RichTextBlock"]
