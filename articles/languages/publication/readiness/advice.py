"""What is better looked at before a language is published, and keeps nothing from it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks

from diptych.articles.languages.config.content import (
    children_of,
    has_overrides,
    is_visible,
    texts_of,
)
from diptych.articles.languages.config.language_config import column, translated_language_name
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.readiness.missing import PublicationProblem
from diptych.articles.languages.translations.units import units_in

#: A link to a page in stored rich text; the group is its primary key.
PAGE_LINK = re.compile(r"<a\b(?=[^>]*\blinktype=\"page\")[^>]*\bid=\"(\d+)\"")


def search_texts(page, language):
    """Which texts for search engines are left to be made of others."""
    sentences = {
        "meta_title": _("No title for search engines: they show the headline."),
        "meta_description": _("No description for search engines."),
    }
    return [
        PublicationProblem(column(name, language), sentence)
        for name, sentence in sentences.items()
        if not is_visible(page.text_in(name, language))
    ]


def turned_texts(page, language):
    """Fields of the text with invisible marks that turn its direction."""
    sentence = _(
        "The text has invisible marks that reverse its direction. Write the words around them anew."
    )
    names = {
        unit.field_name: None
        for unit in units_in(page, language, rows=()).values()
        if any(map(has_overrides, _strings_in(unit)))
    }
    return [PublicationProblem(column(name, language), sentence) for name in names]


def _strings_in(unit):
    return texts_of(unit.block, unit.stored) if unit.is_block else [str(unit.stored)]


def links_leading_elsewhere(page, language):
    """How many pages the text links to that are not live in ``language``; one query at most."""
    linked = linked_pages(page, language)
    if not linked:
        return []
    rows = PageLanguage.objects.filter(page_id__in=linked)
    live = set(rows.filter(language=language, live=True).values_list("page_id", flat=True))
    known = set(rows.values_list("page_id", flat=True))
    count = len(known - live)
    if not count:
        return []
    sentence = ngettext(
        "%(count)s page it links to is not live in %(language)s.",
        "%(count)s pages it links to are not live in %(language)s.",
        count,
    )
    values = {"count": count, "language": translated_language_name(language)}
    return [PublicationProblem("", sentence % values)]


def linked_pages(page, language):
    """The primary keys of the pages to which the text of ``page`` links in ``language``."""
    found = set()
    for unit in units_in(page, language, rows=()).values():
        if unit.block is not None:
            found |= _linked_in(unit.block, unit.stored)
        elif unit.is_rich:
            found |= _linked_in_rich_text(unit.stored)
    return found


def _linked_in(block, stored):
    if isinstance(block, blocks.RichTextBlock):
        return _linked_in_rich_text(str(stored or ""))
    if isinstance(block, blocks.PageChooserBlock):
        return {stored} if isinstance(stored, int) else set()
    if isinstance(block, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        children = children_of(block, stored) if stored else []
        return {pk for child, value in children for pk in _linked_in(child, value)}
    return set()


def _linked_in_rich_text(html):
    return {int(pk) for pk in PAGE_LINK.findall(html) if len(pk) < 19}
