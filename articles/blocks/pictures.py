"""Blocks for images and galleries."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model

from diptych.articles.blocks.choices import ImageChooserBlock
from diptych.articles.images.pictures import figure, figure_for_api


class PictureValue(blocks.StructValue):
    def figure_in(self, language=None):
        """The :class:`Figure` of this block; ``language`` is that of the text around it."""
        return figure(
            self.get("image"),
            alt=self.get("alt") or "",
            caption=self.get("caption") or "",
            decorative=bool(self.get("decorative")) or None,
            language=language,
        )

    @property
    def figure(self):
        return self.figure_in()


class PictureBlock(blocks.StructBlock):
    is_picture = True

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=255,
        help_text=_("What one sees. If this is left empty, the image’s own text is used."),
    )
    caption = blocks.CharBlock(
        label=_("Caption"),
        required=False,
        max_length=500,
        help_text=_("What it means. If this is left empty, the image’s own caption is used."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"),
        required=False,
        help_text=_("It carries no information: screen readers pass it over."),
    )

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with its alternative text, caption and credit.")
        template = "diptych/blocks/image.html"
        preview_template = "diptych/blocks/preview.html"
        value_class = PictureValue
        label_format = "{caption}"

    def get_api_representation(self, value, context=None):
        """The image with its sizes, and what is said of it here, else by the image itself."""
        found = value.figure
        return found and figure_for_api(found, (context or {}).get("request"))

    def get_preview_value(self):
        image = get_image_model().objects.order_by("-pk").first()
        return self.to_python({"image": image.pk if image else None})


class GalleryValue(blocks.StructValue):
    @property
    def begins_wide(self):
        """Whether the first picture has a row of its own, as the others are laid out in pairs."""
        return len(self.get("pictures") or ()) % 2 == 1


#: An image that is not chosen yet; a new gallery starts with two.
EMPTY = {"image": None, "alt": "", "caption": "", "decorative": False}


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(
        PictureBlock(),
        label=_("Images"),
        min_num=2,
        default=[EMPTY, EMPTY],
        help_text=_("Two at least; for a single picture, use the Image block."),
    )
    caption = blocks.CharBlock(label=_("Caption of the gallery"), required=False, max_length=300)

    class Meta:
        icon = "grip"
        label = _("Gallery")
        description = _("Two pictures or more, side by side.")
        template = "diptych/blocks/gallery.html"
        value_class = GalleryValue
        preview_template = "diptych/blocks/preview.html"
        label_format = "{caption}"

    def get_preview_value(self):
        images = get_image_model().objects.order_by("-pk").values_list("pk", flat=True)[:3]
        return self.to_python({"pictures": [{"image": pk} for pk in images]})
