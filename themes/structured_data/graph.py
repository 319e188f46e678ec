"""The graph of structured data of a page, serialized as JSON-LD."""

import json
from dataclasses import dataclass, field

from django.utils.safestring import mark_safe
from wagtail.models import Site

from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index.sites import absolute
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_path, root_of
from diptych.articles.models import ArticlePage, AuthorPage, PrintIssuePage
from diptych.themes.parts.navigation import TYPES, navigation_for, specific_page_of
from diptych.themes.structured_data.articles import news_article
from diptych.themes.structured_data.journal import (
    Publisher,
    organization,
    publisher_of,
    website,
)
from diptych.themes.structured_data.people import profile
from diptych.themes.structured_data.print_issues import issue_of_page
from diptych.themes.typography.house_style import house_style


@dataclass(frozen=True)
class Breadcrumb:
    """A page above another one; ``url`` is without host."""

    headline: str
    url: str


@dataclass(frozen=True)
class Surroundings:
    """What structured data states beside a page: its site and the pages above it.

    ``steps`` are the :class:`Breadcrumb` of these. Two are equal if they state the same.
    """

    publisher: Publisher = field(compare=False)
    website: dict = field(compare=False)
    stated: str
    steps: tuple


def surroundings_of(page, request, settings):
    """The :class:`Surroundings` of ``page``; ``settings`` are those of the journal."""
    publisher = publisher_of(request, settings)
    site = website(publisher, request)
    steps = tuple(breadcrumb_steps(page, request))
    return Surroundings(publisher, site, f"{publisher}{site}", steps)


def breadcrumb_steps(page, request):
    """A :class:`Breadcrumb` for each visible page above ``page``, from the top down.

    The front page is left out; :func:`_breadcrumbs` adds it under the name of the journal.
    Sections below it are taken from the menus; a query is made for deeper levels only.
    """
    site = Site.find_for_request(request)
    if site is None or not page.path.startswith(site.root_page.path):
        return []
    first, length, step = len(site.root_page.path), len(page.path), page.steplen
    above = [page.path[:end] for end in range(first + step, length, step)]
    known = {entry.tree_path: entry for entry in navigation_for(request).entries}
    steps = [
        Breadcrumb(known[path].headline, known[path].url) for path in above[:1] if path in known
    ]
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
        Breadcrumb(
            specific_page_of(row).text_in("headline", language),
            public_path(language, row.url_path, root),
        )
        for row in rows
        if root is not None
    ]


#: The properties whose texts appear on pages as well, so are typeset in their language.
TYPESET = ("headline", "name", "description", "text", "articleSection")

#: JSON escapes of the characters that could end the script element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data_of(page, request, head, surroundings, listed=None):
    """The JSON-LD of ``page`` as a safe string.

    ``head`` is its :class:`~diptych.themes.head.metadata.Head`, ``surroundings`` its
    :class:`Surroundings`, ``listed`` the paginator's page of a list.
    """
    publisher = surroundings.publisher
    graph = [organization(publisher), surroundings.website]
    if head.canonical != publisher.home:
        steps = [(step.headline, absolute(step.url, request)) for step in surroundings.steps]
        graph.append(_page(page, request, head, publisher, listed))
        graph.append(_breadcrumbs(publisher, [*steps, (page.headline, head.canonical)]))
    return _serialized(graph, house_style(request))


def structured_data_of_view(request, head, settings):
    """The JSON-LD of a view other than a page, such as the search, as a safe string."""
    publisher = publisher_of(request, settings)
    return _serialized(
        [
            organization(publisher),
            website(publisher, request),
            _web_page(head, publisher),
            _breadcrumbs(publisher, [(head.share_title, head.canonical)]),
        ],
        house_style(request),
    )


def _serialized(graph, style):
    graph = [_typeset(node, style) for node in graph]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 <, > and & are escaped


def _typeset(node, style, language=None):
    """A node of the graph with the typography of pages, each part in the language it has."""
    if isinstance(node, list):
        return [_typeset(each, style, language) for each in node]
    if not isinstance(node, dict):
        return node
    said = node.get("inLanguage")
    language = said if isinstance(said, str) else language
    return {
        name: _typeset_text(value, style, language)
        if name in TYPESET
        else _typeset(value, style, language)
        for name, value in node.items()
    }


def _typeset_text(value, style, language):
    if isinstance(value, list):
        return [style.text(each, language) for each in value]
    return style.text(value, language) if value else value


def _page(page, request, head, publisher, listed):
    if isinstance(page, ArticlePage):
        return news_article(page, request, head, publisher)
    if isinstance(page, AuthorPage):
        return profile(page, request, head, publisher)
    if isinstance(page, PrintIssuePage):
        return issue_of_page(page, request, head, publisher)
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
    """The items of a list, with their positions in the whole list."""
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
    """The breadcrumbs to a page: the front page, then ``steps``, pairs of name and URL."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate([(publisher.name, publisher.home), *steps], 1)
        ],
    }
