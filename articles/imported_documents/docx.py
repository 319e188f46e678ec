"""Word files as HTML, read by mammoth: nothing in them is run, and nothing outside is fetched.

:func:`html_of_docx` checks the archive before it is read, and refuses it with a reason.
"""

import logging
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.counting import counted, text_of_html
from diptych.articles.imported_documents.losses import (
    DocumentRefused,
    Losses,
    last_words,
    refuse_beyond,
)
from diptych.articles.imported_documents.zips import unpacks_in_parts

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
#: Sizes after unpacking: of all files together, and of one that holds text.
LARGEST_CONTENT, LARGEST_TEXT = 200 * MEGABYTE, 20 * MEGABYTE
#: Text of Word shrinks to about a tenth; an archive that shrinks more was made to break readers.
STRONGEST_COMPRESSION = 200
MOST_FILES = 2000
MOST_PARAGRAPHS, MOST_PICTURES = 2000, 60
#: Tags and attributes of all parts; each takes about twenty microseconds and half a kilobyte.
MOST_MARKS = 100_000
#: The beginning of files in Microsoft's older container.
_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: What archives and XML raise where they are damaged.
UNREADABLE = (
    BadZipFile,
    ElementTree.ParseError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)
_TYPES, _TEXT = "[Content_Types].xml", "word/document.xml"
#: Elements with text that are no text of the document, or are named as lost.
_UNSEEN = {"del", "moveFrom", "oMath", "oMathPara"}
_ATTRIBUTES = rb"(?=[\s/>])(?:\"[^\"]*\"|'[^']*'|[^<>\"'/])*+"
#: The end of an element of this name without content.
_EMPTY = rb"(?:/>|>\s*</\1:%s\s*>)"
#: Elements that mammoth passes over, and what it reads in their place.
_READ_AS = (
    # A field, and text in another direction, hold runs of text.
    (rb"<(/?)([\w.-]+):(?:fldSimple|dir|bdo)" + _ATTRIBUTES + rb"(/?)>", rb"<\1\2:smartTag\3>"),
    (rb"<([\w.-]+):cr\s*" + _EMPTY % b"cr", rb"<\1:br/>"),
    (rb"<([\w.-]+):ptab" + _ATTRIBUTES + _EMPTY % b"ptab", rb"<\1:tab/>"),
    (rb"<(/?)([\w.-]+):dstrike(?=[\s/>])", rb"<\1\2:strike"),
    # Without a break of the page, the words on both sides are apart.
    (
        rb"<([\w.-]+):br(?=\s[^<>]*type=[\"'](?:page|column))" + _ATTRIBUTES + _EMPTY % b"br",
        rb'<\1:t xml:space="preserve"> </\1:t>',
    ),
)
#: What shows a chart, and a diagram of SmartArt.
_DRAWN = {"chart", "relIds"}
_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
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
    word, pictures = WordFile(), _Pictures()
    with ZipFile(BytesIO(content)) as archive:
        root = _parsed(archive)
        _note_losses(root, word.losses)
        content = _with_known_elements(archive, content)
    try:
        converted = mammoth.convert_to_html(
            BytesIO(content),
            convert_image=mammoth.images.img_element(pictures.keep),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except DocumentRefused:
        raise
    except Exception as error:
        # The file is foreign, and mammoth has no error of its own for what it cannot read.
        logger.info("A Word file could not be read.", exc_info=True)
        raise _damaged() from error
    word.html, word.pictures = converted.value, pictures.contents
    for word_of_text in counted(_text_of(root), text_of_html(word.html)).missing:
        word.losses.add("words", word_of_text)
    for message in converted.messages:
        _sentence, sign, name = message.message.partition("element was ignored: ")
        if sign:
            word.losses.add("element", name)
    return word


def _with_known_elements(archive, content):
    """The file with the elements of :data:`_READ_AS` as those that mammoth reads."""
    texts = {name: archive.read(name) for name in _texts(archive)}
    known = {name: _known_elements(text) for name, text in texts.items()}
    if known == texts:
        return content
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as written:
        for each in archive.infolist():
            written.writestr(each, known.get(each.filename) or archive.read(each))
    return packed.getvalue()


def _known_elements(text):
    for pattern, instead in _READ_AS:
        text = re.sub(pattern, instead, text)
    return text


def _texts(archive):
    """The names of the files of an archive that hold the text and its notes."""
    return {name for name in archive.namelist() if re.search(r"word/[^/]+\.xml$", name)}


def _text_of(root):
    """The text of a file as Word shows it, without what was deleted and equations."""
    parts, stack = [], [root]
    while stack:
        element = stack.pop()
        name = _name(element) if isinstance(element.tag, str) else ""
        if name == "t":
            parts.append(element.text or "")
        elif name in ("p", "tab", "ptab", "br", "cr"):
            parts.append(" ")
        children = [each for each in element if _name(each) not in _UNSEEN]
        if name == "AlternateContent":
            children = [each for each in children if _name(each) == "Fallback"] or children
        stack += reversed(children)
    return "".join(parts)


def _damaged():
    return DocumentRefused(_("This file is damaged: Word’s own text in it cannot be read."))


class _Pictures:
    """The pictures of a file, in ``contents`` by address; one that stands twice is kept once."""

    def __init__(self):
        self.contents, self.known = {}, {}
        self.number = self.size = 0

    def keep(self, image):
        """The attributes of an ``img`` for ``image``, whose content is kept."""
        content = _bytes_of(image)
        self.number += 1
        self.size += len(content or b"")
        refuse_beyond(
            MOST_PICTURES,
            self.number,
            _("This text has more than %(allowed)s pictures, which are the most taken at once."),
        )
        if self.size > LARGEST_CONTENT:
            raise _unpacks_to(self.size)
        key = sha256(content).digest() if content else len(self.contents)
        source = self.known.setdefault(key, f"picture:{len(self.known) + 1}")
        self.contents[source] = (content, image.content_type or "")
        return {"src": source}


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
    except UNREADABLE as error:
        raise DocumentRefused(
            _("This is no Word file. Save the text as .docx and choose that file.")
        ) from error


def _reason_of_container(content):
    if _ENCRYPTED in content:
        return _("This file is locked with a password. Save it without one.")
    return _("This is a file of an old version of Word (.doc). Save it as .docx.")


def _check_kind(archive, names):
    if _TYPES not in names or not any(name.startswith("word/") for name in names):
        if names & {"content.xml", "mimetype"}:
            raise DocumentRefused(_("This is a file of LibreOffice (.odt). Save it as .docx."))
        raise DocumentRefused(
            _("This file is an archive, but no Word file. Save the text as .docx.")
        )
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise DocumentRefused(_("This file is locked with a password. Save it without one."))
    if not all(map(unpacks_in_parts, archive.infolist())):
        raise DocumentRefused(
            _("This is no Word file. Save the text as .docx and choose that file.")
        )
    with archive.open(_TYPES) as file:
        types = file.read(MEGABYTE).replace(b"\0", b"").lower()
    is_program = any(name.lower().endswith("vbaproject.bin") for name in names)
    if is_program or b"macroenabled" in types or b"vbaproject" in types:
        raise DocumentRefused(
            _("This file holds macros, which are programs. Save it as .docx, without them.")
        )


def _check_sizes(entries):
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    is_bomb = unpacked > MEGABYTE and unpacked > STRONGEST_COMPRESSION * max(packed, 1)
    if len(entries) > MOST_FILES or unpacked > LARGEST_CONTENT or is_bomb:
        raise _unpacks_to(unpacked)


def _unpacks_to(size):
    return DocumentRefused(
        _("This file unpacks to %(size)s, more than a text needs. Make its pictures smaller.")
        % {"size": filesizeformat(size)}
    )


def _parsed(archive):
    """The root of the text; what is long, or declares entities, is refused before it is read."""
    try:
        marks = _marks_in(archive)
        # Counting paragraphs takes a tenth of the time of reading them, and says more to editors.
        is_counted = marks <= 10 * MOST_MARKS
        root = ElementTree.fromstring(archive.read(_path_of_text(archive))) if is_counted else ()  # noqa: S314 _marks_in refused long files and declarations
    except UNREADABLE as error:
        raise _damaged() from error
    refuse_beyond(
        MOST_PARAGRAPHS,
        sum(1 for each in root.iter() if _name(each) == "p") if is_counted else 0,
        _(
            "This text has %(number)s paragraphs; at most %(allowed)s are taken at once."
            " Take it in parts."
        ),
    )
    refuse_beyond(
        MOST_MARKS,
        marks,
        _(
            "This file has %(number)s tags and attributes; at most %(allowed)s are read at once."
            " Take its text in parts."
        ),
    )
    return root


def _marks_in(archive):
    """The number of tags and attributes of all XML files; refuses long ones and entities."""
    size = marks = 0
    for entry in archive.infolist():
        if not _is_xml(archive, entry):
            continue
        size += entry.file_size
        if size > LARGEST_TEXT:
            raise DocumentRefused(
                _("The text of this file takes %(size)s unpacked; at most %(allowed)s are read.")
                % {"size": filesizeformat(size), "allowed": filesizeformat(LARGEST_TEXT)}
            )
        text = archive.read(entry)
        if b"<!DOCTYPE" in text or b"<\0!\0D\0" in text:
            raise _damaged()
        marks += text.count(b"<") + text.count(b"=")
    return marks


def _is_xml(archive, entry):
    """Whether a file in the archive is XML by its name or its beginning."""
    if entry.filename.endswith((".xml", ".rels")):
        return True
    with archive.open(entry) as file:
        return file.read(200).lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1] in (b"<", b"")


def _path_of_text(archive):
    """Where the text is: Word itself may call it otherwise than other programs do."""
    names, targets = {*archive.namelist()}, []
    with suppress(KeyError):
        for each in ElementTree.fromstring(archive.read("_rels/.rels")):  # noqa: S314 _marks_in refused long files and declarations
            if each.get("Type", "").endswith("/officeDocument"):
                targets.append(each.get("Target", "").lstrip("/"))
    return next((target for target in targets if target in names), _TEXT)


def _name(element):
    """The name of an element without its namespace, of which strict files have others."""
    return element.tag.rpartition("}")[2]


def _note_losses(root, losses):
    """Note what mammoth passes over without a word."""
    before = ""
    for element in root.iter():
        name = _name(element)
        if name == "p":
            before = ""
        elif name == "t":
            before = (before + (element.text or ""))[-200:]
        elif name in _TRACKED and not losses.count("tracked"):
            losses.add("tracked")
        elif name == "commentReference":
            losses.add("comment")
        elif name == "oMath":
            losses.add("equation", last_words(before))
        elif name in _DRAWN:
            losses.add("drawing", last_words(before))
