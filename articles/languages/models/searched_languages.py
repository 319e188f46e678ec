"""A page in one language, as Wagtail's search indexes it."""

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import fallbacks
from wagtail.search import index

from diptych.articles.languages.config.fields import language_of
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.models.page_languages import PageLanguage

#: Search fields with titles: Wagtail's own is in the source language, the other is of drafts.
TITLES = frozenset({"title", "draft_headlines"})


@cache
def types_searched_by_language():
    """The page types that Wagtail's search finds by language."""
    return [
        model
        for model in apps.get_models()
        if getattr(model, "is_searched_by_language", False) and not model._meta.abstract
    ]


class PageInLanguage(index.Indexed, PageLanguage):
    """The live text of a page in one language, by the search fields of its type.

    Search fields of translated fields give the text of the language. Others give what they give
    while that language is active.
    """

    #: A page is saved before all its languages are; the end of the change indexes them.
    search_auto_update = False

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.AutocompleteField("beginnings"),
        index.FilterField("language"),
        index.FilterField("page"),
    ]

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("page in a language")
        verbose_name_plural = _("pages by language")

    @classmethod
    def get_indexed_objects(cls):
        types = [model._meta.label_lower.split(".") for model in types_searched_by_language()]
        chosen = models.Q(pk__in=())
        for app_label, name in types:
            chosen |= models.Q(
                page__content_type__app_label=app_label, page__content_type__model=name
            )
        pages = cls._meta.get_field("page").related_model.objects.specific()
        live = cls.objects.filter(chosen, live=True, language__in=available_languages())
        return live.prefetch_related(Prefetch("page", pages))

    @property
    def title(self):
        return getattr(self.page.specific, column("headline", self.language))

    @property
    def body(self):
        return self._values(index.SearchField)

    @property
    def beginnings(self):
        return [self.title, *self._values(index.AutocompleteField)]

    def _values(self, kind):
        """What the search fields of a ``kind`` give in the language, but for titles."""
        page = self.page.specific
        titles, found = {*TITLES, column("headline", self.language)}, []
        with translation.override(self.language), fallbacks(False):
            for field in page.get_search_fields():
                is_of_language = language_of(type(page), field.field_name) in (None, self.language)
                if is_of_language and field.field_name not in titles:
                    found += _values_of(page, field, kind)
        return found


def _values_of(instance, field, kind):
    """The values of ``instance``, and of related objects, for a search field of a ``kind``."""
    if isinstance(field, index.RelatedFields):
        related = field.get_value(instance)
        if isinstance(related, models.Manager):
            related = related.all()
        elif related is None or isinstance(related, models.Model):
            related = [related] if related else []
        return [
            value
            for each in related
            for inner in field.fields
            for value in _values_of(each, inner, kind)
        ]
    if not isinstance(field, kind):
        return []
    return list(_flat(field.get_value(instance)))


def _flat(value):
    """The values in ``value``, which may be a list or a mapping of others, without empty ones."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from _flat(each)
    elif value not in (None, ""):
        yield value
