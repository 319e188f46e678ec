"""Structured data of authors and translators."""

from django.utils.html import strip_tags
from wagtail.rich_text import get_text_for_indexing

from diptych.articles.languages.config.language_config import active_language
from diptych.themes.dates import iso_datetime

#: The greatest length of the name of a job, in characters.
LONGEST_JOB = 60


def person(author, request):
    """The ``Person`` of ``author``, with the URL of their page if it is visible."""
    data = {"@type": "Person", "name": author.headline or author.title}
    if author.is_visible_in(active_language()):
        url = author.full_url_in(active_language(), request)
        data |= {"@id": f"{url}#person", "url": url}
    return data


def is_job(role):
    """Whether ``role`` is the name of a role, not a sentence."""
    role = (role or "").strip()
    is_sentence = role.endswith((".", "!", "?", "…")) or ". " in role
    return bool(role) and not is_sentence and len(role) <= LONGEST_JOB


def profile(author, request, head, publisher):
    """The ``ProfilePage`` of ``author``."""
    address = head.canonical.partition("?")[0]
    entity = person(author, request) | {"@id": f"{address}#person", "url": address}
    if author.portrait is not None:
        entity["image"] = head.picture.url
    if is_job(author.role):
        entity["jobTitle"] = author.role
    biography = strip_tags(get_text_for_indexing(str(author.biography or "")))
    if biography or author.role:
        entity["description"] = biography or author.role
    elsewhere = [link.url for link in author.elsewhere]
    if elsewhere:
        entity["sameAs"] = elsewhere
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
        "mainEntity": entity,
        **{name: iso_datetime(moment) for name, moment in dates.items() if moment},
    }
