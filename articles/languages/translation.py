"""Registers the fields of the mixin; django-modeltranslation finds this module by its name."""

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.utils.translation import gettext as _
from modeltranslation.translator import TranslationOptions

from diptych.articles.languages.config.language_config import available_languages, column


class MultilingualPageOptions(TranslationOptions):
    """Translation options of every page type; subclasses add their own fields.

    Without fallback, whatever the settings of the project: a field that is empty in a language
    never shows the text of another one.
    """

    fields = (
        "headline",
        "url_slug",
        "meta_title",
        "meta_description",
        "is_public",
        "publish_requested",
        "first_public_at",
        "last_public_at",
        "updated_at",
        "provenance",
    )
    fallback_languages = {"default": ()}

    def __init__(self, model):
        super().__init__(model)
        for name in self.fields:
            for language in available_languages():
                if _is_declared(model, column(name, language)):
                    raise ImproperlyConfigured(
                        _(
                            "%(model)s has a field %(column)s of its own, which is the name of the"
                            " column of “%(name)s” for %(language)s. Rename it."
                        )
                        % {
                            "model": model._meta.label,
                            "column": column(name, language),
                            "name": name,
                            "language": language,
                        }
                    )


def _is_declared(model, name):
    try:
        return not hasattr(model._meta.get_field(name), "translated_field")
    except FieldDoesNotExist:
        return False
