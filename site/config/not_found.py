"""The journal's own page for what does not exist, where DEBUG would show Django's."""

from django.http import Http404
from django.views.defaults import page_not_found


class OwnNotFoundMiddleware:
    """Let the demo answer a wrong address as a reader would see it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request, Http404())
        return response

    def process_exception(self, request, exception):
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
