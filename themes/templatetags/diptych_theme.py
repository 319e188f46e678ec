"""Template tags and filters of the journal's pages."""

from datetime import datetime
from functools import partial
from itertools import count

from django import template
from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import template_localtime
from wagtail.models import Site

from diptych.articles.caching.versions import depends_on
from diptych.articles.delivery import service_worker
from diptych.articles.languages.config.dates import date_in_words, month_in_words
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.lists.newsletters import invitation
from diptych.articles.lists.open_languages import is_open_in
from diptych.articles.models import JournalSettings
from diptych.articles.syndication.feeds.addresses import feeds_of
from diptych.articles.syndication.feeds.podcast import podcast_of
from diptych.themes import appearance, dates, head, structured_data
from diptych.themes.look import fonts, stylesheets, tokens
from diptych.themes.look.tokens import TOPIC_COLOURS
from diptych.themes.parts import icons, logos, navigation, table_of_contents, translation_notes
from diptych.themes.parts.language_switch import switch_entries
from diptych.themes.parts.site_parts import page_part, site_part, theme_part
from diptych.themes.parts.topic_rows import form_of_row
from diptych.themes.pictures import figures
from diptych.themes.typography.house_style import house_style
from diptych.themes.typography.typesetting import finished, is_typesetting, typeset

register = template.Library()

#: The types of blocks that start with an image.
PICTURE_BLOCKS = ("image", "gallery")


def _request_of(context):
    """The request, also within ``{% include … only %}``; ``None`` if there is none."""
    return getattr(context, "request", None) or context.get("request")


@register.simple_tag(takes_context=True)
def theme_stylesheet(context):
    """The URL of the stylesheet of the site's theme and accent colours."""
    request = context.get("request")
    return theme_part(
        request,
        "stylesheet",
        lambda: stylesheets.address_of(appearance.appearance_for(request)),
    )


@register.simple_tag(takes_context=True)
def theme_fonts(context):
    """The URLs of the typefaces that the first screen of every page of the site needs."""
    return fonts.preloaded_fonts(appearance.theme_for(context.get("request")))


@register.simple_tag(takes_context=True)
def site_logo(context):
    return logos.logo_for(context.get("request"))


@register.simple_tag(takes_context=True)
def site_icons(context):
    """The :class:`~diptych.themes.parts.icons.Icons` of the site."""
    return icons.icons_for(context.get("request"))


@register.simple_tag(takes_context=True)
def previewed_mode(context):
    """The colour mode of a preview, ``light`` or ``dark``; empty for readers."""
    settings = appearance.settings_for(context.get("request"))
    return settings.preview_mode if settings else ""


@register.simple_tag(takes_context=True)
def theme_colours(context):
    """``(mode, background colour)`` pairs for ``<meta name="theme-color">``."""
    request = context.get("request")
    return theme_part(request, "colours", lambda: _colours(request))


def _colours(request):
    theme = appearance.theme_for(request)
    grounds = ((mode, tokens.grounds_of(theme, mode)) for mode in tokens.MODES)
    return [(mode, found[0]) for mode, found in grounds if found]


@register.simple_tag(takes_context=True)
def journal(context):
    """The :class:`JournalSettings` of the site, or ``None`` without a site."""
    request = context.get("request")
    return JournalSettings.for_request(request) if appearance.settings_for(request) else None


@register.simple_tag(takes_context=True)
def journal_name(context):
    """The name of the journal in the active language, else the name of the site."""
    settings = journal(context)
    return settings.name_of(Site.find_for_request(context["request"])) if settings else ""


@register.simple_tag(takes_context=True)
def site_navigation(context, page=None):
    """The menus of the site; on an article its main topic is the current entry."""
    menus = navigation.navigation_for(context["request"])
    topic = getattr(page, "main_topic", None)
    return menus.within(topic.url) if topic else menus


@register.simple_tag(takes_context=True)
def language_switch(context, page=None, view_name=None, view_urls=None):
    return switch_entries(context["request"], page, view_name, view_urls)


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def language_head(context, page, listed=None, lead=None, surroundings=None):
    """The metadata of ``page``; see :func:`diptych.themes.head.head_of_page` for the arguments.

    ``surroundings`` are those of the tag :func:`surroundings`, for metadata that is kept.
    """
    request, settings = context["request"], journal(context)
    for each in (*(listed or ()), *([lead] if lead else ())):
        depends_on(*getattr(each, "cached_tags", ()))
    of_page = head.head_of_page(page, request, settings, listed, lead)
    data = ""
    if of_page.canonical:
        around = surroundings or structured_data.surroundings_of(page, request, settings)
        data = structured_data.structured_data_of(page, request, of_page, around, listed)
    return {"head": of_page.with_typography(house_style(request)), "data": data}


@register.simple_tag(takes_context=True)
def surroundings(context, page):
    """The site and the pages above ``page`` in structured data; ``None`` without a site."""
    settings = journal(context)
    return settings and structured_data.surroundings_of(page, context["request"], settings)


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def side_by_side_head(context, page, language):
    """The metadata of ``page`` side by side with its text in ``language``.

    The canonical URL is that of the page alone, which has the other metadata.
    """
    request = context["request"]
    of_page = head.head_side_by_side(page, request, journal(context), language)
    return {"head": of_page.with_typography(house_style(request)), "data": ""}


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def republish_head(context, page):
    """The metadata of the text of ``page`` to copy."""
    request = context["request"]
    of_page = head.head_to_republish(page, request, journal(context))
    return {"head": of_page.with_typography(house_style(request)), "data": ""}


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def view_head(context, title, description="", view_name=None):
    """The metadata of a view other than a page, such as an error page."""
    request, settings = context.get("request"), journal(context)
    of_view = head.head_of_view(title, request, settings, description, view_name)
    return {"head": of_view.with_typography(house_style(request))}


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def search_head(context, query):
    """The metadata of the search for ``query``."""
    request, settings = context["request"], journal(context)
    of_search = head.head_of_search(query, request, settings).with_typography(house_style(request))
    data = ""
    if of_search.canonical and settings:
        data = structured_data.structured_data_of_view(request, of_search, settings)
    return {"head": of_search, "data": data}


@register.inclusion_tag("diptych/components/head.html", takes_context=True)
def list_head(context, title, description, listed=None):
    """The metadata of a list that is no page, with the addresses ``view_urls`` of the context.

    ``listed`` is the paginator's page.
    """
    request, settings = context["request"], journal(context)
    number, urls = listed.number if listed else 1, context["view_urls"]
    of_list = head.head_of_list(title, request, settings, description, urls, number)
    of_list = of_list.with_typography(house_style(request))
    data = structured_data.structured_data_of_view(request, of_list, settings) if settings else ""
    return {"head": of_list, "data": data}


@register.simple_tag(name="month_in_words")
def period_in_words(period):
    """The year of a period, or its month as within a sentence: « novembre 2026 »."""
    return month_in_words(period.start) if period.month else str(period.year)


@register.simple_tag(takes_context=True)
def feed_links(context, page=None):
    """``kind``, ``url`` and ``title`` of the feeds of ``page``, if any, and of the journal."""
    name, request = journal_name(context), context.get("request")
    of_journal = site_part(request, "feeds", lambda: _feed_links(_feeds_of_journal(context), name))
    own = feeds_of(page) if page else []
    return [*(_feed_links(own, f"{name} – {page.headline}") if own else ()), *of_journal]


def _feeds_of_journal(context):
    if not journal_is_open(context):
        return []
    podcast = podcast_of(journal(context))
    return [*feeds_of(), *([podcast] if podcast else ())]


@register.simple_tag
def page_feed(page):
    """The feed of ``page`` that its readers are offered, or ``None``."""
    return next(iter(feeds_of(page)), None)


def _feed_links(feeds, title):
    return [
        {"kind": feed.kind, "url": feed.url, "title": f"{title} ({feed.label})"} for feed in feeds
    ]


class KeptNode(template.Node):
    """The part of a template between ``{% kept name … %}`` and ``{% endkept %}``."""

    def __init__(self, nodelist, name, varying, page):
        self.nodelist = nodelist
        self.name = name
        self.varying = varying
        self.page = page

    def render(self, context):
        request = _request_of(context)
        values = [each.resolve(context, ignore_failures=True) for each in self.varying]
        key = (self.origin.name, self.name, is_typesetting(), *values)
        keep = self._keeper(context, request)
        html = keep(key, partial(self._make, context, request))
        return finished(html) if is_typesetting() else html

    def _keeper(self, context, request):
        """The function that caches the part: for a page given with ``for``, or for the site."""
        if self.page is None:
            return partial(site_part, request)
        return partial(page_part, request, self.page.resolve(context))

    def _make(self, context, request):
        if not is_typesetting():
            return self.nodelist.render(context)
        return typeset(partial(self.nodelist.render, context), house_style(request))


@register.tag
def kept(parser, token):
    """Cache the rendered content by site, language and the values of the arguments.

    All pages share it, so it may show the site, its settings and its menus, but no data of a page:
    ``{% kept "footer" year %}…{% endkept %}``. With ``for`` it shows a page of a list as well, and
    is invalidated when this page, its authors, topics or image change:
    ``{% kept "card" slot level for article %}…{% endkept %}``. All other variables used must be
    arguments. The content must be one or more whole block elements, or the whole content of one,
    as it is typeset separately.
    """
    _tag, name, *varying = token.split_contents()
    page = None
    if varying[-2:-1] == ["for"]:
        page = parser.compile_filter(varying[-1])
        varying = varying[:-2]
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode(nodelist, name, [parser.compile_filter(each) for each in varying], page)


@register.inclusion_tag("diptych/components/translation_note.html", takes_context=True)
def translation_note(context, page):
    """The note on a translation: source language, translator, and since when it is out of date."""
    settings = journal(context)
    shows_changes = settings is None or settings.outdated_notice
    return {"note": translation_notes.note_for(page, context.get("request"), shows_changes)}


@register.inclusion_tag("diptych/components/picture.html", takes_context=True)
def picture(context, figure, slot, eager=False, alt=None):
    """A ``<picture>`` in three formats and several sizes.

    ``slot`` is its place, a key of ``diptych.themes.pictures.slots.SLOTS``. ``eager`` makes the
    browser load the image at once, for the first image of a page. ``alt`` replaces the alternative
    text of ``figure``, for an image next to its own title.
    """
    request = _request_of(context)
    theme = appearance.theme_for(request)
    sources = figures.sources_of(figure, slot, theme) if figure else None
    return {
        "picture": sources,
        "alt": (figure.alt if alt is None else alt) if figure else "",
        "eager": eager,
    }


@register.simple_tag
def numbering(first=1):
    """The numbers from ``first``, as an iterator, for ids that are unique on a page."""
    return count(first)


@register.simple_tag
def larger_picture(figure, slot, numbers):
    """The result of ``diptych.themes.pictures.figures.larger_of`` with a numbered ``id``.

    ``None`` without ``numbers``, if pictures cannot be enlarged.
    """
    larger = figures.larger_of(figure, slot) if numbers else None
    return larger and {**larger, "id": f"enlarged--{next(numbers)}"}


@register.simple_tag
def first_with_picture(pages, name, wanted=True):
    """The first of ``pages`` whose attribute ``name`` is a figure; ``None`` unless ``wanted``."""
    return next((page for page in pages if getattr(page, name)), None) if wanted else None


@register.filter
def equals(value, other):
    """Whether two values are equal, for the arguments of a tag."""
    return value == other


@register.simple_tag(takes_context=True)
def person_link(context, person):
    """The name of an author, linked to their page if it is visible."""
    name = person.headline or person.title
    if not is_visible(person):
        return name
    return format_html('<a href="{}">{}</a>', person.get_url(context.get("request")), name)


@register.simple_tag
def printed_date(moment):
    """A ``<time>`` element with the date of ``moment``, which may have no time, in words."""
    words = date_in_words(template_localtime(moment))
    is_moment = isinstance(moment, datetime)
    iso = dates.iso_datetime(moment) if is_moment else moment.isoformat()
    return format_html('<time datetime="{}">{}</time>', iso, words)


@register.filter
def topic_colour(topic):
    """The name of the colour of ``topic``, derived from its primary key; ``""`` without a topic."""
    return TOPIC_COLOURS[topic.pk % len(TOPIC_COLOURS)] if topic and topic.pk else ""


@register.filter
def row_form(row, number):
    """The form of a topic’s row on the front page, see
    :func:`diptych.themes.parts.topic_rows.form_of_row`.
    """
    return form_of_row(row, number)


@register.filter
def is_visible(page):
    """Whether ``page`` is visible in the active language; a page that has been deleted is not."""
    return bool(page) and page.is_visible_in(active_language())


@register.simple_tag(takes_context=True)
def body_items(context, stream):
    """The blocks of ``stream`` as dictionaries of ``block``, ``anchor`` and ``eager``.

    ``anchor`` is the unique id of a heading. ``eager`` is true for the block with the first image
    of the page; ``has_hero`` in the context is true if there is an image above the body.
    """
    has_picture, items = bool(context.get("has_hero")), []
    for block, anchor in table_of_contents.with_anchors(stream):
        eager = not has_picture and block.block_type in PICTURE_BLOCKS
        has_picture = has_picture or eager
        items.append({"block": block, "anchor": anchor, "eager": eager})
    return items


@register.simple_tag(takes_context=True)
def list_page_url(context, number):
    """The path and query of page ``number`` of the same list; the first has no number."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = number
    return f"{context['request'].path}?{query.urlencode()}" if query else context["request"].path


@register.simple_tag(takes_context=True)
def journal_is_open(context):
    """Whether the addresses of the active language that are no pages are found on this site."""
    request = _request_of(context)
    return request is not None and is_open_in(active_language(), Site.find_for_request(request))


@register.simple_tag(takes_context=True)
def search_url(context, view_name="diptych_search"):
    """The URL of the search in the active language; empty if there is none in it."""
    is_found = apps.is_installed("diptych.articles.search") and journal_is_open(context)
    return reverse(view_name) if is_found else ""


@register.simple_tag(takes_context=True)
def search_suggestions_url(context):
    return search_url(context, "diptych_search_suggestions")


@register.simple_tag(takes_context=True)
def newsletter_invitation(context):
    """The invitation to the newsletter, from
    ``diptych.articles.lists.newsletters.invitation``.
    """
    request = context.get("request")
    return invitation(request) if request else None


@register.simple_tag(takes_context=True)
def offline_worker(context):
    """The address of the worker for reading without a connection; empty where there is none."""
    is_used = service_worker.is_for_readers(_request_of(context))
    return reverse(service_worker.WORKER) if is_used else ""


@register.inclusion_tag("diptych/components/stored_copy.html", takes_context=True)
def stored_copy(context, page):
    """The notice shown on a copy of ``page`` that is read offline.

    Browsers store no page without it.
    """
    request = _request_of(context)
    if not service_worker.can_be_stored(page, request):
        return {}
    title = house_style(request).text(page.headline)
    return {"title": title, "language": active_language()}
