"""The text of an article to copy, at an address of its own, for those who may republish it."""

from django.http import Http404
from django.template.response import TemplateResponse
from wagtail.url_routing import RouteResult

from diptych.articles.languages.config.language_config import active_language
from diptych.articles.models.served_below import ServedBelowMixin
from diptych.articles.models.settings import JournalSettings

#: The last part of the address.
SEGMENT = "republish"


class RepublishingMixin(ServedBelowMixin):
    """Serves the text of an article to copy where the journal states a licence.

    It comes after ``MultilingualPageMixin`` in the bases of a model, which has no pages below its
    own and implements :meth:`get_context_to_republish`.
    """

    republish_template = "diptych/republish.html"

    class Meta:
        abstract = True

    def url_to_republish(self, request=None):
        """The address of the text to copy; ``None`` outside of a site."""
        return self.url_below(SEGMENT, request)

    def route(self, request, path_components):
        if path_components == [SEGMENT]:
            return RouteResult(self, kwargs={"to_republish": True})
        return super().route(request, path_components)

    def serve(self, request, *args, to_republish=False, **kwargs):
        if not to_republish:
            return super().serve(request, *args, **kwargs)
        has_licence = JournalSettings.for_request(request).licence
        if not has_licence or not self.is_visible_in(active_language()):
            raise Http404
        context = self.get_context_to_republish(request)
        return TemplateResponse(request, self.republish_template, context)

    @classmethod
    def paths_below(cls, language):
        return [*super().paths_below(language), f"/{SEGMENT}/"]
