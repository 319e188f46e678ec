from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from articles.languages.available import active_language, available_languages, column
from articles.models.clean_images import CleanImageMixin


class CaptionedImage(CleanImageMixin, AbstractImage):
    """An image that says of itself what it shows, in each language.

    Offered to projects, never imposed: the articles work with any image model.
    """

    alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What one sees, for people who do not see it."),
    )
    caption = models.CharField(
        _("caption"),
        max_length=500,
        blank=True,
        help_text=_("What it means; printed below the picture. Not a repeat of the above."),
    )
    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made it or owns it.")
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It carries no information: screen readers pass it over."),
    )

    admin_form_fields = (
        "title",
        "file",
        "collection",
        *(column("alt", language) for language in available_languages()),
        *(column("caption", language) for language in available_languages()),
        "credit",
        "licence",
        "is_decorative",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    search_fields = [
        *AbstractImage.search_fields,
        *(
            kind(column(name, language))
            for language in available_languages()
            for name in ("alt", "caption")
            for kind in (index.SearchField, index.AutocompleteField)
        ),
        index.SearchField("credit"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def texts_in(self, language=None):
        """``(alternative text, caption)`` in ``language``, the active one by default."""
        language = language or active_language()
        return (
            getattr(self, column("alt", language)) or "",
            getattr(self, column("caption", language)) or "",
        )

    @property
    def default_alt_text(self):
        """What is proposed where the image is used: its text in the language spoken now."""
        return self.texts_in()[0]


class CaptionedRendition(AbstractRendition):
    image = models.ForeignKey(CaptionedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
