"""Which documents are recordings, and what readers are told of them."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from diptych.articles.languages.index.privacy import public_documents
from diptych.articles.languages.index.sites import absolute

#: The name of the view that sends recordings.
RECORDING = "diptych_recording"
#: Media types by the endings of file names.
MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
}
#: What files of a media type begin with, and at which byte.
SIGNATURES = {
    "audio/mp4": ((4, b"ftyp"),),
    "audio/ogg": ((0, b"OggS"),),
    "audio/wav": ((0, b"RIFF"),),
    "audio/mpeg": ((0, b"ID3"), *((0, bytes([0xFF, each])) for each in range(0xE0, 0x100))),
}


@dataclass(frozen=True)
class Recording:
    """A recording as readers are told of it; ``size`` is in bytes, ``url`` has no host."""

    url: str
    media_type: str
    label: str
    size: int

    def at(self, request):
        """The same with the host of ``request``, for whoever reads it elsewhere."""
        return replace(self, url=absolute(self.url, request))


def media_type_of(document):
    """The media type of a document, ``None`` if its name is not that of a recording."""
    return MEDIA_TYPES.get(document.file_extension.lower())


def is_sent_by_wagtail(document):
    """Whether Wagtail’s view sends a file itself: no storage and no web server does."""
    method = getattr(settings, "WAGTAILDOCS_SERVE_METHOD", None)
    is_local = document.is_stored_locally()
    by_server = is_local and hasattr(settings, "SENDFILE_BACKEND")
    return not by_server and (method == "serve_view" or (method is None and is_local))


def url_of(document):
    """Where a recording is heard; that of the document where whoever sends it knows ranges."""
    if not is_sent_by_wagtail(document):
        return document.url
    return reverse(RECORDING, args=[document.pk, document.filename])


def fault_of(document):
    """Why a document is no recording, in a sentence; empty if it is one."""
    media_type = media_type_of(document)
    if media_type is None:
        message = _("“%(name)s” is not a recording. Choose a file that ends in %(endings)s.")
        return message % {
            "name": document.filename,
            "endings": get_text_list([f".{each}" for each in MEDIA_TYPES], _("or")),
        }
    try:
        with document.open_file() as file:
            start = file.read(16)
    except OSError:
        return _("“%(name)s” cannot be read now.") % {"name": document.filename}
    if not any(start[at:].startswith(sign) for at, sign in SIGNATURES[media_type]):
        message = _("“%(name)s” has the name of a recording, but holds something else.")
        return message % {"name": document.filename}
    return ""


def recordings_in(ids):
    """The :class:`Recording` of each of these documents that any visitor may hear, by id.

    Documents of private collections and those that are no recordings are left out. Two queries.
    """
    ids = set(ids) - {None}
    if not ids:
        return {}
    documents = public_documents().filter(pk__in=ids)
    return {each.pk: _recording(each) for each in documents if media_type_of(each)}


def _recording(document):
    return Recording(
        url=url_of(document),
        media_type=media_type_of(document),
        label=document.file_extension.upper(),
        size=document.get_file_size() or 0,
    )
