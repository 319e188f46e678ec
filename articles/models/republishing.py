"""The text of an article to copy, at an address of its own, for those who may republish it."""

from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from wagtail.blocks import StreamValue
from wagtail.url_routing import RouteResult

from articles.cards import attach_people_and_topics
from articles.languages.available import active_language
from articles.models.settings import JournalSettings

#: The last part of the address, and the path below that of the article.
SEGMENT = "republish"
PATH = f"/{SEGMENT}/"
#: Blocks that are left out: pictures have licences of their own, pull quotes say a sentence twice.
PICTURES, LEFT_OUT = ("image", "gallery"), ("image", "gallery", "pull_quote", "article")


class RepublishingMixin(models.Model):
    """Serves the text of an article to copy where the journal states a licence.

    It comes after ``MultilingualPageMixin`` in the bases of a model.
    """

    republish_template = "diptych/republish.html"

    class Meta:
        abstract = True

    def url_to_republish(self, request=None):
        """The address of the text to copy; ``None`` outside of a site."""
        url = self.get_url(request)
        if url is None:
            return None
        end = "/" if url.endswith("/") else ""
        return f"{url.rstrip('/')}/{SEGMENT}{end}"

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

    def get_context_to_republish(self, request):
        """The context of the page; ``body`` is without pictures and links to other articles."""
        stored = list(self.body.raw_data) if self.body else []
        shown = [each for each in stored if each["type"] not in LEFT_OUT]
        block = self.body.stream_block
        attach_people_and_topics([self])
        return {
            **super().get_context(request),
            "body": block.as_read(StreamValue(block, shown, is_lazy=True), {}),
            "has_pictures": bool(self.hero_image_id)
            or any(each["type"] in PICTURES for each in stored),
        }

    def get_cached_paths(self):
        return [*super().get_cached_paths(), PATH]
