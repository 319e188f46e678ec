"""What all formats share when they read: limits, the error, and codes that nobody knows."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import available_language
from diptych.articles.translation_tools.segments import Code

#: The most bytes and texts of a file.
LARGEST_FILE, MOST_TEXTS = 10_000_000, 20_000
#: The most pages of a file, and the most files of an archive.
MOST_FILES = 100
#: The most digits of the number of a code.
LONGEST_NUMBER = 5


class FileRefused(Exception):
    """A file cannot be read; its text says why, in the language of the interface."""


def check_size(data):
    """Raise :class:`FileRefused` for more bytes than are read."""
    if len(data) > LARGEST_FILE:
        size = LARGEST_FILE // 1_000_000
        raise FileRefused(_("The file is larger than %(size)s MB.") % {"size": size})


def check_count(entries):
    """Raise :class:`FileRefused` for more texts than a page has."""
    if len(entries) > MOST_TEXTS:
        message = _("The file has more than %(count)s texts.")
        raise FileRefused(message % {"count": number_format(MOST_TEXTS, force_grouping=True)})


def check_files(files):
    """Raise :class:`FileRefused` for more files or pages than are taken in together."""
    if len(files) > MOST_FILES:
        message = _("It has more than %(count)s files.") % {"count": MOST_FILES}
        raise FileRefused(message)


def language_of(code):
    """The language of the site that a code in a file names, such as ``FR-fr``, or ``None``."""
    return available_language(code.strip().lower().replace("_", "-"))


def code(number, part, name=""):
    """The :class:`Code` with a number as it stands in a file; ``-1`` for one that is none."""
    text = str(number or "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return Code(int(text) if is_number else -1, part, name)
