"""The formats of files: XLIFF 1.2, XLIFF 2 and PO. Each module has ``write`` and ``read``."""

from diptych.articles.translation_tools.formats import po, xliff1, xliff2
from diptych.articles.translation_tools.formats.reading import check_files

#: ``{name: (module, extension)}``; the first is the usual one.
FORMATS = {"xliff": (xliff1, "xlf"), "xliff2": (xliff2, "xlf"), "po": (po, "po")}
#: Extensions of the files that are read.
EXTENSIONS = ("xlf", "xliff", "po")


def write(file, name):
    """The bytes of a :class:`TranslationFile` in the format ``name``."""
    return FORMATS[name][0].write(file)


def read(data):
    """The :class:`TranslationFile` objects in ``data``, of any of the formats.

    Raises :class:`~.reading.FileRefused` for anything else.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return [po.read(data)]
    root = xliff1.parsed(data)
    check_files([each for each in root if xliff1.name_of(each) == "file"])
    return xliff2.read(root) if root.get("version", "").startswith("2") else xliff1.read(root)
