"""Texts of a folder of Markdown, as Hugo, Jekyll and Eleventy have it: languages and pairs."""

import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import (
    available_language,
    available_languages,
)
from diptych.articles.transfer.markdown import front_matter, layout, values

LONGEST = 5_000_000
#: Folders of programs, and files next to texts that are none.
PASSED_OVER = {"node_modules", "_site", "public", "vendor", "themes", "layouts", "resources"}
NOT_TEXTS = {"readme.md", "license.md", "changelog.md", "contributing.md"}
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_INDEXES = (layout.INDEX, "index")
#: Front matter that the files of one page have in common: of Hugo, and of Jekyll.
_KEYS = ("translation_key", "translationkey", "translation-key", "ref", "lang-ref", "lang_ref")
#: Key of front matter with the URL of the file in the other language.
_OTHER = "altlangpage"
#: Keys of front matter with the current and former URLs of a page.
OWN_ADDRESSES, OLD_ADDRESSES = ("permalink", "url"), ("aliases", "alias", "redirect_from")
_ENDINGS = (".md", ".markdown")
#: Endings of texts that Hugo, Jekyll and Eleventy read and that are not Markdown.
_OTHER_ENDINGS = (
    *(".adoc", ".asciidoc", ".htm", ".html", ".liquid", ".mdx", ".njk", ".org", ".rst"),
    ".textile",
)
#: How the front matter of such a text begins.
_FRONT_MATTER = (b"---\n", b"---\r\n", b"+++\n", b"+++\r\n")


class Outside(ValueError):
    """A path that leads out of the folder."""


@dataclass
class Text:
    """One file: a page in one language. ``problem`` is the error if it cannot be read."""

    path: str
    key: str
    language: str
    values: dict = field(default_factory=dict)
    body: str = ""
    line: int = 1
    problem: str = ""
    is_read: bool = False

    @property
    def folder(self):
        return posixpath.dirname(self.path)

    @property
    def own_addresses(self):
        """The declared URLs, without those with placeholders."""
        said = (self.values.get(name) for name in OWN_ADDRESSES)
        return [each for each in said if isinstance(each, str) and ":" not in each and each]

    @property
    def old_addresses(self):
        """The paths at which it was read where it comes from, for redirects."""
        said = [each for name in OLD_ADDRESSES if (each := self.values.get(name))]
        lists = [each if isinstance(each, list) else [each] for each in said]
        found = [*self.own_addresses, *(each for one in lists for each in one)]
        paths = [urlsplit(each).path for each in found if isinstance(each, str) and each]
        return [f"/{path.lstrip('/')}" for path in paths if path.strip("/")]

    @property
    def is_draft(self):
        """Whether the program that it was written for never publishes it."""
        said = self.values
        return (
            _is_true(said.get("draft"))
            or _is_true(said.get("headless"))
            or str(said.get("published")).lower() in ("false", "no", "0")
            or "_drafts" in self.path.split("/")
        )

    @property
    def held_back(self):
        """Why it does not go live though it is no draft: a date to come, or one that is past."""
        now = timezone.now()
        for name in ("date", "publishdate", "published"):
            if (moment := self._moment(name)) and moment > now:
                return _("Its date is yet to come; it stays a draft.")
        if (moment := self._moment("expirydate")) and moment <= now:
            return _("Its last day is past; it stays a draft.")
        return ""

    def _moment(self, name):
        said = self.values.get(name)
        if said is None or isinstance(said, bool):
            return None
        with suppress(ValueError):
            return values.moment(said)
        return None


class Folder:
    """``groups`` are the texts of each page by language, by the key of the page."""

    def __init__(self, root, language=None):
        self.root = Path(root).resolve()
        self.default = language or available_languages()[0]
        content = self.root / layout.CONTENT
        self.content = content if content.is_dir() else self.root
        self.texts = [self._text(path) for path in self._paths()]
        #: Texts in another language than Markdown, which are not read.
        self.other_texts = [
            path.relative_to(self.root).as_posix()
            for path in self._paths(_OTHER_ENDINGS)
            if _begins_with(path, _FRONT_MATTER)
        ]
        self.groups, self.keys, self.twice = {}, {}, []
        self.private, self.incomplete = set(), set()
        self._others = self._pairs_by_address()
        self._pair()
        self._look_at_the_others()

    def _paths(self, endings=_ENDINGS):
        for path in sorted(self.content.rglob("*")):
            if path.suffix.lower() not in endings:
                continue
            parts = path.relative_to(self.content).parts
            hidden = any(each.startswith(".") for each in parts)
            if self.content == self.root:
                hidden = hidden or not PASSED_OVER.isdisjoint(parts)
            is_text = parts[-1].lower() not in NOT_TEXTS and path.is_file()
            if is_text and not hidden and path.resolve().is_relative_to(self.root):
                yield path

    def _text(self, path):
        name = path.relative_to(self.root).as_posix()
        key, language, day = self.place_of(path.relative_to(self.content).as_posix())
        text = Text(name, key, language or "")
        try:
            if path.stat().st_size > LONGEST:
                raise ValueError(_("This is too long."))
            content = path.read_bytes().decode("utf-8").replace("\0", "\ufffd")
            said, text.body, text.line = front_matter.split(content)
            text.values = {str(name).lower(): value for name, value in said.items()}
            text.is_read = True
        except UnicodeDecodeError:
            text.problem = _("It is not UTF-8.")
        except (ValueError, OSError) as error:
            text.problem = str(error)
        if day:
            text.values.setdefault("date", day)
        said = text.values.get("lang") or text.values.get("language")
        if not language:
            text.language = available_language(str(said)) if said else self.default
            if text.language is None:
                text.language, text.problem = "", _no_language(said)
        elif language not in available_languages():
            text.language, text.problem = "", _no_language(language)
        return text

    def place_of(self, path):
        """``(key, language, day)`` of a path below the content; ``None`` for missing parts.

        The language is in the name (``x.fr.md``) or is the first folder (``fr/x.md``).
        """
        folder, _slash, name = _without_ending(path).rpartition("/")
        language = None
        stem, dot, ending = name.rpartition(".")
        if dot and (available_language(ending) == ending or ending.lower() in LANG_INFO):
            name, language = stem, ending
        first, _slash, rest = f"{folder}/".partition("/")
        if language is None and first in available_languages():
            folder, language = rest.rstrip("/"), first
        day = None
        if found := _DATED.fullmatch(name):
            day, name = found.groups()
        key = posixpath.join(folder, "" if name in _INDEXES else name).strip("/")
        return key, language, day

    def _pairs_by_address(self):
        """The name of the group of each file that names, or is named as, its other language."""
        by_address, names = {}, {}
        for text in self.texts:
            for address in (*text.own_addresses, text.key, _without_ending(text.path)):
                by_address.setdefault(_plain_address(address), text)
        for text in self.texts:
            said = text.values.get(_OTHER)
            other = by_address.get(_plain_address(said)) if isinstance(said, str) else None
            if other is not None and other is not text:
                name = names.get(other.path) or f":alt:{min(text.path, other.path)}"
                names.setdefault(text.path, name)
                names.setdefault(other.path, name)
        return names

    def _pair(self):
        together = {}
        for text in self.texts:
            if text.problem:
                continue
            group = together.setdefault(self._name_of_group(text), {})
            if text.language in group:
                text.problem = _("“%(path)s” is this page in the same language.") % {
                    "path": group[text.language].path
                }
                continue
            group[text.language] = text
        for group in together.values():
            source = source_of(group)
            self.groups[source.key] = group
            for text in group.values():
                self.keys[text.key] = source.key
                if _is_true(text.values.get("private")):
                    self.private.add(source.key)

    def _look_at_the_others(self):
        """Note which pages are private, or may be, by files that are not imported."""
        names = {
            self._name_of_group(text): key
            for key, group in self.groups.items()
            for text in group.values()
        }
        for text in self.texts:
            key = self.keys.get(text.key, names.get(self._name_of_group(text)))
            if key is None or not text.problem:
                continue
            if not text.is_read:
                self.incomplete.add(key)
            elif _is_true(text.values.get("private")):
                self.private.add(key)

    def _name_of_group(self, text):
        said = next((text.values[name] for name in _KEYS if text.values.get(name)), None)
        return f":{said}" if said else self._others.get(text.path, text.key)

    # Names

    def key_named(self, name, folder=""):
        """The key of the page that ``name`` leads to from a file in ``folder``, or ``None``."""
        if not isinstance(name, str):
            return None
        try:
            parts = urlsplit(name)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        start = self.content.relative_to(self.root).as_posix()
        beside = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
        plain = posixpath.normpath(path.strip("/"))
        for each in (beside.removeprefix(f"{start}/"), plain):
            key, _language, _day = self.place_of(each)
            if key in self.keys and (each not in (".", "") or key == ""):
                return self.keys[key]
        return None

    def file_named(self, name, folder=""):
        """The path below the root of the file that ``name`` means; ``None`` if there is none.

        Raises :class:`Outside` where it leads out of the folder.
        """
        try:
            parts = urlsplit(name)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        if "\0" in path:
            return None
        is_outside = False
        for start in (folder, "", "static", "assets", layout.CONTENT, layout.IMAGES):
            found = (self.root / start / path.lstrip("/")).resolve()
            if not found.is_relative_to(self.root):
                is_outside = True
            elif found.is_file():
                return found.relative_to(self.root).as_posix()
        if is_outside:
            message = _("“%(path)s” leads out of the folder and is not read.")
            raise Outside(message % {"path": name})
        return None


def _without_ending(path):
    """``path`` without the ending of a Markdown file."""
    return next((path.removesuffix(end) for end in _ENDINGS if path.lower().endswith(end)), path)


def _begins_with(path, beginnings):
    """Whether the file at ``path`` begins with one of these bytes."""
    try:
        with path.open("rb") as file:
            return file.read(5).startswith(beginnings)
    except OSError:
        return False


def _plain_address(address):
    """A normalized URL or path, to compare it with others."""
    try:
        path = unquote(urlsplit(str(address)).path)
    except ValueError:
        path = ""
    path = path.strip("/").removesuffix(".html")
    return path.removesuffix("index").strip("/")


def _is_true(said):
    return bool(said) and str(said).lower() not in ("false", "no", "0")


def source_of(group):
    """The text in the source language among those of a page."""
    said = [text.values.get("source_language") for text in group.values()]
    named = next((code for code in said if code in group), None)
    typed = next((code for code, text in group.items() if text.values.get("type")), None)
    first = next(code for code in [*available_languages(), *group] if code in group)
    return group[named or typed or first]


def _no_language(code):
    return _("The site has no language “%(code)s”.") % {"code": code}
