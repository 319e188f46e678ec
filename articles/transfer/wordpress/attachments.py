"""The attachments of an export: the files that they name, and what they say of them.

Attachments may share a file, as Polylang's translations of media do.
"""

import html
from dataclasses import dataclass

from django.utils.html import strip_tags

from diptych.articles.images.alt_texts.language_detection import other_language
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.linguistics.languages import languages_with
from diptych.articles.transfer.wordpress.focal_points import focal_point_of
from diptych.articles.transfer.wordpress.uploads import FileRefused, original_path, path_in_uploads

#: Metadata in which WordPress, plugins and themes keep a credit, the likeliest first.
CREDITS = (
    "_media_credit",
    "media_credit",
    "_wp_attachment_credit",
    "isc_image_source",
    "_image_credit",
    "image_credit",
    "_photo_credit",
    "photo_credit",
    "_credit",
    "credit",
    "_attribution",
    "attribution",
    "photographer",
    "_copyright",
    "copyright",
    "_navis_media_credit_org",
)
ALT = "_wp_attachment_image_alt"
ATTACHED_FILE = "_wp_attached_file"


@dataclass(frozen=True, slots=True)
class Texts:
    """What an attachment says of its file in one language, as plain text."""

    alt: str = ""
    caption: str = ""
    credit: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """What an attachment says of its file, and where that is."""

    id: int
    #: Within uploads: as WordPress stored it, and as its address has it.
    path: str
    path_of_address: str
    title: str
    language: str
    texts: Texts
    focal_point: tuple | None
    #: Why it has no path.
    problem: str = ""


class Attachments:
    """The attachments of ``export``, by number and by the path of their file."""

    def __init__(self, export):
        self.export = export
        self._by_number = {}
        #: ``{path: path by which the file is known}``, and the same by the path of the original.
        self._paths, self._originals = {}, {}
        self._sharing = {}
        for number, (address, meta) in export.attachments.items():
            self._add(self._attachment(number, address, meta))

    def get(self, number):
        """The :class:`AttachedFile` of an attachment; ``None`` if there is none of that number."""
        return self._by_number.get(number)

    def sharing(self, path):
        """The attachments of the file that is known by ``path``."""
        return self._sharing.get(path, [])

    def path_of(self, key):
        """The path by which the file is known that ``key`` names; "" if it is not of this site.

        ``key`` is the number of an attachment, or the address of a file in any of its sizes.
        """
        number = _number(key)
        if number is not None:
            attachment = self.get(number)
            return attachment.path if attachment else ""
        try:
            path = path_in_uploads(key)
        except FileRefused:
            return ""
        original = original_path(path)
        known = self._paths.get(path) or self._originals.get(original)
        return known or (original if self._is_own(key) else "")

    def texts(self, key, language):
        """The :class:`Texts` in ``language``, empty where they are in another one."""
        sharing = self.sharing(self.path_of(key))
        own = self.get(_number(key))
        if own is not None and own.language == language:
            return own.texts
        found = next((each.texts for each in sharing if each.language == language), None)
        return found or Texts(credit=first(each.texts.credit for each in sharing))

    def _add(self, attachment):
        self._by_number[attachment.id] = attachment
        if not attachment.path:
            return
        for path in (attachment.path, attachment.path_of_address):
            if path:
                self._paths.setdefault(path, attachment.path)
                self._originals.setdefault(original_path(path), attachment.path)
        self._sharing.setdefault(attachment.path, []).append(attachment)

    def _attachment(self, number, address, meta):
        try:
            path_of_address = path_in_uploads(address) if address else ""
            stored = meta.get(ATTACHED_FILE)
            path, problem = path_in_uploads(stored) if stored else path_of_address, ""
        except FileRefused as refusal:
            # Where one of the two leads elsewhere, the other is not trusted either.
            path, path_of_address, problem = "", "", str(refusal)
        texts = Texts(
            alt=_plain(meta.get(ALT)),
            caption=_plain(meta.get("caption")),
            credit=first(_plain(meta.get(key)) for key in CREDITS),
            description=_plain(meta.get("description")),
        )
        return AttachedFile(
            number,
            path,
            path_of_address,
            title=_plain(meta.get("title")),
            language=self._language_of(meta, texts),
            texts=texts,
            focal_point=focal_point_of(meta),
            problem=problem,
        )

    def _language_of(self, meta, texts):
        """That of the attachment, else that of its texts, or of the page it was uploaded to.

        "" for texts in a language which the site has not.
        """
        if meta.get("language"):
            return meta["language"]
        languages = available_languages()
        of_page = self.export.languages_of.get(meta.get("parent"))
        likely = of_page or self.export.language or languages[0]
        sentence = ". ".join(text for text in (texts.alt, texts.caption) if text)
        own = {code.partition("-")[0] for code in languages}
        further = set(languages_with("SMALL_WORDS")) - own
        found = other_language(sentence, likely, [*languages, *further]) or likely
        return found if found in languages else ""

    def _is_own(self, address):
        """Whether an address is one of uploads of this site, though no attachment has it."""
        host, _slash, path = address.partition("//")[2].partition("/")
        is_relative = "//" not in address
        return (is_relative or host in self.export.hosts) and "uploads/" in (path or address)


def _number(key):
    is_number = isinstance(key, int) or (isinstance(key, str) and key.isdecimal())
    return int(key) if is_number else None


def _plain(text):
    """``text`` without tags and entities, in one line."""
    return " ".join(html.unescape(strip_tags(text or "")).split())


def first(texts):
    """The first text that is not empty; ``""`` if there is none."""
    return next((text for text in texts if text), "")
