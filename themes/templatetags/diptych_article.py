"""The tags of an article's page and of the blocks within a text."""

from django import template

from articles.languages.available import active_language
from themes import contents, embeds, rich_text, sharing
from themes.templatetags.diptych_theme import journal, journal_name

register = template.Library()


@register.simple_tag
def rich_texts(stream):
    """What shows the rich texts of ``stream`` in its blocks, and then has their ``notes``."""
    return rich_text.RichTexts(stream)


@register.simple_tag(takes_context=True)
def rich(context, value):
    """A rich text of a block; its notes are numbered where a list of them follows."""
    source = getattr(value, "source", value) or ""
    texts = context.get("rich_texts")
    return texts.html_of(source) if texts else rich_text.html_with_notes_inside(source)


@register.simple_tag
def sections(stream):
    """The sections of a text with their anchors, where there are enough for a list."""
    return contents.sections_of(stream)


@register.simple_tag
def embedded(url):
    """What there is to show at an address of another site, and who keeps it."""
    return embeds.embed_of(str(url or ""))


@register.inclusion_tag("diptych/components/share.html", takes_context=True)
def share(context, page):
    """Links for sending the article on; none in a preview, where it has no address yet."""
    settings, request = journal(context), context.get("request")
    url = page.full_url_in(active_language(), request)
    if settings is None or not url:
        return {"url": ""}
    links = sharing.share_links(page, url, settings.share_links or (), journal_name(context))
    return {"url": url, "links": links}
