from django.core.paginator import Paginator
from django.shortcuts import render
from wagtail.models import Page

from diptych.articles.languages import MultilingualPageQuerySet


def search(request):
    pages = MultilingualPageQuerySet(Page).specific()
    results = pages.search(request.GET.get("query", ""))
    context = {"results": Paginator(results, 10).get_page(request.GET.get("page"))}
    return render(request, "enginehost/search.html", context)
