"""In which language each item and term of an export is, and which are translations of each other.

Polylang says it in terms and categories, WPML in post meta; without them, the first part of an
address says the language.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import available_language
from diptych.articles.transfer.wordpress import php
from diptych.articles.transfer.wordpress.items import LANGUAGE, POST_GROUPS
from diptych.articles.transfer.wordpress.states import THROWN_AWAY

#: Items that are no texts of their own, and need no language.
WITHOUT_LANGUAGE = {
    "attachment",
    "custom_css",
    "customize_changeset",
    "nav_menu_item",
    "oembed_cache",
    "revision",
    "user_request",
    "wp_font_face",
    "wp_font_family",
    "wp_global_styles",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
}
#: Polylang's taxonomy of groups of terms.
TERM_GROUPS = "term_translations"

#: ``fr`` or ``fr-ch``, not the beginning of ``/en-voyage/``.
_PREFIX = re.compile("[a-z]{2,3}([-_][a-z]{2})?")


@dataclass(slots=True)
class IndexedItem:
    """What the index keeps of an item."""

    type: str
    status: str
    said: str
    language: str | None
    group: str | None
    parent: int
    #: The logins of its authors.
    authors: tuple = ()
    problem: str = ""


class Translations:
    """Settles languages and groups of ``entries`` (by id) and ``terms`` once all of them are known.

    Until then it is told what the terms of Polylang say, and which items use which terms.
    """

    def __init__(self, entries, terms):
        self.entries, self.terms = entries, terms
        #: The ids of each group by language, the locales of languages, and the items of each term.
        self.maps, self.locales, self.uses = {}, {}, defaultdict(set)

    def add_term(self, term):
        """Take what a term says if it is one of Polylang's; returns whether it is."""
        if term.taxonomy == LANGUAGE:
            described = _unserialized(term.description)
            self.locales[term.slug] = str(described.get("locale") or "")
        elif term.taxonomy in (POST_GROUPS, TERM_GROUPS):
            self.maps[term.taxonomy, term.slug] = _ids_by_language(term.description)
        else:
            return False
        return True

    def add_names(self, term, names):
        """Take the languages of a term of which qTranslate keeps all names in one."""
        if len(names) > 1:
            ids = (f"{term.id}-{code}" if number else term.id for number, code in enumerate(names))
            self.maps[TERM_GROUPS, f"qtranslate:{term.taxonomy}:{term.slug}"] = dict(
                zip(names, ids, strict=True)
            )

    def settle_items(self):
        """Write the language, group and problem of each entry."""
        self._languages_of_items()
        self._check_groups()

    def settle_terms(self):
        """Write the language and group of each term, after those of the entries."""
        self._languages_of_terms()
        _terms_in_one_language(self.terms.values())

    def groups(self):
        """The ids of the items of each group by language."""
        groups = defaultdict(dict)
        for pk, entry in self.entries.items():
            if entry.group:
                groups[entry.group][entry.language] = pk
        return dict(groups)

    def _languages_of_items(self):
        """The language and group of each item, where maps of groups say more than the items."""
        of_maps = {}
        for (taxonomy, slug), by_language in self.maps.items():
            if taxonomy == POST_GROUPS:
                of_maps |= {pk: (code, slug) for code, pk in by_language.items()}
        for pk, entry in self.entries.items():
            code, slug = of_maps.get(pk, ("", None))
            entry.said = entry.said or code
            entry.group = entry.group or slug
            if entry.said:
                entry.language = _known_language(entry.said, self.locales.get(entry.said, ""))
            entry.problem = _problem_of_language(entry)

    def _check_groups(self):
        """Take apart what cannot be one page: two items in one language, or of several types."""
        members = defaultdict(list)
        for pk, entry in self.entries.items():
            if entry.group and (entry.language is None or entry.status in THROWN_AWAY):
                entry.group = None
            elif entry.group:
                members[entry.group].append(pk)
        for group, keys in members.items():
            meant = set(self.maps.get((POST_GROUPS, group), {}).values())
            kept = [pk for pk in keys if pk in meant]
            if not self._can_be_one(keys):
                apart = keys if not self._can_be_one(kept) else [k for k in keys if k not in meant]
                self._take_apart(apart, keys)

    def _can_be_one(self, keys):
        entries = [self.entries[pk] for pk in keys]
        is_one_type = len({entry.type for entry in entries}) == 1
        return is_one_type and len({entry.language for entry in entries}) == len(entries)

    def _take_apart(self, apart, keys):
        of_types = len({self.entries[pk].type for pk in keys}) > 1
        numbers = ", ".join(map(str, keys))
        for pk in apart:
            entry = self.entries[pk]
            entry.group = None
            entry.problem = (
                _("Its translations are of another type (%(ids)s): kept apart.") % {"ids": numbers}
                if of_types
                else _("Several of its translations are in one language (%(ids)s): kept apart.")
                % {"ids": numbers}
            )

    def _languages_of_terms(self):
        by_id = {}
        for (taxonomy, slug), by_language in self.maps.items():
            if taxonomy == TERM_GROUPS:
                by_id |= {pk: (code, slug) for code, pk in by_language.items()}
        for key, term in self.terms.items():
            code, term.group = by_id.get(term.id, ("", None)) if term.id else ("", None)
            term.language = _known_language(code, self.locales.get(code, "")) if code else None
            if term.language is None:
                used = {self.entries[pk].language for pk in self.uses[key]} - {None}
                term.language = used.pop() if len(used) == 1 else None


def language_by_address(path, start):
    """The language that the first part of ``path`` below ``start`` says; ``None`` if none."""
    first = path.removeprefix(start).lstrip("/").partition("/")[0].lower()
    return _known_language(first) if _PREFIX.fullmatch(first) else None


def _unserialized(text):
    """The map in a serialised text, an empty one where it is broken."""
    try:
        value = php.unserialize(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _ids_by_language(text):
    """The ids of a group by Polylang's slugs of languages."""
    ids = {}
    for code, pk in _unserialized(text).items():
        text = str(pk) if isinstance(pk, str | int) else ""
        if isinstance(code, str) and code != "sync" and text.isdecimal() and len(text) < 18:
            ids[code] = int(text)
    return {code: pk for code, pk in ids.items() if pk}


def _known_language(said, locale=""):
    """The language of this site that a code, or a locale such as ``fr_FR``, means; or ``None``."""
    codes = (code.replace("_", "-").lower() for code in (said, locale) if code)
    return next(filter(None, map(available_language, codes)), None)


def _problem_of_language(entry):
    if entry.language or entry.type in WITHOUT_LANGUAGE:
        return ""
    if entry.said:
        return _("This site has no language “%(code)s”.") % {"code": entry.said}
    return _("Neither the export nor the address says its language.")


def _terms_in_one_language(terms):
    """Take apart groups of terms with two in one language, or with none."""
    members = defaultdict(list)
    for term in terms:
        if term.group:
            members[term.group].append(term)
    for group in members.values():
        languages = [term.language for term in group]
        if None in languages or len(set(languages)) < len(languages):
            for term in group:
                term.group = None
