"""Structured data of articles."""

from diptych.articles.images.pictures import HERO, SEARCH_RESULT
from diptych.articles.images.renditions import recorded_renditions
from diptych.articles.languages.config.content import count_words, plain, texts_of
from diptych.articles.languages.index.sites import absolute
from diptych.themes.dates import iso_datetime
from diptych.themes.pictures.figures import sources_of
from diptych.themes.pictures.rendition_specs import SEARCH_RESULT_SPECS
from diptych.themes.pictures.renditions import enqueue_missing_renditions
from diptych.themes.structured_data.journal import organization
from diptych.themes.structured_data.people import person
from diptych.themes.structured_data.print_issues import publication_issue


def news_article(page, request, head, publisher):
    """The ``NewsArticle`` of ``page`` in the active language."""
    language = publisher.language
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
        "isPartOf": _wholes(page, request, publisher),
        "isAccessibleForFree": True,
        **_versions(page, head, language),
    }
    if page.translator_shown is not None:
        data["translator"] = person(page.translator_shown, request)
    if page.audio is not None:
        data["audio"] = _audio(page.audio, request, language)
    if corrections := [_correction(each.value, language) for each in page.corrections_read]:
        data["correction"] = corrections
    if publisher.licence:
        data["license"] = publisher.licence
    if page.topics_shown:
        data["articleSection"] = [topic.headline for topic in page.topics_shown]
    if page.body:
        stored = list(page.body.raw_data)
        data["wordCount"] = sum(map(count_words, texts_of(page.body.stream_block, stored)))
    return data


def _audio(recording, request, language):
    return {
        "@type": "AudioObject",
        "contentUrl": absolute(recording.url, request),
        "encodingFormat": recording.media_type,
        "contentSize": str(recording.size),
        "inLanguage": language,
    }


def _correction(value, language):
    return {
        "@type": "CorrectionComment",
        "datePublished": value["date"].isoformat(),
        "text": plain(value["text"].source),
        "inLanguage": language,
    }


def _wholes(page, request, publisher):
    """The website, and the print issues that the article appeared in."""
    website = {"@id": publisher.website_id}
    issues = [
        publication_issue(absolute(each.url, request), each.headline, each.number, each.published)
        for each in page.printed_in
    ]
    return [website, *issues] if issues else website


def _id_at(address):
    return f"{address}#article"


def _images(page, request, head):
    """The URLs of the image of link previews and of the hero image.

    The latter in its own proportions, and in those that search engines ask for: 16 to 9, 4 to 3,
    and square. These are made in the background if they are missing.
    """
    urls = [head.picture.url]
    if page.hero is None or page.hero.image.is_svg():
        return urls
    sources = sources_of(page.hero, HERO)
    shown = [sources["fallback"]] if sources else []
    recorded = recorded_renditions(page.hero.image)
    if not all(spec in recorded for spec in SEARCH_RESULT_SPECS):
        enqueue_missing_renditions(page.hero.image, SEARCH_RESULT)
    shown += [recorded[spec] for spec in SEARCH_RESULT_SPECS if spec in recorded]
    return list(dict.fromkeys([*urls, *(absolute(each.url, request) for each in shown)]))


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
