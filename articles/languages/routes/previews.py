"""Previews of a page in each language."""

from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import override

from diptych.articles.languages.config.fields import readable_columns
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    language_choices,
    language_name,
    translated_language_name,
)


class PreviewsMixin(models.Model):
    """A preview mode of Wagtail for each language."""

    unwritten_template = "diptych_languages/unwritten.html"

    class Meta:
        abstract = True

    @property
    def preview_modes(self):
        return language_choices()

    #: The language a preview opens in, where somebody works on one.
    preview_language = None

    @property
    def default_preview_mode(self):
        """The source language, or the first one in which there is something to see."""
        if self.preview_language:
            return self.preview_language
        written = self.languages_written()
        return written[0] if written else self.source_language

    def language_of_preview(self, mode_name):
        return mode_name if mode_name in available_languages() else self.default_preview_mode

    def make_preview_request(
        self, original_request=None, preview_mode=None, extra_request_attrs=None
    ):
        """As Wagtail's, in the language of the mode: see :class:`LocaleMiddleware`.

        It is that also where a page type has a ``serve_preview`` of its own.
        """
        attributes = {
            **(extra_request_attrs or {}),
            "diptych_preview_language": self.language_of_preview(preview_mode),
        }
        return super().make_preview_request(original_request, preview_mode, attributes)

    def serve_preview(self, request, mode_name):
        with override(self.language_of_preview(mode_name)):
            if self.is_unwritten_in(active_language()):
                response = self._serve_unwritten(request)
            else:
                response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    def is_unwritten_in(self, language):
        """Whether all readable columns of this page are empty in ``language``."""
        columns = readable_columns(type(self), language)
        return not any(getattr(self, name) for name in columns)

    def _serve_unwritten(self, request):
        """Answer that there is nothing to preview, instead of showing a page without words."""
        context = {
            "page": self,
            "language_name": translated_language_name(active_language()),
            "tab_name": language_name(active_language()),
        }
        return TemplateResponse(request, self.unwritten_template, context)
