"""Structured data of print issues."""

from diptych.articles.languages.index.sites import absolute
from diptych.themes.pictures.figures import sources_of


def publication_issue(address, headline, number, published):
    """The ``PublicationIssue`` at ``address``, a URL."""
    data = {"@type": "PublicationIssue", "@id": f"{address}#issue", "url": address}
    data["name"] = headline
    if number:
        data["issueNumber"] = number
    if published:
        data["datePublished"] = published.isoformat()
    return data


def issue_of_page(page, request, head, publisher):
    """The ``PublicationIssue`` of a page, with its cover."""
    data = publication_issue(head.canonical, page.headline, page.number, page.publication_date)
    data["description"] = head.description
    data["inLanguage"] = publisher.language
    data["isPartOf"] = {"@id": publisher.website_id}
    sources = sources_of(page.cover_figure, "cover") if page.cover_figure else None
    if sources:
        data["image"] = absolute(sources["fallback"].url, request)
    return data
