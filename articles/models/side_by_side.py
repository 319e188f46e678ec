"""Pages shown in two languages side by side, each pair at a URL of its own."""

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from wagtail.url_routing import RouteResult

from diptych.articles.languages.config.fields import served_columns
from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.index.querysets import plain
from diptych.articles.models.served_below import ServedBelowMixin


def _segment(language, other):
    """The last part of the address; that of the other language has them the other way round."""
    return f"{language}-{other}"


def side_by_side_paths(language):
    """The subpaths of a page in ``language`` that show it side by side with another language."""
    return [f"/{_segment(language, code)}/" for code in available_languages() if code != language]


class SideBySideMixin(ServedBelowMixin):
    """Serves a page side by side with its text in another language, at a subpath of its URL.

    It comes after ``MultilingualPageMixin`` in the bases of a model, which has no pages below its
    own and implements :meth:`get_context_side_by_side`.
    """

    side_by_side_template = "diptych/side_by_side.html"

    class Meta:
        abstract = True

    @property
    def side_by_side_languages(self):
        """The languages that can be shown side by side with the active one."""
        active, live = active_language(), self.live_languages
        return [code for code in live if code != active] if active in live else []

    def side_by_side_url(self, language, request=None):
        """The URL of the page with ``language`` and the active one; ``None`` outside of a site."""
        return self.url_below(_segment(active_language(), language), request)

    def route(self, request, path_components):
        active = active_language()
        for code in available_languages():
            if code != active and path_components == [_segment(active, code)]:
                return RouteResult(self, kwargs={"other_language": code})
        return super().route(request, path_components)

    def serve(self, request, *args, other_language=None, **kwargs):
        if other_language is None:
            return super().serve(request, *args, **kwargs)
        if not self.is_live_in(other_language):
            # A temporary redirect, as the language may be published again.
            return HttpResponseRedirect(self.get_url(request))
        context = self.get_context_side_by_side(request, other_language)
        return TemplateResponse(request, self.side_by_side_template, context)

    def with_texts_in(self, language):
        """This page as stored, with the columns that its readers in ``language`` need."""
        model = type(self)
        return plain(model).only(*served_columns(model, language)).get(pk=self.pk)

    @classmethod
    def paths_below(cls, language):
        return [*super().paths_below(language), *side_by_side_paths(language)]
