"""The site's own texts, those of ``diptych.articles.interface_texts``, in files and by machines.

What comes back waits there to be confirmed. Begin with ``texts``; ask :func:`is_installed` before
other modules of this folder are imported.
"""

from django.apps import apps

#: How the names of catalogues begin in files.
PREFIX = "site-texts-"


def is_installed():
    """Whether the site texts can be edited here."""
    return apps.is_installed("diptych.articles.interface_texts")


def are_in(file):
    """Whether a :class:`TranslationFile` has texts of the site, and not of a page."""
    return file.original.startswith(PREFIX) and is_installed()
