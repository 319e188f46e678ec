"""Structured data of articles."""

from articles.images.pictures import HERO
from articles.languages.content import count_words, texts_of
from articles.languages.sites import absolute
from themes.dates import iso_datetime
from themes.pictures import sources_of
from themes.structured_data.journal import organization
from themes.structured_data.people import person


def news_article(page, request, head, publisher):
    """The ``NewsArticle`` of ``page`` in the active language."""
    language = publisher.language
    translator = page.text_in("translator", language)
    authors = [person(entry.author, request) for entry in page.byline]
    data = {
        "@type": "NewsArticle",
        "@id": _id_at(head.canonical),
        "url": head.canonical,
        "mainEntityOfPage": head.canonical,
        "headline": page.headline,
        "description": head.description,
        "inLanguage": language,
        "datePublished": iso_datetime(page.published_at),
        "dateModified": iso_datetime(page.last_update or page.published_at),
        "image": _images(page, request, head),
        "author": authors or [organization(publisher)],
        "publisher": organization(publisher),
        "isPartOf": {"@id": publisher.website_id},
        "isAccessibleForFree": True,
        **_versions(page, head, language),
    }
    if translator is not None:
        data["translator"] = person(translator, request)
    if page.topics_shown:
        data["articleSection"] = [topic.headline for topic in page.topics_shown]
    if page.body:
        stored = list(page.body.raw_data)
        data["wordCount"] = sum(map(count_words, texts_of(page.body.stream_block, stored)))
    return data


def _id_at(address):
    return f"{address}#article"


def _images(page, request, head):
    """The URLs of the image of link previews and of the hero image in its own proportions."""
    urls = [head.picture.url]
    sources = sources_of(page.hero, HERO) if page.hero else None
    if sources:
        urls.append(absolute(sources["fallback"].url, request))
    return list(dict.fromkeys(urls))


def _versions(page, head, language):
    """The source of a translation, or the translations of a source."""
    source = page.source_language
    others = {each["lang_code"]: each["location"] for each in head.alternates}
    others.pop(language, None)
    versions = {code: _version(page, code, url) for code, url in others.items()}
    if language != source:
        return {"translationOfWork": versions[source]} if source in versions else {}
    return {"workTranslation": list(versions.values())} if versions else {}


def _version(page, language, address):
    return {
        "@type": "NewsArticle",
        "@id": _id_at(address),
        "url": address,
        "headline": page.text_in("headline", language),
        "inLanguage": language,
    }
