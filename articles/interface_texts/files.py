"""Which catalogues are the site's own: those that may be edited, and no other package's."""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

from articles.interface_texts.catalogues import read_catalogue

DOMAINS = ("django", "djangojs")


class UnreadableCatalogue(Exception):
    """A file that is there, and is no catalogue or may not be read."""


@dataclass(frozen=True)
class Catalogue:
    """A file of words in one language; ``number`` tells those of a language apart."""

    path: Path
    language: str
    number: int

    @property
    def name(self):
        """Enough of the path to tell one file from another."""
        return "/".join(self.path.parts[-5:])

    def read(self):
        """The words as they are in the file now."""
        try:
            return read_catalogue(self.path)
        except (OSError, ValueError) as error:
            raise UnreadableCatalogue(str(error)) from error

    def beside(self, language):
        """The same catalogue in another language, or nothing."""
        path = self.path.parents[2] / to_locale(language) / "LC_MESSAGES" / self.path.name
        return Catalogue(path, language, self.number) if path.is_file() else None

    def may_be_written(self):
        """Whether the file can be replaced, as far as can be told without trying."""
        return all(os.access(place, os.W_OK) for place in (self.path, self.path.parent))


def folders():
    """The ``locale`` folders of the site: those of the settings, and the plugin's own.

    The setting ``DIPTYCH_WORD_FOLDERS`` names others.
    """
    named = getattr(settings, "DIPTYCH_WORD_FOLDERS", None)
    if named is None:
        plugin = Path(apps.get_app_config("diptych").path) / "locale"
        named = [*settings.LOCALE_PATHS, plugin]
    return [os.fspath(folder) for folder in named]


def catalogues_in(language):
    """The catalogues of one language, in a stable order."""
    places = dict.fromkeys(Path(folder).resolve() for folder in folders())
    files = [
        path.resolve()
        for place in places
        for domain in DOMAINS
        if (path := place / to_locale(language) / "LC_MESSAGES" / f"{domain}.po").is_file()
    ]
    return [Catalogue(path, language, number) for number, path in enumerate(files)]


def compiled_files():
    """Where Django reads the site's words: the compiled catalogues, whether they exist or not."""
    return _compiled_files(tuple(folders()), tuple(code for code, _ in settings.LANGUAGES))


@lru_cache(maxsize=8)
def _compiled_files(places, languages):
    return [
        os.path.join(place, to_locale(language), "LC_MESSAGES", f"{domain}.mo")
        for place in places
        for language in languages
        for domain in DOMAINS
    ]
