"""Read pages as their readers do, and know what the interface says in each language."""

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
from django.conf import settings

from diptych.articles.interface_texts.validation import PLACEHOLDERS

LOCALE = Path(settings.LOCALE_PATHS[0])

ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "content")
NEVER_CLOSED = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
NOT_READ = ("script", "style")


class Reading(HTMLParser):
    """What a reader is told by a document: ``(language, words)``, and the language it names."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.language = None
        self.told = []
        self._open = []
        self.feed(html)
        self.close()

    @property
    def words(self):
        """All that is told in the language of the document itself."""
        return [words for language, words in self.told if language == self.language]

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        language = values.get("lang") or self._here()
        if tag == "html":
            self.language = language
        for name in ATTRIBUTES:
            self._tell(language, values.get(name))
        if tag not in NEVER_CLOSED:
            self._open.append((tag, language))

    def handle_endtag(self, tag):
        if any(opened == tag for opened, _language in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if not self._open or self._open[-1][0] not in NOT_READ:
            self._tell(self._here(), data)

    def _here(self):
        return self._open[-1][1] if self._open else None

    def _tell(self, language, words):
        words = re.sub(r"[ \t\r\n]+", " ", words or "").strip()
        if words:
            self.told.append((language, words))


def interface(language):
    """Every text of the interface in ``language``, plural forms and all."""
    texts = set()
    for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")):
        texts.update(entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
    return {text.strip() for text in texts if re.search(r"\w", PLACEHOLDERS.sub("", text))}


def pattern_of(text):
    """Find ``text`` among other words, with anything where it has a placeholder."""
    parts = [re.escape(part) for part in re.split(PLACEHOLDERS, text)]
    start = r"(?<!\w)" if text[0].isalnum() else ""
    end = r"(?!\w)" if text[-1].isalnum() else ""
    return re.compile(start + ".+?".join(parts) + end)
