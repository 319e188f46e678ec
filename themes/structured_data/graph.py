"""All that one page says, put together and written so that it can stand in a page."""

import json
from dataclasses import dataclass

from django.utils.safestring import mark_safe
from wagtail.models import Site

from articles.languages.available import active_language
from articles.languages.models.page_language import PageLanguage
from articles.languages.redirects import public_path, root_of
from articles.languages.sites import absolute
from articles.models import ArticlePage, AuthorPage
from themes.navigation import TYPES, navigation_for, page_of
from themes.structured_data.articles import news_article
from themes.structured_data.journal import organization, publisher_of, website
from themes.structured_data.people import profile


@dataclass(frozen=True)
class Step:
    """``url`` has no host."""

    headline: str
    url: str


def trail_to(page, request):
    """The :class:`Step` of each page above ``page`` that can be read, the highest first.

    The front page is left out: it leads every trail and is called what the journal is. The
    sections right below it are known from the menus; only what lies deeper costs a query.
    """
    site = Site.find_for_request(request)
    if site is None or not page.path.startswith(site.root_page.path):
        return []
    first, length, step = len(site.root_page.path), len(page.path), page.steplen
    above = [page.path[:end] for end in range(first + step, length, step)]
    known = {entry.tree_path: entry for entry in navigation_for(request).entries}
    steps = [Step(known[path].headline, known[path].url) for path in above[:1] if path in known]
    return steps + (_steps_at(above[1:], site) if len(above) > 1 else [])


def _steps_at(paths, site):
    root = root_of(site)
    language = active_language()
    rows = (
        PageLanguage.objects.visible_in(language)
        .filter(page__path__in=paths)
        .select_related(*(f"page__{name}" for name in TYPES))
        .order_by("page__path")
    )
    return [
        Step(page_of(row).text_in("headline", language), public_path(language, row.url_path, root))
        for row in rows
        if root is not None
    ]


#: Letters that could end the block, or begin another; JSON has other ways to write them.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data_of(page, request, head, settings, listed=None):
    """The text of the block for ``page``, whose head is ``head``; safe to print.

    ``listed`` is the page of a list that is shown.
    """
    publisher = publisher_of(request, settings)
    graph = [organization(publisher), website(publisher, request)]
    if head.canonical != publisher.home:
        steps = [(step.headline, absolute(step.url, request)) for step in trail_to(page, request)]
        graph.append(_page(page, request, head, publisher, listed))
        graph.append(_breadcrumbs(publisher, [*steps, (page.headline, head.canonical)]))
    return _printed(graph)


def structured_data_of_view(request, head, settings):
    """The text of the block for what is no page of the tree, as the search; safe to print."""
    publisher = publisher_of(request, settings)
    return _printed(
        [
            organization(publisher),
            website(publisher, request),
            _web_page(head, publisher),
            _breadcrumbs(publisher, [(head.share_title, head.canonical)]),
        ]
    )


def _printed(graph):
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))


def _page(page, request, head, publisher, listed):
    if isinstance(page, ArticlePage):
        return news_article(page, request, head, publisher)
    if isinstance(page, AuthorPage):
        return profile(page, request, head, publisher)
    data = _web_page(head, publisher)
    if listed is not None:
        data["@type"] = "CollectionPage"
    if listed:
        data["mainEntity"] = _items(listed, request)
    return data


def _web_page(head, publisher):
    return {
        "@type": "WebPage",
        "@id": head.canonical,
        "url": head.canonical,
        "name": head.share_title,
        "description": head.description,
        "inLanguage": publisher.language,
        "isPartOf": {"@id": publisher.website_id},
    }


def _items(listed, request):
    """The pages of a list, numbered through all its pages."""
    start = listed.start_index()
    return {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": start + place,
                "url": absolute(each.get_url(request), request),
                "name": each.headline,
            }
            for place, each in enumerate(listed.object_list)
        ],
    }


def _breadcrumbs(publisher, steps):
    """The way to a page: the front page, then ``steps``, names and addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate([(publisher.name, publisher.home), *steps], 1)
        ],
    }
