"""Read what pages say to machines, and check it against what schema.org's users ask for."""

import json
from datetime import date, datetime
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

#: What each type needs: by Google's documentation of its results, and to mean anything at all.
REQUIRED = {
    "AudioObject": {"contentUrl", "encodingFormat", "inLanguage"},
    "BreadcrumbList": {"itemListElement"},
    "CollectionPage": {"name", "url", "inLanguage"},
    "CorrectionComment": {"datePublished", "text", "inLanguage"},
    "EntryPoint": {"urlTemplate"},
    "ImageObject": {"url", "width", "height"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "NewsArticle": {"headline", "url", "inLanguage"},
    "Organization": {"name", "url", "logo"},
    "Person": {"name"},
    "ProfilePage": {"mainEntity", "url", "inLanguage"},
    "PublicationIssue": {"name", "url"},
    "SearchAction": {"target", "query-input"},
    "WebPage": {"name", "url", "inLanguage"},
    "WebSite": {"name", "url", "inLanguage", "potentialAction"},
}
#: What the article of the page itself needs, beside what one that is only mentioned does.
OF_ARTICLE = {
    "author",
    "dateModified",
    "datePublished",
    "description",
    "image",
    "isAccessibleForFree",
    "mainEntityOfPage",
    "publisher",
}
ADDRESSES = ("url", "item", "image", "logo", "@id", "sameAs")
DATES = ("datePublished", "dateModified", "dateCreated")
#: What has a day, and no time of it.
OF_A_DAY = ("CorrectionComment", "PublicationIssue")


def graph_of(html):
    """The entities of the one block of structured data in a page, by type."""
    (block,) = BeautifulSoup(html, "lxml").select('script[type="application/ld+json"]')
    data = json.loads(block.string)
    assert data["@context"] == "https://schema.org"
    return {entity["@type"]: entity for entity in data["@graph"]}


def schema_faults(graph):
    """What is missing or malformed in ``graph``; empty when nothing is."""
    faults = []
    if "NewsArticle" in graph:
        lacking = OF_ARTICLE - graph["NewsArticle"].keys()
        faults += [f"The article has no {name}." for name in lacking]
    for entity in graph.values():
        faults += _faults(entity)
    return faults


def _faults(value, name="", of=""):
    """The faults of ``value``, which is ``name`` of an entity of the type ``of``."""
    if isinstance(value, list):
        return [fault for each in value for fault in _faults(each, name, of)]
    if not isinstance(value, dict):
        return _faults_of_text(value, name, of)
    faults = []
    if "@type" in value:
        needed = REQUIRED.get(value["@type"])
        if needed is None:
            return [f"{value['@type']} is not known."]
        faults += [f"{value['@type']} has no {each}." for each in needed if not value.get(each)]
        if value["@type"] in ("ItemList", "BreadcrumbList"):
            faults += _faults_of_order(value["itemListElement"])
    kind = value.get("@type", "")
    return faults + [fault for key, each in value.items() for fault in _faults(each, key, kind)]


def _faults_of_text(value, name, of):
    if value in ("", None):
        return [f"{name} is empty."]
    if name in ADDRESSES and not (urlsplit(value).scheme and urlsplit(value).netloc):
        return [f"{name} is no address: {value}"]
    if name in DATES:
        return _faults_of_date(value, name, of)
    return []


def _faults_of_date(value, name, of):
    try:
        if of in OF_A_DAY:
            date.fromisoformat(value)
        elif datetime.fromisoformat(value).tzinfo is None:
            return [f"{name} has no time zone: {value}"]
    except ValueError:
        return [f"{name} is no date: {value}"]
    return []


def _faults_of_order(elements):
    positions = [each["position"] for each in elements]
    first = positions[0] if positions else 1
    right = list(range(first, first + len(positions)))
    return [] if positions == right else [f"Out of order: {positions}"]
