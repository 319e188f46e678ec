"""The tags of the journal's templates; each hands over to the module that does the work."""

from django import template
from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import template_localtime
from wagtail.models import Site

from articles.languages.available import active_language
from articles.languages.dates import date_in_words
from articles.models import JournalSettings
from themes import (
    appearance,
    colours,
    contents,
    dates,
    feeds,
    head,
    logos,
    navigation,
    originals,
    pictures,
    structured_data,
    stylesheets,
    switch,
    tokens,
)
from themes.typography.house import house_style

register = template.Library()

#: The blocks that begin with a picture.
PICTURE_BLOCKS = ("image", "gallery")


@register.simple_tag(takes_context=True)
def theme_stylesheet(context):
    """The address of the stylesheet: the theme of the site, in the journal's colours."""
    return stylesheets.address_of(appearance.appearance_for(context.get("request")))


@register.simple_tag(takes_context=True)
def site_logo(context):
    return logos.logo_for(context.get("request"))


@register.simple_tag(takes_context=True)
def previewed_mode(context):
    """The mode that editors look at, said on ``<html>``; empty for readers."""
    settings = appearance.settings_for(context.get("request"))
    return settings.shown_mode if settings else ""


@register.simple_tag(takes_context=True)
def theme_colours(context):
    """The colour of the ground in each mode, in which browsers paint what is around a page."""
    theme = appearance.appearance_for(context.get("request")).theme
    grounds = ((mode, tokens.grounds_of(theme, mode)) for mode in tokens.MODES)
    return [(mode, found[0]) for mode, found in grounds if found]


@register.simple_tag(takes_context=True)
def journal(context):
    """The settings of the journal of this site, or ``None`` where there is no site."""
    request = context.get("request")
    return JournalSettings.for_request(request) if appearance.settings_for(request) else None


@register.simple_tag(takes_context=True)
def journal_name(context):
    """The name of the journal in the language spoken now, else that of the site."""
    settings = journal(context)
    return settings.name_of(Site.find_for_request(context["request"])) if settings else ""


@register.simple_tag(takes_context=True)
def site_navigation(context):
    return navigation.navigation_for(context["request"])


@register.simple_tag(takes_context=True)
def language_switch(context, page=None, view_name=None):
    return switch.switch_entries(context["request"], page, view_name)


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def language_head(context, page, listed=None, lead=None):
    """The head of a page; ``listed`` is the page of a list it shows, ``lead`` what opens it."""
    request, settings = context["request"], journal(context)
    of_page = head.head_of_page(page, request, settings, listed, lead)
    data = ""
    if of_page.canonical:
        data = structured_data.structured_data_of(page, request, of_page, settings, listed)
    return {"head": of_page.set_in(house_style(request)), "data": data}


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def view_head(context, title, description="", view_name=None):
    """The head of what is no page: search, and answers where there is nothing to read."""
    request, settings = context.get("request"), journal(context)
    of_view = head.head_of_view(title, request, settings, description, view_name)
    return {"head": of_view.set_in(house_style(request))}


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def search_head(context, query):
    """The head of the search, with the words that were looked for."""
    request, settings = context["request"], journal(context)
    of_search = head.head_of_search(query, request, settings).set_in(house_style(request))
    data = ""
    if of_search.canonical and settings:
        data = structured_data.structured_data_of_view(request, of_search, settings)
    return {"head": of_search, "data": data}


@register.simple_tag(takes_context=True)
def feed_links(context, page=None):
    """The feeds of a page, if it has any, and those of the journal."""
    return feeds.feed_links(page or None, journal_name(context))


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


@register.simple_tag
def first_pictured(pages, name):
    """The first of ``pages`` that has the figure ``name``, which the browser fetches at once."""
    return next((page for page in pages if getattr(page, name)), None)


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
    words = date_in_words(template_localtime(moment))
    return format_html('<time datetime="{}">{}</time>', dates.for_machines(moment), words)


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
    has_picture, items = bool(context.get("has_hero")), []
    for block, anchor in contents.with_anchors(stream):
        eager = not has_picture and block.block_type in PICTURE_BLOCKS
        has_picture = has_picture or eager
        items.append({"block": block, "anchor": anchor, "eager": eager})
    return items


@register.simple_tag(takes_context=True)
def page_query(context, number):
    """The address of another page of the same list; the first one has no number in it."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = number
    return f"{context['request'].path}?{query.urlencode()}" if query else context["request"].path


@register.simple_tag
def search_url(view_name="diptych_search"):
    """The address of the search in the active language; empty where it is not installed."""
    return reverse(view_name) if apps.is_installed("articles.search") else ""


@register.simple_tag
def search_suggestions_url():
    return search_url("diptych_search_suggestions")
