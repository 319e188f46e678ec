"""Elements of an XML file that somebody else wrote, one at a time, in little memory.

No document type is read, so no entity can be declared, and nothing is fetched. What XML does not
allow is replaced before the parser sees it, because an export with one such character would
otherwise end there.
"""

import codecs
import re

from django.utils.translation import gettext as _
from lxml import etree

from diptych.articles.transfer.wordpress.archives import UnreadableFile

#: Stands for a character that XML does not allow. A noncharacter of Unicode, in no real text.
REMOVED = "\ufdd0"
#: Stands before a character whose bytes were not of the encoding that the file declares.
RECODED = "\ufdd1"
#: The name of a handler of errors of decoding.
AS_WINDOWS_1252 = "diptych_windows_1252"
#: Bytes read first, in which the first element has to begin, and at a time then.
BEGINNING, CHUNK = 256 * 1024, 256 * 1024
#: Longer than any reference to a character, such as ``&#x1F600;``.
LONGEST_REFERENCE = 16

#: The end of an export, and the characters in which it stands.
END, LONGEST_TAIL = "</rss>", 200

_BREAKS = re.compile("[\x0b\x0c]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]{1,12}|[0-9]{1,12});")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ROOT = re.compile(r"<rss[\s>]")
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)


def elements(path, tags, progress=None):
    """Yield each element of ``tags`` (``{*}`` for any namespace) below ``channel`` of a file.

    ``path`` is a path, or a file in a zip.

    An element is emptied as soon as the next is asked for. ``progress`` is called with the numbers
    of bytes read. Raises :class:`UnreadableFile` after the last complete element.
    """
    source = CleanedFile(path, progress)
    try:
        with source:
            yield from _parsed(source, tags)
    except OSError as error:
        message = _("%(file)s cannot be read. May the user who runs the site read it?")
        raise UnreadableFile(message % {"file": path.name}) from error
    except etree.XMLSyntaxError as error:
        message = _("%(file)s is broken in line %(line)s: this is no XML.")
        if source.is_cut:
            message = _("%(file)s is broken in line %(line)s: the rest of the file is missing.")
        said = message % {"file": path.name, "line": error.lineno}
        raise UnreadableFile(f"{said} {_('What stands before was read.')}") from error


def _parsed(source, tags):
    for element in _completed(source, tags):
        parent = element.getparent()
        if parent is not None and parent.tag == "channel":
            yield element
            element.clear()
            while element.getprevious() is not None:
                del parent[0]


def _completed(source, tags):
    """The elements of ``tags`` up to an error, also those before it in the same part of a file.

    ``etree.iterparse`` withholds these with some releases of lxml. Elements that end because the
    file does, which others of them give, are left out.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tags,
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    while data := source.read():
        try:
            parser.feed(data)
        finally:
            for _event, element in parser.read_events():
                yield element
    parser.close()


class CleanedFile:
    """A file as UTF-8 that an XML parser accepts, with marks where something was replaced."""

    def __init__(self, path, progress=None):
        self.path = path
        self.progress = progress or (lambda _size: None)
        self.decoder = None
        self.waiting, self.tail = "", ""
        self.is_at_end = False

    @property
    def is_cut(self):
        """Whether it was read to its end, and that is not the end of an export."""
        return self.is_at_end and END not in self.tail

    def __enter__(self):
        self.opened = self.path.open("rb")
        self.file = self.opened.__enter__()
        return self

    def __exit__(self, *error):
        return self.opened.__exit__(*error)

    def read(self):
        """The next part of the file; empty at its end."""
        text = self._next() if self.decoder else self._from_root(self._next())
        while not text and not self.is_at_end:
            text = self._next()
        return text.encode()

    def _from_root(self, text):
        """``text``, the beginning, with empty lines for what stands before the first element.

        A document type is not allowed there: exports have none, attacks do.
        """
        text = text.removeprefix("\ufeff")
        position = 0
        while found := _BEFORE_ROOT.match(text, position):
            position = found.end()
        if not text[position:]:
            raise UnreadableFile(_("%(file)s is empty.") % {"file": self.path.name})
        if not _ROOT.match(text, position):
            raise UnreadableFile(
                _("%(file)s is no export of WordPress: it does not begin as one.")
                % {"file": self.path.name}
            )
        return "\n" * text.count("\n", 0, position) + text[position:]

    def _next(self):
        """The next characters; maybe none, also before the end."""
        if self.is_at_end:
            return ""
        data = self.file.read(CHUNK if self.decoder else BEGINNING)
        self.progress(len(data))
        if self.decoder is None:
            self.decoder = _decoder(data)
        self.is_at_end = not data
        text = self.decoder.decode(data, final=self.is_at_end)
        self.tail = (self.tail + text)[-LONGEST_TAIL:]
        return self._cleaned(text)

    def _cleaned(self, text):
        text, self.waiting = self.waiting + text, ""
        cut = text.rfind("&", -LONGEST_REFERENCE) if not self.is_at_end else -1
        if cut >= 0:
            text, self.waiting = text[:cut], text[cut:]
        if _FORBIDDEN.search(text):
            text = _FORBIDDEN.sub(REMOVED, text)
        if _BREAKS.search(text):
            text = _BREAKS.sub(" ", text)
        return _REFERENCE.sub(_allowed_reference, text) if "&#" in text else text


def _decoder(data):
    """A decoder for a file that begins with ``data``, by its byte order mark or declaration."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")(errors=AS_WINDOWS_1252)
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8).lstrip()[:300])
    try:
        make = codecs.getincrementaldecoder(declared[1].decode() if declared else "utf-8")
        is_of_ascii = make().decode(b"<rss>", True) == "<rss>"
    except (LookupError, TypeError, ValueError):
        is_of_ascii = False
    if not is_of_ascii:
        make = codecs.getincrementaldecoder("utf-8")
    return make(errors=AS_WINDOWS_1252)


def _as_windows_1252(error):
    """Decode bytes of another encoding as those that Windows writes, with a mark before each."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(RECODED + bytes([byte]).decode("cp1252", "replace") for byte in wrong), error.end


codecs.register_error(AS_WINDOWS_1252, _as_windows_1252)


def _allowed_reference(found):
    """A reference to a character, or a mark where XML does not allow that character."""
    digits = found[1]
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    if code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD:
        return found[0]
    return found[0] if 0x10000 <= code <= 0x10FFFF else REMOVED
