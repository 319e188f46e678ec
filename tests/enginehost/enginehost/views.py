from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path
from wagtail.models import Page

from diptych.articles.languages import MultilingualPageQuerySet


def search(request):
    search_query = request.GET.get("query", "")
    search_results = MultilingualPageQuerySet(Page).specific().search(search_query)
    results = Paginator(search_results, 10).get_page(request.GET.get("page"))
    return render(request, "enginehost/search.html", {"results": results})


urlpatterns = [path("", search)]
