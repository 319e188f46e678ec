from django.db import models
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page

from diptych.articles.images.pictures import figure
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.admin.editor.field_panels import text_panels
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.languages.config.known_relations import KnownRelationsMixin
from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.index.privacy import public_documents
from diptych.articles.languages.index.querysets import PAGE_COLUMNS
from diptych.articles.languages.publication.readiness.missing import PublicationProblem
from diptych.articles.lists.cards import attach_addresses, attach_images
from diptych.articles.lists.pagination import paginate
from diptych.articles.lists.print_issues import contents_of, name_of_issue
from diptych.articles.models.article import ArticlePage
from diptych.articles.models.pages import JournalPageMixin
from diptych.articles.models.panels import print_issue_panels, print_issue_shared_panels
from diptych.articles.richtext.fields import RichTextField, page_link

#: Fields shown in the list of issues.
LISTED_COLUMNS = ("number", "publication_date", "cover")


class PrintIssueIndexPage(JournalPageMixin, Page):
    """The print issues of the journal, newest first."""

    page_ptr = page_link()
    introduction = models.TextField(_("introduction"), blank=True)

    max_count_per_parent = 1
    language_api_fields = ("introduction",)
    query_keys = ("page",)
    subpage_types = ["diptych.PrintIssuePage"]
    page_description = _("The list of print issues; issues are created below it.")

    class Meta:
        verbose_name = _("list of print issues")
        verbose_name_plural = _("lists of print issues")

    edit_handler = page_handler(lambda language: text_panels(language, "introduction"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language = active_language()
        texts = (*LISTED_COLUMNS, column("headline", language))
        listed = self.listed_in(language).only(*PAGE_COLUMNS, *texts)
        context["issues"] = paginate(request, listed)
        issues = context["issues"].object_list = list(context["issues"].object_list)
        attach_addresses([], *issues)
        attach_images(issues, "cover")
        return context

    def listed_in(self, language):
        """The issues listed here that are visible in ``language``, newest first."""
        issues = PrintIssuePage.objects.child_of(self).visible_in(language)
        return issues.order_by(F("publication_date").desc(nulls_last=True), "-pk")


class PrintIssuePage(JournalPageMixin, Page):
    """An issue of the journal on paper: its cover, its contents and, by language, its PDF."""

    page_ptr = page_link()
    number = models.CharField(
        _("number"),
        max_length=20,
        blank=True,
        help_text=_("As it stands on the cover, such as 12 or 12–13."),
    )
    publication_date = models.DateField(
        _("date of publication"),
        null=True,
        blank=True,
        help_text=_("Readers see the month. The newest issue stands first in the list."),
    )
    introduction = RichTextField(
        _("introduction"), blank=True, features=["bold", "italic", "link", "passage"]
    )
    cover = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
    pdf = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("PDF"),
        help_text=_("The issue in this language. Readers of another language are not led to it."),
    )

    select_when_served = ("cover",)
    language_api_fields = ("introduction",)
    parent_page_types = ["diptych.PrintIssueIndexPage"]
    subpage_types = []
    page_description = _("An issue on paper or as a PDF, with its cover and its contents.")

    class Meta:
        verbose_name = _("print issue")
        verbose_name_plural = _("print issues")

    edit_handler = page_handler(print_issue_panels, print_issue_shared_panels)

    @property
    def name(self):
        """The number and date next to the headline: "no. 3, May 2026"; empty if unknown."""
        return name_of_issue(self.number, self.publication_date)

    @property
    def cover_figure(self):
        """The :class:`Figure` of the cover, or ``None``; described by its own text, if any."""
        shown = figure(self.cover)
        if shown is None or shown.alt:
            return shown
        said = gettext("Cover: %(issue)s") % {"issue": self.name or self.headline}
        return figure(self.cover, alt=said)

    def pdf_in(self, language):
        """The PDF in ``language`` that any visitor may have, or ``None``."""
        key = getattr(self, f"{column('pdf', language)}_id")
        document = public_documents().filter(pk=key).first() if key else None
        return document if document is not None and _is_pdf(document) else None

    def publication_problems(self, language):
        problems = list(super().publication_problems(language))
        document = self.text_in("pdf", language)
        if document is not None and not _is_pdf(document):
            said = gettext("“%(title)s” is not a PDF.") % {"title": document.title}
            problems.append(PublicationProblem(column("pdf", language), said))
        return problems

    def publication_checklist(self, language):
        advice = [
            (self.number, PublicationProblem("number", gettext("The issue has no number."))),
            (
                self.publication_date,
                PublicationProblem("publication_date", gettext("The issue has no date.")),
            ),
            (self.cover_id, PublicationProblem("cover", gettext("The issue has no cover."))),
        ]
        missing = [problem for is_there, problem in advice if not is_there]
        return missing + super().publication_checklist(language)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        attach_renditions([self.cover])
        context["pdf"] = self.pdf_in(active_language())
        context["contents"] = contents_of(self.entries.all(), active_language())
        return context


def _is_pdf(document):
    return document.file_extension.lower() == "pdf"


class PrintIssueEntry(KnownRelationsMixin, Orderable):
    """A line in the contents of a print issue: an article of the site, or one only in print."""

    issue = ParentalKey(PrintIssuePage, on_delete=models.CASCADE, related_name="entries")
    section = models.CharField(
        _("section"),
        max_length=100,
        blank=True,
        help_text=_("If one begins here. It stands above this entry and those that follow."),
    )
    article = models.ForeignKey(
        ArticlePage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
        help_text=_("If it is on this site. Its headline and authors are taken from there."),
    )
    title = models.CharField(
        _("title"),
        max_length=255,
        blank=True,
        help_text=_(
            "For what is only in print, or if it has another headline there. Without an article, "
            "the entry is left out of a language that has no title."
        ),
    )
    author = models.CharField(
        _("author"),
        max_length=255,
        blank=True,
        help_text=_("Names, the same in all languages. Only without an article."),
    )
    page_number = models.PositiveSmallIntegerField(_("page"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("entry of the contents")
        verbose_name_plural = _("entries of the contents")

    def cache_tags(self):
        """The tag of its issue: any article may name the issues that it is in."""
        return {"menu"}
