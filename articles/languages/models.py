import swapper
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

swapper.set_app_prefix("wagtailcore", "wagtail")


class PageLanguageQuerySet(SearchableQuerySetMixin, models.QuerySet):
    def visible_in(self, language):
        """The rows of pages that any visitor may see in ``language``.

        This is the one definition of "may be seen": published in that language, and neither
        the page nor a page above it kept private.
        """
        return self.filter(language=language, live=True, page__live=True).not_private()

    def not_private(self):
        return self.exclude(_is_restricted())

    def with_privacy(self):
        """With ``is_private``: whether the page or a page above it is kept from visitors."""
        return self.annotate(is_private=_is_restricted())


def _is_restricted():
    own_path = ExpressionWrapper(OuterRef("page__path"), output_field=models.CharField())
    restrictions = PageViewRestriction.objects.annotate(own_path=own_path)
    return Exists(restrictions.filter(own_path__startswith=F("page__path")))


class PageLanguage(index.Indexed, models.Model):
    """A page in one language: its address, and whether it is live there.

    Derived from the page and rebuilt at any time by ``rebuild_page_languages``. Addresses,
    routing, ``hreflang``, search, lists and redirects all read this table.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="languages",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    slug = models.CharField(_("slug"), max_length=255)
    url_path = models.CharField(_("address"), max_length=1000)
    live = models.BooleanField(_("live"), default=False)
    translated = models.BooleanField(
        _("translated"), default=False, help_text=_("The page or its draft has a headline.")
    )
    has_draft = models.BooleanField(
        _("has a draft"), default=False, help_text=_("A draft is newer than the live text.")
    )

    objects = PageLanguageQuerySet.as_manager()

    # A page is not in use for having rows here.
    wagtail_reference_index_ignore = True

    search_fields = [
        index.SearchField("search_headline", boost=4),
        index.SearchField("search_text"),
        index.FilterField("language"),
        index.FilterField("live"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("page in a language")
        verbose_name_plural = _("pages by language")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"], name="diptych_page_language_unique"
            ),
            models.UniqueConstraint(
                fields=["language", "url_path"], name="diptych_language_address_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["url_path"], name="diptych_address"),
            models.Index(fields=["language", "live"], name="diptych_language_live"),
        ]

    def __str__(self):
        return f"{self.url_path} ({self.language})"

    @property
    def state(self):
        """``"live"``, ``"changed"`` (live, with a newer draft), ``"draft"`` or ``"missing"``."""
        if self.live:
            return "changed" if self.has_draft else "live"
        return "draft" if self.translated else "missing"

    @classmethod
    def get_indexed_objects(cls):
        return cls.objects.filter(live=True)

    def get_indexed_instance(self):
        """Only what is live in this language is found by a search."""
        return self if self.live else None

    def search_headline(self):
        return self.page.specific.text_in("headline", self.language) if self.live else ""

    def search_text(self):
        return self.page.specific.search_text_in(self.language) if self.live else ""
