"""The tags of the journal's templates; each hands over to the module that does the work."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import template_localtime
from wagtail.models import Site

from articles.languages.available import active_language
from articles.models import JournalSettings
from themes import (
    colours,
    dates,
    head,
    navigation,
    originals,
    pictures,
    stylesheets,
    switch,
)

register = template.Library()

#: The blocks that begin with a picture.
PICTURE_BLOCKS = ("image", "gallery")


@register.simple_tag
def theme_stylesheets():
    """The addresses of the stylesheets, in order."""
    return [static(path) for path in stylesheets.stylesheets()]


@register.simple_tag(takes_context=True)
def journal(context):
    """The settings of the journal of this site, or ``None`` where there is no site."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return None
    return JournalSettings.for_request(request)


@register.simple_tag(takes_context=True)
def journal_name(context):
    """The name of the journal in the language spoken now, else that of the site."""
    settings = journal(context)
    if settings is None:
        return ""
    site = Site.find_for_request(context["request"])
    return settings.name or site.site_name or site.hostname


@register.simple_tag(takes_context=True)
def site_navigation(context):
    return navigation.navigation_for(context["request"])


@register.simple_tag(takes_context=True)
def language_switch(context, page=None, view_name=None):
    return switch.switch_entries(context["request"], page, view_name)


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def language_head(context, page):
    return {"head": head.head_of(page, context["request"], journal_name(context))}


@register.inclusion_tag("diptych/components/translation_note.html", takes_context=True)
def translation_note(context, page):
    """On a translation: from which language and by whom, and whether the original has changed."""
    settings = journal(context)
    tells_changes = settings is None or settings.outdated_notice
    return {"note": originals.note_of(page, context.get("request"), tells_changes)}


@register.inclusion_tag("diptych/components/picture.html")
def picture(figure, part, eager=False, alt=None):
    """A ``<picture>`` in three formats and several sizes.

    ``eager`` is for the first picture of a page, which the browser then fetches before others.
    ``alt`` replaces the figure's own, for a picture that stands beside its own title.
    """
    sources = pictures.sources_of(figure, part) if figure else None
    return {
        "picture": sources,
        "alt": (figure.alt if alt is None else alt) if figure else "",
        "eager": eager,
    }


@register.simple_tag(takes_context=True)
def person_link(context, person):
    """The name of an author, linked to their page where that can be read."""
    name = person.headline or person.title
    if not readable(person):
        return name
    return format_html('<a href="{}">{}</a>', person.get_url(context.get("request")), name)


@register.simple_tag
def printed_date(moment):
    """A ``<time>`` that says the date of ``moment`` in words."""
    moment = template_localtime(moment)
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(), dates.date_in_words(moment)
    )


@register.filter
def topic_colour(topic):
    return colours.colour_of(topic)


@register.filter
def readable(page):
    """Whether any visitor can open a page in the language spoken now."""
    return page is not None and page.is_visible_in(active_language())


@register.simple_tag(takes_context=True)
def laid_out(context, stream):
    """The blocks of ``stream``, each with ``anchor`` and ``eager``.

    ``anchor`` is that of a heading, numbered when it is repeated. ``eager`` marks the block with
    the first picture of the page; where ``has_hero`` is set, a picture stands above the text.
    """
    seen, has_picture, items = {}, bool(context.get("has_hero")), []
    for block in stream:
        anchor = ""
        if block.block_type == "heading":
            anchor = block.value.anchor
            seen[anchor] = seen.get(anchor, 0) + 1
            if seen[anchor] > 1:
                anchor = f"{anchor}-{seen[anchor]}"
        eager = not has_picture and block.block_type in PICTURE_BLOCKS
        has_picture = has_picture or eager
        items.append({"block": block, "anchor": anchor, "eager": eager})
    return items


@register.simple_tag(takes_context=True)
def page_query(context, number):
    """The query string that leads to another page of the same list."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag
def search_url():
    return reverse("diptych_search")
