"""The options of commands that write what is translated from one language into another."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import available_languages


def add_languages(parser):
    """Add ``--source`` and ``--target`` to the parser of a command."""
    parser.add_argument("--source", required=True, help=_("the language of the source"))
    parser.add_argument("--target", required=True, help=_("the language to translate into"))


def check_languages(source, target):
    """Raise :exc:`CommandError` unless both are languages of the site, and not the same."""
    for language in (source, target):
        if language not in available_languages():
            message = _("The site has no language “%(language)s”.")
            raise CommandError(message % {"language": language})
    if source == target:
        raise CommandError(_("The source and the target are the same language."))
