import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model, get_image_model_string
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import ReferenceIndex
from wagtail.search import index

from diptych.articles.caching.versions import depends_on
from diptych.articles.images.alt_texts.faults import Fault
from diptych.articles.images.alt_texts.kinds import Kind
from diptych.articles.images.uploads.storing import CleanImageMixin
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    column,
)
from diptych.articles.languages.models import PageLanguage


class CaptionedImage(CleanImageMixin, AbstractImage):
    """An image with an alternative text and a caption in each language.

    Optional: the plugin works with any image model.
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

    #: Pages depend on those images only that are read while they are rendered.
    tags_when_read = True

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", _("Can choose image"))]

    @classmethod
    def from_db(cls, *args, **kwargs):
        image = super().from_db(*args, **kwargs)
        depends_on(f"image:{image.pk}")
        return image

    def texts_in(self, language=None):
        """``(alternative text, caption)`` in ``language``, the active one by default."""
        language = language or active_language()
        return (
            getattr(self, column("alt", language)) or "",
            getattr(self, column("caption", language)) or "",
        )

    @property
    def default_alt_text(self):
        """The alternative text in the active language, proposed where the image is used."""
        return self.texts_in()[0]


class CaptionedRendition(AbstractRendition):
    image = models.ForeignKey(CaptionedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")


class RenditionRecord(models.Model):
    """The data of the renditions of an image that pages need, in one row.

    Derived from the renditions by ``diptych.articles.images.renditions``. If the record is
    missing or of another file than the image has, the renditions themselves have to be queried.
    """

    image = models.OneToOneField(
        get_image_model_string(),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("image"),
    )
    #: The name of the file of the image.
    file = models.CharField(max_length=255)
    #: JSON: ``{filter spec: [name of the file, width, height]}``.
    renditions = models.TextField()

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("record of renditions")
        verbose_name_plural = _("records of renditions")
        default_permissions = ()

    def __str__(self):
        return str(self.image_id)


class UnconfirmedImageText(models.Model):
    """A text of an image from a file or a machine, not seen by readers before it is confirmed.

    The image keeps its own until somebody takes this one in its form.
    """

    ORIGIN_LENGTH = 150

    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("image"),
    )
    language = models.CharField(_("language"), max_length=12)
    #: The name of the translated field, without a language.
    field = models.CharField(max_length=100)
    text = models.TextField(_("text"))
    #: The language and the text from which it was made; no language where that is not known.
    source_language = models.CharField(max_length=12, blank=True)
    source = models.TextField(blank=True)
    #: The file, or the machine.
    origin = models.CharField(_("origin"), max_length=ORIGIN_LENGTH)
    proposed_at = models.DateTimeField(_("date"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of an image to be confirmed")
        verbose_name_plural = _("texts of images to be confirmed")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["image", "language", "field"], name="diptych_unconfirmed_image_text"
            )
        ]

    def __str__(self):
        return f"{self.language}: {self.text}"

    @property
    def column(self):
        return column(self.field, self.language)

    @property
    def has_changed_source(self):
        """Whether the image has another text now than the one from which this was made."""
        if self.source_language not in available_languages():
            return False
        text = getattr(self.image, column(self.field, self.source_language), "") or ""
        return text.strip() != self.source


swapper.set_app_prefix("wagtailcore", "wagtail")


class ImageProblemQuerySet(models.QuerySet):
    def on_pages_or_unused(self, pages, images):
        """Problems on ``pages``, and those of ``images`` that no page shows.

        Texts that a page takes from an image are listed for that page.
        """
        borrowed = type(self)(self.model).filter(
            image=OuterRef("image"),
            language=OuterRef("language"),
            kind=OuterRef("kind"),
            page__isnull=False,
            is_borrowed=True,
        )
        unused = Q(page__isnull=True, image__in=images) & ~Q(Exists(borrowed))
        return self.filter(Q(page__in=pages) | unused)

    def with_live(self):
        """Annotate ``is_live``: whether the problem is on a live page."""
        visible = PageLanguage.objects.filter(
            page=OuterRef("page"), language=OuterRef("language"), live=True, page__live=True
        )
        return self.annotate(
            is_live=models.Case(
                models.When(Q(in_public=True) & Exists(visible), then=True),
                default=False,
                output_field=models.BooleanField(),
            )
        )

    def with_uses(self):
        """Annotate ``is_used``: whether a page written in the language refers to the image.

        Wagtail's index has the references. Those in texts of another language do not count.
        """
        page_key = PageLanguage._meta.get_field("page").target_field
        written = PageLanguage.objects.filter(
            page=OuterRef("page_key"), language=OuterRef("problem_language"), translated=True
        )
        page_type = ContentType.objects.get_for_model(page_key.model)
        uses = (
            ReferenceIndex.objects.filter(
                base_content_type=page_type,
                to_content_type=ContentType.objects.get_for_model(get_image_model()),
                to_object_id=Cast(OuterRef("image"), models.CharField()),
            )
            .annotate(
                problem_language=Cast(OuterRef("language"), models.CharField()),
                page_key=Cast("object_id", page_key),
            )
            .filter(_in_no_other_language(), Exists(written))
        )
        return self.annotate(is_used=Exists(uses))


def _in_no_other_language():
    """A filter of references that have ``problem_language``."""
    found = Q()
    for code in available_languages():
        others = "|".join(column("", other) for other in available_languages() if other != code)
        elsewhere = Q(model_path__regex=rf"^[^.]+({others})(\.|$)") if others else Q(pk=None)
        found |= Q(problem_language=code) & ~elsewhere
    return found


class ImageProblem(models.Model):
    """A problem of the texts of an image, in one place and one language.

    Derived data, updated when pages and images are saved and rebuilt by
    ``diptych_check_images``. Without a page, the problem is in the texts stored with the image.
    """

    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("image"),
    )
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(_("problem"), max_length=20, choices=Kind.choices)
    #: Parameters of the advice; see :class:`Fault`.
    detail = models.CharField(max_length=20, blank=True)
    #: The text at fault.
    words = models.TextField(_("words"), blank=True)
    #: The translated field and the id of the block, as ``body:1b0c…``.
    place = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField(default=0)
    is_borrowed = models.BooleanField(default=False)
    in_draft = models.BooleanField(default=False)
    in_public = models.BooleanField(default=False)

    objects = ImageProblemQuerySet.as_manager()

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("problem of an image")
        verbose_name_plural = _("problems of images")
        default_permissions = ()
        indexes = [models.Index(fields=["language", "kind"], name="diptych_image_problem")]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "place", "image", "language", "kind"],
                name="diptych_one_image_problem",
            )
        ]

    def __str__(self):
        return f"{self.image_id} {self.language} {self.kind}"

    @property
    def fault(self):
        return Fault(Kind(self.kind), self.detail)
