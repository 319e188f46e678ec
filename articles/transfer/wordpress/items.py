"""What stands in a WordPress export: items, files, terms and authors, read from its elements."""

import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import unquote

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from diptych.articles.transfer.wordpress.xml_stream import RECODED, REMOVED

#: Elements that say the language of an item and the key of its translations: categories of
#: Polylang, post meta of WPML.
LANGUAGE, POST_GROUPS = "language", "post_translations"
WPML_LANGUAGE = "_wpml_import_language_code"
WPML_GROUP = "_wpml_import_translation_group"
#: The taxonomy of co-authors-plus.
AUTHORS = "author"
#: Characters of post meta that the index keeps of an attachment.
LONGEST_META = 1000
NO_DATE = "0000-00-00"


@dataclass(slots=True)
class Term:
    """A category, a tag or a term of another taxonomy."""

    taxonomy: str
    slug: str
    name: str
    id: int = 0
    #: The slug of the term above, ``""`` for none. In no cycle.
    parent: str = ""
    description: str = ""
    #: A language of this site; ``None`` where it is not known, or where posts of several use it.
    language: str | None = None
    #: The key of the terms of which this one is a translation.
    group: str | None = None
    meta: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Author:
    """A user who has written something."""

    login: str
    name: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    id: int = 0


class Attachment(NamedTuple):
    """What the index keeps of a file."""

    url: str
    #: Short post meta by key, and ``title``, ``slug``, ``caption``, ``description``, ``language``,
    #: ``group``, ``parent`` and ``link``.
    meta: dict


@dataclass(slots=True)
class Item:
    """One ``<item>``, with texts as they stand there."""

    id: int
    type: str
    status: str
    title: str
    slug: str
    link: str
    #: Logins.
    authors: list[str]
    #: In UTC; ``None`` for 0000-00-00.
    date: datetime | None
    modified: datetime | None
    content: str
    excerpt: str
    password: str
    #: The id of the item above, 0 for none. In no cycle.
    parent: int
    is_sticky: bool
    terms: list[Term]
    meta: dict[str, list[str]]
    attachment_url: str
    comments: int
    #: A language of this site.
    language: str | None
    #: The key of the items of which this one is a translation.
    group: str | None
    #: Why the item has no language or stands in no pair, in the active language; ``""`` if it may.
    problem: str
    #: What was amended when it was read, in the active language; keeps it from nothing.
    notes: list[str] = field(default_factory=list)
    menu_order: int = 0


class Fields:
    """The texts below one element by local name; those of an item also by what they mean."""

    def __init__(self, element):
        self.texts, self.categories_found, self.metas = {}, [], []
        self.comments = 0
        self.replaced = set()
        for child in element:
            name = local_name(child.tag)
            if name == "postmeta" or name == "termmeta":
                self.metas.append(child)
            elif name == "category" and element.tag == "item":
                self.categories_found.append(child)
            elif name == "comment":
                self.comments += 1
            else:
                name = _encoded(child.tag) if name == "encoded" else name
                self.texts.setdefault(name, child)

    def get(self, name, otherwise=""):
        """The text of a child, ``otherwise`` where it is absent or empty."""
        child = self.texts.get(name)
        return (self._clean(text_of(child)) if child is not None else "") or otherwise

    def number(self, name):
        """The number in a child, 0 where there is none."""
        text = self.get(name).strip()
        return int(text) if text.isdecimal() and len(text) < 18 else 0

    def id(self):
        """The number of an item; without one, a negative one made of its address and title."""
        if number := self.number("post_id"):
            return number
        return -zlib.crc32("\n".join(map(self.get, ("guid", "link", "title"))).encode()) - 1

    def categories(self):
        """``(taxonomy, slug, name)`` of the terms of an item."""
        for child in self.categories_found:
            slug = unquote(child.get("nicename") or "")
            if slug:
                yield child.get("domain") or "category", slug, self._clean(text_of(child)).strip()

    def language(self):
        """The language of an item as the plugin says it."""
        found = [slug for taxonomy, slug, _name in self.categories() if taxonomy == LANGUAGE]
        return found[0] if found else self.first_meta(WPML_LANGUAGE)

    def group(self):
        """The key of the translations of an item."""
        found = [slug for taxonomy, slug, _name in self.categories() if taxonomy == POST_GROUPS]
        if found:
            return found[0]
        group = self.first_meta(WPML_GROUP)
        return f"wpml:{group}" if group else ""

    def meta(self):
        """All values of post meta by key."""
        values = {}
        for child in self.metas:
            key, value = self._meta(child)
            values.setdefault(key, []).append(value)
        return values

    def is_public(self):
        """Whether visitors of WordPress can read an item."""
        return self.get("status", "publish") == "publish" and not self.get("post_password")

    def authors(self):
        """The logins of the authors of an item; co-authors-plus has them as slugs."""
        slugs = [slug for taxonomy, slug, _name in self.categories() if taxonomy == AUTHORS]
        creator = self.get("creator")
        return tuple(slug.removeprefix("cap-") for slug in slugs) or (creator,) * bool(creator)

    def first_meta(self, name):
        """The first value of one key of post meta."""
        for child in self.metas:
            key, value = self._meta(child)
            if key == name and value.strip():
                return value.strip()
        return ""

    def _meta(self, element):
        texts = {local_name(child.tag): text_of(child) for child in element}
        return texts.get("meta_key", ""), self._clean(texts.get("meta_value", ""))

    def attachment(self):
        """What the index keeps of a file."""
        meta = {key: values[0] for key, values in self.meta().items()}
        meta = {key: value for key, value in meta.items() if len(value) <= LONGEST_META}
        return Attachment(
            self.get("attachment_url"),
            {
                **meta,
                "title": self.get("title"),
                "slug": unquote(self.get("post_name")),
                "caption": self.get("excerpt"),
                "description": self.get("content"),
                "link": self.get("link"),
                "menu_order": self.number("menu_order"),
            },
        )

    def date(self, name):
        """A date in UTC; ``None`` where there is none."""
        for text, zone in ((self.get(f"{name}_gmt"), UTC), (self.get(name), None)):
            if not text or text.startswith(NO_DATE):
                continue
            try:
                date = datetime.strptime(text.strip()[:19], "%Y-%m-%d %H:%M:%S")
                return date.replace(tzinfo=zone or timezone.get_default_timezone()).astimezone(UTC)
            except (ValueError, OverflowError):
                self.replaced.add("date")
        return None

    @property
    def notes(self):
        """What was amended in this item, in the active language."""
        said = {
            "removed": _("Characters that XML does not allow were removed."),
            "recoded": _("Characters in another encoding were read as Windows-1252."),
            "date": _("A date that does not exist was left out."),
        }
        return [text for key, text in said.items() if key in self.replaced]

    def _clean(self, text):
        if REMOVED in text:
            self.replaced.add("removed")
            text = text.replace(REMOVED, "")
        if RECODED in text:
            self.replaced.add("recoded")
            text = text.replace(RECODED, "")
        return text


def local_name(tag):
    return tag.rpartition("}")[2].rpartition(":")[2]


def _encoded(tag):
    """``content`` or ``excerpt``: both elements are called ``encoded``, in different namespaces."""
    return "excerpt" if "excerpt" in tag else "content"


def text_of(element):
    """All text of an element, also of what should not stand in it."""
    return "".join(element.itertext()) if len(element) else (element.text or "")


def author_of(fields):
    login = fields.get("author_login")
    return Author(
        login=login,
        name=fields.get("author_display_name", login),
        first_name=fields.get("author_first_name"),
        last_name=fields.get("author_last_name"),
        email=fields.get("author_email"),
        id=fields.number("author_id"),
    )


#: The taxonomy, and the elements with slug, slug of the parent, name and description.
_NAMES_OF_TERMS = {
    "category": (
        "category",
        "category_nicename",
        "category_parent",
        "cat_name",
        "category_description",
    ),
    "tag": ("post_tag", "tag_slug", "", "tag_name", "tag_description"),
    "term": ("", "term_slug", "term_parent", "term_name", "term_description"),
}


def key_of(login):
    """By which a login is found: co-authors-plus has it as a slug."""
    return slugify(login.removeprefix("cap-")) or login


def term_of(kind, fields):
    """The term of a ``<wp:category>``, ``<wp:tag>`` or ``<wp:term>``."""
    taxonomy, slug, parent, name, description = _NAMES_OF_TERMS[kind]
    return Term(
        taxonomy=taxonomy or fields.get("term_taxonomy"),
        slug=unquote(fields.get(slug)),
        name=fields.get(name),
        id=fields.number("term_id"),
        parent=unquote(fields.get(parent)) if parent else "",
        description=fields.get(description),
        meta=fields.meta(),
    )
