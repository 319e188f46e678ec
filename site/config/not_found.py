"""Middleware that renders the journal's own 404 page in debug mode."""

from django.http import Http404
from django.views.defaults import page_not_found


class OwnNotFoundMiddleware:
    """Replaces Django's technical 404 page of debug mode by the template of readers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request, Http404())
        return response

    def process_exception(self, request, exception):
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
