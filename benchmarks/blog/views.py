from django.core.paginator import Paginator
from django.shortcuts import render

from benchmarks.blog.models import ArticlePage

PER_PAGE = 12


def search(request):
    """The articles that have the words, the best match first."""
    query = request.GET.get("query", "")
    articles = ArticlePage.objects.live().public().select_related("image")
    results = articles.search(query) if query else ArticlePage.objects.none()
    page = Paginator(results, PER_PAGE).get_page(request.GET.get("page"))
    context = {"search_query": query, "articles": page}
    return render(request, "blog/search.html", context)
