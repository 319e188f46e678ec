"""The search page of a copy, which the export alone asks for."""

from django.http import Http404
from django.template.response import TemplateResponse

from diptych.articles.lists.open_languages import open_site
from diptych.articles.transfer.static_site.reading import MARK
from diptych.articles.transfer.static_site.search_index import FOLDER


def search(request):
    """The search form, and a place for what a script finds in the index of the language."""
    if MARK not in request.META:
        raise Http404
    open_site(request)
    context = {"view_name": "diptych_search", "index": f"/{FOLDER}/pagefind.js"}
    return TemplateResponse(request, "diptych/static_search.html", context)
