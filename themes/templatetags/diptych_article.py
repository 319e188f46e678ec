"""Template tags for articles and the blocks of bodies."""

import re
from urllib.parse import quote, urlencode

from django import template
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import (
    active_language,
    translated_language_name,
)
from diptych.articles.linguistics.quotations import within_quotation
from diptych.articles.models.settings import SHARE_LINKS
from diptych.articles.richtext.portable import portable
from diptych.articles.syndication import citations
from diptych.themes.parts import rich_text, table_of_contents, tables
from diptych.themes.parts.side_by_side import rows_of
from diptych.themes.pictures import embeds
from diptych.themes.templatetags.diptych_theme import journal, journal_name

register = template.Library()

#: The end of a block, and the space behind it.
BETWEEN_BLOCKS = re.compile(r"(</(?:p|h\d|li|ul|ol|tr|table|figure|blockquote|aside|pre)>)\s+")
#: URL templates of the share links by code, without scripts or tracking. ``{both}`` is the
#: headline followed by the URL, ``{message}`` the body of an e-mail.
SHARE_URLS = {
    "mail": "mailto:?subject={headline}&body={message}",
    "whatsapp": "https://wa.me/?text={both}",
    "telegram": "https://t.me/share/url?url={url}&text={headline}",
    "bluesky": "https://bsky.app/intent/compose?text={both}",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "reddit": "https://www.reddit.com/submit?url={url}&title={headline}",
    "x": "https://x.com/intent/post?text={headline}&url={url}",
}


@register.simple_tag
def rich_texts(stream, prefix=""):
    """The :class:`~diptych.themes.parts.rich_text.RichTexts` of ``stream``, for ``rich``; collects
    the notes.
    """
    return rich_text.RichTexts(stream, prefix)


@register.simple_tag(takes_context=True)
def rich(context, value):
    """A rich text as HTML; with ``rich_texts`` in the context its footnotes are numbered."""
    source = getattr(value, "source", value) or ""
    texts = context.get("rich_texts")
    return texts.html_of(source) if texts else rich_text.html_with_notes_inside(source)


@register.simple_tag
def number_columns(table):
    """The indexes of the columns of a table that hold numbers."""
    return tables.number_columns(table)


@register.simple_tag
def sections(stream):
    """The entries of the table of contents; empty if there are few."""
    return table_of_contents.sections_of(stream)


@register.simple_tag
def side_by_side(here, there, pairs, language):
    """The rows of two bodies; see :func:`diptych.themes.parts.side_by_side.rows_of`."""
    return list(rows_of(here, there, pairs, language))


@register.simple_tag(takes_context=True)
def texts_beside(context, page):
    """``name`` and ``url`` of each language to show side by side with this one, ``own_name``."""
    request, own_name = context.get("request"), translated_language_name(active_language())
    if getattr(request, "is_preview", False):
        return []
    return [
        {
            "name": translated_language_name(code),
            "own_name": own_name,
            "url": page.side_by_side_url(code, request),
        }
        for code in page.side_by_side_languages
    ]


@register.simple_tag(takes_context=True)
def one_language_links(context, page, other):
    """``code``, ``name`` and ``url`` of ``page`` alone in the active language, and ``other``."""
    return [
        {
            "code": code,
            "name": translated_language_name(code),
            "url": page.url_in(code, context.get("request")),
        }
        for code in (active_language(), other)
    ]


@register.simple_tag
def embedded(url):
    """The :class:`~diptych.themes.pictures.embeds.Embed` of a URL."""
    return embeds.embed_of(str(url or ""))


@register.inclusion_tag("diptych/components/share.html", takes_context=True)
def share(context, page):
    """Links that share an article on other sites; none in a preview, where it has no URL."""
    settings, request = journal(context), context.get("request")
    url = page.full_url_in(active_language(), request)
    if settings is None or not url:
        return {"url": ""}
    values = _share_values(page, url, journal_name(context))
    links = [
        {"label": label, "url": SHARE_URLS[code].format(**values)}
        for code, label in SHARE_LINKS
        if code in (settings.share_links or ()) and code in SHARE_URLS
    ]
    return {"url": url, "links": links}


@register.inclusion_tag("diptych/components/reuse.html", takes_context=True)
def reuse(context, page):
    """How an article is cited and republished, and where errors in it are reported to.

    Nothing in a preview, where it has no URL.
    """
    settings, request = journal(context), context.get("request")
    is_shown = settings is not None and page.is_visible_in(active_language())
    if not is_shown or getattr(request, "is_preview", False):
        return {"citation": None}
    terms = _terms_of(page, request, settings)
    return {
        **terms,
        "files": citations.files_of(page),
        "republish_url": settings.licence and page.url_to_republish(request),
        "report_url": _report_url(settings.errors_email, terms["citation"]),
    }


@register.simple_tag(takes_context=True)
def republication(context, page):
    """The ``citation`` of ``page``; the ``licence`` of the journal, and ``licence_link`` to it."""
    return _terms_of(page, context["request"], journal(context))


@register.filter
def html_to_copy(html, address):
    """``html`` of the page at ``address`` as plain HTML without pictures, escaped to be read."""
    return escape(BETWEEN_BLOCKS.sub(r"\1\n", portable(html, address, to_republish=True)))


def _terms_of(page, request, settings):
    return {
        "citation": citations.citation_of(page, request, settings),
        "licence": settings.licence,
        "licence_link": _licence_link(settings),
    }


def _licence_link(settings):
    """The licence of the journal as a link, or its name alone where it has no address."""
    name, url = settings.licence, settings.licence_url
    return format_html('<a href="{}" rel="license">{}</a>', url, name) if url else name


def _report_url(address, citation):
    """The address of an e-mail about an error in an article; empty without ``address``."""
    if not address or citation is None:
        return ""
    subject = _("Error in “%(title)s”") % {"title": within_quotation(citation.title)}
    values = {"subject": subject, "body": f"{citation.url}\r\n\r\n"}
    return f"mailto:{quote(address, safe='@')}?{urlencode(values, quote_via=quote)}"


def _share_values(page, url, name):
    """The quoted values of the placeholders in ``SHARE_URLS``; ``name`` is that of the journal."""
    headline = page.text_in("headline", active_language()) or ""
    # Translators: opens an e-mail in which a reader shares an article.
    introduction = _("An article in %(journal)s:") % {"journal": name}
    values = {
        "url": url,
        "headline": headline,
        "both": f"{headline} {url}",
        "message": f"{introduction}\r\n\r\n{headline}\r\n{url}\r\n",
    }
    return {name: quote(value, safe="") for name, value in values.items()}
