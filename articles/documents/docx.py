"""Word files as HTML, read by mammoth: nothing in them is run, and nothing outside is fetched.

:func:`html_of_docx` checks the archive before it is read, and refuses it with a reason.
"""

import logging
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from articles.documents.html import DocumentRefused
from articles.documents.losses import Losses, last_words

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
#: Sizes after unpacking: of all files together, and of one that holds text.
LARGEST_CONTENT, LARGEST_TEXT = 200 * MEGABYTE, 20 * MEGABYTE
#: Text of Word shrinks to about a tenth; an archive that shrinks more was made to break readers.
STRONGEST_COMPRESSION = 200
MOST_FILES = 2000
MOST_PARAGRAPHS = 10_000
#: In one part of the file; each takes about a kilobyte of memory while it is read.
MOST_TAGS = 600_000
#: The beginning of files in Microsoft's older container.
_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_TRACKED = {f"{_WORD}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => p.quotations:fresh
p[style-name='Intense Quote'] => p.quotations:fresh
p[style-name='Quotations'] => p.quotations:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name^='toc '] => p.MsoToc:fresh
p[style-name^='TOC '] => p.MsoToc:fresh
"""


@dataclass
class WordFile:
    """What a file says: its HTML, its pictures by address (content and type), and what is lost."""

    html: str = ""
    pictures: dict = field(default_factory=dict)
    losses: Losses = field(default_factory=Losses)


def html_of_docx(content):
    """The :class:`WordFile` of the bytes of a .docx; raises :class:`DocumentRefused`."""
    import mammoth

    check_archive(content)
    word = WordFile()
    with ZipFile(BytesIO(content)) as archive:
        _note_losses(_parsed(archive), word.losses)

    @mammoth.images.img_element
    def keep(image):
        source = f"picture:{len(word.pictures) + 1}"
        word.pictures[source] = (_bytes_of(image), image.content_type or "")
        return {"src": source}

    try:
        converted = mammoth.convert_to_html(
            BytesIO(content),
            convert_image=keep,
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except Exception as error:
        # The file is foreign, and mammoth has no error of its own for what it cannot read.
        logger.info("A Word file could not be read.", exc_info=True)
        raise _damaged() from error
    word.html = converted.value
    return word


def _damaged():
    return DocumentRefused(_("This file is damaged: Word’s own text in it cannot be read."))


def _bytes_of(image):
    """The content of a picture; ``None`` where it stands outside the file or is missing."""
    try:
        with image.open() as file:
            return file.read()
    except (BadZipFile, KeyError, OSError, ValueError):
        return None


# Checks


def check_archive(content):
    """Refuse what is no .docx, what is locked, what runs programs and what is too large."""
    if len(content) > LARGEST_FILE:
        raise DocumentRefused(
            _("This file is too large: %(size)s. At most %(allowed)s are taken.")
            % {"size": filesizeformat(len(content)), "allowed": filesizeformat(LARGEST_FILE)}
        )
    if content.startswith(_CONTAINER):
        raise DocumentRefused(_reason_of_container(content))
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_kind(archive, {entry.filename for entry in entries})
            _check_sizes(entries)
    except (BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise DocumentRefused(
            _("This is no Word file. Save the text as .docx and choose that file.")
        ) from error


def _reason_of_container(content):
    if _ENCRYPTED in content:
        return _("This file is locked with a password. Save it without one.")
    return _("This is a file of an old version of Word (.doc). Save it as .docx.")


def _check_kind(archive, names):
    if _TEXT not in names or "[Content_Types].xml" not in names:
        if names & {"content.xml", "mimetype"}:
            raise DocumentRefused(_("This is a file of LibreOffice (.odt). Save it as .docx."))
        raise DocumentRefused(
            _("This file is an archive, but no Word file. Save the text as .docx.")
        )
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise DocumentRefused(_("This file is locked with a password. Save it without one."))
    types = archive.getinfo("[Content_Types].xml")
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if has_macros or (
        types.file_size < MEGABYTE and b"macroenabled" in archive.read(types).lower()
    ):
        raise DocumentRefused(
            _("This file holds macros, which are programs. Save it as .docx, without them.")
        )


def _check_sizes(entries):
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    texts = [entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    is_bomb = unpacked > MEGABYTE and unpacked > STRONGEST_COMPRESSION * max(packed, 1)
    if len(entries) > MOST_FILES or unpacked > LARGEST_CONTENT or is_bomb:
        raise DocumentRefused(
            _("This file unpacks to %(size)s, more than a text needs. Make its pictures smaller.")
            % {"size": filesizeformat(unpacked)}
        )
    if max(texts, default=0) > LARGEST_TEXT:
        raise _too_long()


def _too_long():
    return DocumentRefused(_("This text is too long. Take it in parts."))


def _parsed(archive):
    """The root of the text; files with declarations of entities are refused unread."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            try:
                text = archive.read(entry)
            except (BadZipFile, EOFError, OSError, RuntimeError, ValueError) as error:
                raise _damaged() from error
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"<\x00!\x00D\x00" in text:
                raise _damaged()
            if text.count(b"<") > MOST_TAGS:
                raise _too_long()
    try:
        root = ElementTree.fromstring(archive.read(_TEXT))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _damaged() from error
    paragraphs = sum(1 for _paragraph in root.iter(f"{_WORD}p"))
    if paragraphs > MOST_PARAGRAPHS:
        raise DocumentRefused(
            _("This text has %(number)s paragraphs; at most %(allowed)s are taken at once.")
            % {
                "number": number_format(paragraphs, force_grouping=True),
                "allowed": number_format(MOST_PARAGRAPHS, force_grouping=True),
            }
        )
    return root


def _note_losses(root, losses):
    """Note what mammoth passes over without a word."""
    before = ""
    for element in root.iter():
        if element.tag == f"{_WORD}p":
            before = ""
        elif element.tag == f"{_WORD}t":
            before = (before + (element.text or ""))[-200:]
        elif element.tag in _TRACKED and not losses.count("tracked"):
            losses.add("tracked")
        elif element.tag == f"{_WORD}commentReference":
            losses.add("comment")
        elif element.tag == _MATH:
            losses.add("equation", last_words(before))
