from wagtail import views
from wagtail.models import Site

from articles.languages.available import active_language
from articles.languages.pages import LanguagePageMixin
from articles.languages.routing import find_below_root


def serve(request, path):
    """Serve the page at ``path``; as Wagtail does, once the page is found.

    A project's own front page may know nothing of languages: what stands below it is found
    by its address in the language asked for, before Wagtail looks for slugs level by level.
    """
    site = Site.find_for_request(request)
    components = [component for component in path.split("/") if component]
    if site and components and not issubclass(site.root_page.specific_class, LanguagePageMixin):
        match = find_below_root(site.root_page, components, active_language())
        if match:
            route = match.page.specific.route(request, match.remaining)
            request._wagtail_route_for_request = route
    return views.serve(request, path)
