"""The images of a page, with the texts readers get at each place."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from wagtail import blocks

from diptych.articles.images.alt_texts.faults import text_faults
from diptych.articles.images.alt_texts.kinds import Kind
from diptych.articles.images.pictures import figure


@dataclass(frozen=True)
class PicturePlace:
    """A picture in one place of a page, in one language.

    ``field`` is the translated field the place belongs to, without its language. For a picture
    in a text, ``number`` counts from 1, ``block_id`` names its block and ``path`` leads to it
    within the text.
    """

    image: object
    language: str
    field: str
    own_alt: str = ""
    own_caption: str = ""
    is_decorative: bool = False
    number: int = 0
    block_id: str = ""
    path: tuple = ()

    @cached_property
    def figure(self):
        return figure(
            self.image,
            alt=self.own_alt,
            caption=self.own_caption,
            decorative=self.is_decorative or None,
            language=self.language,
        )

    @property
    def alt(self):
        return self.figure.alt

    @cached_property
    def caption(self):
        """The caption of the place or image, even if it repeats the alternative text."""
        return self.own_caption or words_of_image(self.image, self.language)[1]

    @property
    def borrows_alt(self):
        """Whether the alternative text comes from the image."""
        return not self.own_alt

    def borrows(self, fault):
        """Whether the text at fault comes from the image."""
        if fault.is_about_caption:
            return not self.own_caption
        if fault.kind == Kind.SAME_AS_CAPTION:
            return not (self.own_alt or self.own_caption)
        return self.borrows_alt

    def path_of(self, fault):
        """The path within the body to the text at fault; empty outside a body."""
        return (*self.path, "caption" if fault.is_about_caption else "alt") if self.path else ()

    def field_of(self, fault):
        """The translated field that ``fault`` is about, without its language."""
        about_caption = fault.is_about_caption and not self.path
        return self.field.replace("alt", "caption") if about_caption else self.field

    @cached_property
    def faults(self):
        """All :class:`Fault` of the words in this place."""
        return text_faults(
            self.alt,
            self.caption,
            language=self.language,
            file_name=file_name_of(self.image),
            decorative=self.figure.decorative,
        )

    def name(self):
        """The name of the place in the active language."""
        if not self.number:
            return _("Main picture")
        return _("Picture %(number)s in the text") % {"number": self.number}

    def sentence(self, fault):
        """A sentence that names the place and the fault."""
        if fault.kind != Kind.EMPTY:
            return _("%(place)s: %(advice)s") % {"place": self.name(), "advice": fault.advice}
        if not self.number:
            return _("The main picture has no alternative text.")
        message = _("Picture %(number)s in the text has no alternative text.")
        return message % {"number": self.number}


def words_of_image(image, language):
    """``(alternative text, caption)`` stored with an image of any model."""
    own = getattr(image, "texts_in", None)
    return own(language) if own else (getattr(image, "description", "") or "", "")


def file_name_of(image):
    return getattr(image, "filename", "")


def faults_of_image(image, language):
    """The faults of the texts stored with an image in ``language``."""
    alt, caption = words_of_image(image, language)
    return text_faults(
        alt,
        caption,
        language=language,
        file_name=file_name_of(image),
        decorative=bool(getattr(image, "is_decorative", False)),
    )


def places_in(body, field, language):
    """Every :class:`PicturePlace` of a body, in order."""
    number = 0
    for block_id, path, value in picture_places(body):
        image = value.get("image")
        number += 1
        if image is None:
            continue
        yield PicturePlace(
            image,
            language,
            field,
            own_alt=(value.get("alt") or "").strip(),
            own_caption=(value.get("caption") or "").strip(),
            is_decorative=bool(value.get("decorative")),
            number=number,
            block_id=block_id,
            path=path,
        )


def picture_places(body):
    """``(id of the block, path, value)`` of every picture in a stream, in order.

    Pictures are the blocks with ``is_picture``. The path leads from the stream to the picture, by
    numbers and names; the id is that of the innermost block that has one.
    """
    for number, child in enumerate(body or ()):
        yield from _pictures_in(child.block, child.value, child.id or "", (number,))


def _pictures_in(block, value, block_id, path):
    if getattr(block, "is_picture", False):
        yield block_id, path, value
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _pictures_in(child, (value or {}).get(name), block_id, (*path, name))
    elif isinstance(block, (blocks.ListBlock, blocks.StreamBlock)) and value:
        is_list = isinstance(block, blocks.ListBlock)
        for number, each in enumerate(value.bound_blocks if is_list else value):
            yield from _pictures_in(each.block, each.value, each.id or block_id, (*path, number))
