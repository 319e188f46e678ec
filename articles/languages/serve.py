from wagtail import views
from wagtail.models import Site

from articles.languages.available import active_language
from articles.languages.routing import find_below_root
from articles.languages.serving import follow


def serve(request, path):
    """Serve the page at ``path``; as Wagtail does, once the page is found.

    What stands below the front page is found by its address in the language asked for, so
    that neither the front page nor the levels between are fetched, and a front page that
    knows nothing of languages has translated pages below it all the same.
    """
    site = Site.find_for_request(request)
    components = [component for component in path.split("/") if component]
    if site and components:
        match = find_below_root(site.root_page, components, active_language())
        if match:
            request._wagtail_route_for_request = follow(request, match)
    return views.serve(request, path)
