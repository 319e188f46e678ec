"""The texts of one item of an export, as the columns of a page have them."""

import html
import json
import re
from dataclasses import dataclass, field

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.articles import LONGEST_HEADLINE
from diptych.articles.languages.config.content import is_visible, plain
from diptych.articles.languages.routes.slugs import LONGEST, make_page_slug, makes_unicode
from diptych.articles.transfer.leads import first_paragraph

#: Where Yoast and Rank Math keep what search engines are shown.
SEARCH_TITLES = ("_yoast_wpseo_title", "rank_math_title")
SEARCH_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description")
#: Their placeholders, ``%%title%%`` and ``%title%``.
_PLACEHOLDER = re.compile(r"%%?([a-z_]+)(?:\([^)]*\))?%%?")
_READABLE_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_SEPARATOR = "–"


@dataclass
class ItemTexts:
    """Texts of an item in its language; ``notes`` are ``(kind, detail)`` of what was amended."""

    headline: str = ""
    lead: str = ""
    slug: str = ""
    meta_title: str = ""
    meta_description: str = ""
    body: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def texts_of(item, body, *, site_name="", lead_from_text=False):
    """The :class:`ItemTexts` of ``item``, whose content has become the blocks ``body``.

    The lead is the excerpt; without one, and with ``lead_from_text``, the first paragraph, which
    leaves the body. A first paragraph that says what the excerpt says leaves it as well.
    """
    texts = ItemTexts(body=body)
    whole = one_line(item.title)
    texts.headline = Truncator(whole).chars(LONGEST_HEADLINE)
    if texts.headline != whole:
        texts.notes.append(("title-shortened", whole))
    _take_lead(texts, one_line(item.excerpt), lead_from_text)
    if not is_visible(texts.headline):
        texts.headline = _headline_without_title(item, texts)
        texts.notes.append(("title-missing", texts.headline))
    texts.slug = slug_of(item, texts.headline)
    names = {"title": texts.headline, "sitename": site_name, "sitetitle": site_name}
    for name, keys in (
        ("meta_title", SEARCH_TITLES),
        ("meta_description", SEARCH_DESCRIPTIONS),
    ):
        said = next((item.meta[key][0] for key in keys if any(item.meta.get(key, ()))), "")
        names["excerpt"] = texts.lead
        setattr(texts, name, _filled(one_line(said), names, texts))
    texts.meta_title = Truncator(texts.meta_title).chars(LONGEST_HEADLINE)
    return texts


def one_line(text):
    """``text`` without tags, entities and needless space."""
    return " ".join(html.unescape(strip_tags(text or "")).split())


def slug_of(item, headline):
    """The slug of an item, made readable where it has other characters."""
    slug = item.slug.strip("/").lower()
    if _READABLE_SLUG.fullmatch(slug) and len(slug) <= LONGEST:
        return slug
    if slug and makes_unicode():
        return make_page_slug(slug, item.language)
    made = make_page_slug(slug.replace("-", " "), item.language)
    return made or make_page_slug(headline, item.language) or f"{item.type}-{abs(item.id)}"


def _take_lead(texts, excerpt, lead_from_text):
    texts.lead = excerpt
    said = first_paragraph(texts.body)
    if said and (said == excerpt if excerpt else lead_from_text):
        texts.lead = said
        texts.body = texts.body[1:]


def _headline_without_title(item, texts):
    """What an item without title is called: the beginning of its text, or its slug."""
    said = texts.lead or next(
        (one_line(plain(each["value"])) for each in texts.body if each["type"] == "paragraph"), ""
    )
    named = item.slug.replace("-", " ").strip().capitalize()
    headline = named or Truncator(said).words(8) or _("Untitled %(id)s") % {"id": abs(item.id)}
    return Truncator(headline).chars(LONGEST_HEADLINE)


def _filled(text, names, texts):
    """``text`` with the placeholders of SEO plugins filled in; ``""`` where one is not known."""
    unknown = []

    def fill(match):
        name = match[1]
        if name in ("sep", "separator"):
            return _SEPARATOR
        if name in ("page", "pagenumber", "primary_category"):
            return ""
        if name not in names:
            unknown.append(match[0])
        return names.get(name, "")

    filled = _PLACEHOLDER.sub(fill, text)
    if unknown:
        texts.notes.append(("search-text-left-out", text))
        return ""
    return " ".join(filled.split()).strip(f" {_SEPARATOR}")


def with_ids_of(blocks, others, is_translation=False):
    """Give ``blocks`` the ids of those of ``others`` that they stand for.

    ``others`` are the same text as it was before; with ``is_translation``, the text of which they
    are the translation, where each block has to have its like.
    """
    from diptych.articles.imported_documents.articles import share_ids

    kinds = [[each["type"] for each in body] for body in (others, blocks)]
    if blocks and others and (not is_translation or kinds[0] == kinds[1]):
        share_ids([others, blocks])
    return blocks


def stored_blocks(value):
    """The blocks of a stream as a list of dictionaries."""
    raw = getattr(value, "raw_data", None)
    return json.loads(json.dumps(list(raw))) if raw is not None else []
