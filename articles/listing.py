from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404

PER_PAGE = 12


def paginate(request, objects, per_page=None):
    """The page of ``objects`` that ``?page=`` asks for; an unknown one is a 404."""
    size = per_page or getattr(settings, "DIPTYCH_ARTICLES_PER_PAGE", PER_PAGE)
    try:
        return Paginator(objects, size).page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
