"""Catalogues that may be edited: the site's own, not those of other packages."""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

DOMAINS = ("django", "djangojs")


class UnreadableCatalogue(Exception):
    """Raised when an existing file is no catalogue or may not be read."""


@dataclass(frozen=True)
class SiteCatalogue:
    """A catalogue in one language; ``number`` tells the catalogues of a language apart."""

    path: Path
    language: str
    number: int

    @property
    def name(self):
        """The last parts of the path, enough to tell one file from another."""
        return "/".join(self.path.parts[-5:])

    def read(self):
        """Parse the file as it is now. polib is loaded by the first catalogue that is read."""
        from diptych.articles.interface_texts.catalogues import read_catalogue

        try:
            return read_catalogue(self.path)
        except (OSError, ValueError) as error:
            raise UnreadableCatalogue(str(error)) from error

    def in_language(self, language):
        """Return the same catalogue in another language, or None."""
        path = self.path.parents[2] / to_locale(language) / "LC_MESSAGES" / self.path.name
        return SiteCatalogue(path, language, self.number) if path.is_file() else None

    def is_writable(self):
        """Tell from the file permissions whether the file can be replaced."""
        return all(os.access(place, os.W_OK) for place in (self.path, self.path.parent))


def catalogues_in(language):
    """List the catalogues of one language in a stable order."""
    places = dict.fromkeys(Path(folder).resolve() for folder in locale_folders())
    files = [
        path.resolve()
        for place in places
        for domain in DOMAINS
        if (path := place / to_locale(language) / "LC_MESSAGES" / f"{domain}.po").is_file()
    ]
    return [SiteCatalogue(path, language, number) for number, path in enumerate(files)]


def locale_folders():
    """List the folders of ``DIPTYCH_INTERFACE_TEXT_FOLDERS``.

    They default to ``LOCALE_PATHS`` and the plugin's own folder.
    """
    named = getattr(settings, "DIPTYCH_INTERFACE_TEXT_FOLDERS", None)
    if named is None:
        plugin = Path(apps.get_app_config("diptych_languages").path) / "locale"
        named = [*settings.LOCALE_PATHS, plugin]
    return [os.fspath(folder) for folder in named]


def compiled_files():
    """List the paths from which Django reads the site's texts, existing or not."""
    return _compiled_files(tuple(locale_folders()), tuple(code for code, _ in settings.LANGUAGES))


@lru_cache(maxsize=8)
def _compiled_files(places, languages):
    return [
        os.path.join(place, to_locale(language), "LC_MESSAGES", f"{domain}.mo")
        for place in places
        for language in languages
        for domain in DOMAINS
    ]
