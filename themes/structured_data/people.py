"""Authors and translators."""

from django.utils.html import strip_tags
from wagtail.rich_text import get_text_for_indexing

from articles.languages.available import active_language
from themes.dates import for_machines


def person(author, request):
    """``author`` with a link to their page, where that can be read."""
    data = {"@type": "Person", "name": author.headline or author.title}
    if author.is_visible_in(active_language()):
        url = author.full_url_in(active_language(), request)
        data |= {"@id": f"{url}#person", "url": url}
    return data


def profile(author, request, head, publisher):
    """The page of ``author``, who is its main entity."""
    address = head.canonical.partition("?")[0]
    someone = person(author, request) | {"@id": f"{address}#person", "url": address}
    if author.portrait is not None:
        someone["image"] = head.picture.url
    if author.role:
        someone["jobTitle"] = author.role
    biography = strip_tags(get_text_for_indexing(str(author.biography or "")))
    if biography:
        someone["description"] = biography
    elsewhere = [link.url for link in author.elsewhere]
    if elsewhere:
        someone["sameAs"] = elsewhere
    language = publisher.language
    dates = {
        "dateCreated": author.text_in("first_public_at", language),
        "dateModified": author.text_in("updated_at", language)
        or author.text_in("first_public_at", language),
    }
    return {
        "@type": "ProfilePage",
        "@id": head.canonical,
        "url": head.canonical,
        "name": head.share_title,
        "inLanguage": language,
        "isPartOf": {"@id": publisher.website_id},
        "mainEntity": someone,
        **{name: for_machines(moment) for name, moment in dates.items() if moment},
    }
