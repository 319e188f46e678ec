from types import MappingProxyType

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.images.pictures import figure
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.admin.editor.field_panels import text_panels
from diptych.articles.languages.admin.editor.panels import page_handler
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    column,
)
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.index.querysets import PAGE_COLUMNS
from diptych.articles.languages.index.sites import root_path_above
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.cards import kept_authors
from diptych.articles.lists.pagination import paginate
from diptych.articles.lists.querysets import AuthorManager, dictionary_key
from diptych.articles.models.article import ArticlePage
from diptych.articles.models.following import FollowsArticlesMixin
from diptych.articles.models.pages import JournalPageMixin
from diptych.articles.models.panels import author_panels, author_shared_panels
from diptych.articles.richtext.fields import RichTextField, page_link

#: Number of translations listed on the page of a translator.
TRANSLATIONS_SHOWN = 100
#: Number of co-authors named on the page of an author.
CO_AUTHORS = 12

#: The articles that people translated, by language: 4 kB each.
_translations = TaggedCache(size=100)
#: Fields of authors shown in lists.
TRANSLATION_COLUMNS = (*PAGE_COLUMNS, "publication_date")
TRANSLATION_TEXTS = ("headline", "first_public_at")


class AuthorIndexPage(JournalPageMixin, Page):
    """All the authors of the journal."""

    page_ptr = page_link()
    introduction = models.TextField(_("introduction"), blank=True)

    max_count_per_parent = 1
    language_api_fields = ("introduction",)
    query_keys = ("page",)
    subpage_types = ["diptych.AuthorPage"]
    page_description = _("The list of authors; authors are created below it.")

    class Meta:
        verbose_name = _("list of authors")
        verbose_name_plural = _("lists of authors")

    edit_handler = page_handler(lambda language: text_panels(language, "introduction"))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        authors = self.listed_in(active_language())
        context["authors"] = paginate(request, _in_order(authors, active_language()))
        known = kept_authors(context["authors"].object_list)
        context["authors"].object_list = [
            known[pk] for pk in context["authors"].object_list if pk in known
        ]
        return context

    def listed_in(self, language):
        """The pages listed here that are visible in ``language``, unordered."""
        return AuthorPage.objects.child_of(self).visible_in(language)


def _in_order(authors, language):
    """The primary keys of ``authors`` in alphabetical order of their names in ``language``."""
    names = authors.values_list("pk", column("headline", language), "title")
    ordered = sorted(names, key=lambda row: dictionary_key(row[1] or row[2]))
    return [pk for pk, _headline, _title in ordered]


class AuthorPage(FollowsArticlesMixin, JournalPageMixin, Page):
    """A person who writes: portrait, biography and everything they published here."""

    page_ptr = page_link()
    photo = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    family_name = models.CharField(
        _("family name"),
        max_length=150,
        blank=True,
        help_text=_(
            "As it stands in the name. Programs that manage references sort by it; without it they "
            "take the whole name."
        ),
    )
    role = models.CharField(
        _("role"), max_length=150, blank=True, help_text=_("Editor, student of law, guest…")
    )
    biography = RichTextField(
        _("biography"), blank=True, features=["bold", "italic", "link", "passage"]
    )

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
        help_text=_("With which this person signs in; translations made with it are credited."),
    )

    objects = AuthorManager()

    proper_names = ("headline",)
    required_parts = MappingProxyType({"headline": _("The name is missing.")})
    headline_needed = _("Write the name.")
    headline_of_copy = _("New name (%(language)s)")
    exclude_fields_in_copy = ["account", "goes_live_with_articles"]
    select_when_served = ("photo",)
    language_api_fields = ("role", "biography")
    query_keys = ("page",)
    parent_page_types = ["diptych.AuthorIndexPage"]
    subpage_types = []
    page_description = _("A person who writes for the journal.")

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    edit_handler = page_handler(author_panels, author_shared_panels)

    def mirror_source(self):
        """Copy the name to languages that have none, then do as every page does."""
        written = self.languages_written()
        for language in available_languages():
            if written and not self.text_in("headline", language):
                self.set_text("headline", language, self.text_in("headline", written[0]))
        super().mirror_source()

    @property
    def name(self):
        """The name in the active language, if it has one in it."""
        return self.headline or self.title

    @property
    def portrait(self):
        """The :class:`Figure` of the photo, or ``None``; its alternative text is the name."""
        return figure(self.photo, alt=self.name)

    @cached_property
    def elsewhere(self):
        """The links to other sites of this person, in order."""
        return list(self.links.all())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        attach_renditions([self.photo])
        context["articles"] = paginate(request, self.listed_in(active_language()))
        context["co_authors"] = AuthorPage.objects.writing_with(self, CO_AUTHORS)
        context["translations"] = self.translations_in(active_language())
        return context

    def listed_in(self, language):
        """The articles listed here that are visible in ``language``, newest first."""
        return ArticleList(language, original_id(self), on_site_of=self)

    def translations_in(self, language):
        """The articles this person translated into ``language``, newest first, with addresses.

        They are kept in memory until lists of the language change. An author that is previewed
        before it is first saved has none.
        """
        if not original_id(self):
            return []
        key = (original_id(self), root_path_above(self), language)
        return _translations.get(key, [f"list:{language}"], lambda: self._translated(language))

    def _translated(self, language):
        articles = ArticlePage.objects.visible_in(language).gathered_for(self)
        translated = articles.translated_by(self, language).newest_first().with_addresses()
        texts = (column(name, language) for name in TRANSLATION_TEXTS)
        return list(translated.only(*TRANSLATION_COLUMNS, *texts)[:TRANSLATIONS_SHOWN])


class AuthorLink(Orderable):
    """A link to another site of an author."""

    author = ParentalKey(AuthorPage, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=50)
    url = models.URLField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.label
