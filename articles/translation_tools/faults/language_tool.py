"""Faults that a server of LanguageTool finds, where the project has set its address.

``DIPTYCH_LANGUAGE_TOOL`` is a dictionary: ``URL``, the address of a server of one's own, and
optionally ``LANGUAGES``, LanguageTool's codes by language, such as ``{"en": "en-GB"}``. None is set
by default. The server is sent what is written, unpublished texts included.
"""

import hashlib
import logging
from bisect import bisect_right
from itertools import accumulate
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.utils.translation import gettext as _

from diptych.articles.translation_tools.faults.finding import Fault, Kind
from diptych.articles.translation_tools.machine.interface import MachineError, within
from diptych.articles.translation_tools.machine.providers import posted

logger = logging.getLogger(__name__)

SETTING = "DIPTYCH_LANGUAGE_TOOL"
#: The variants with a dictionary, of languages that LanguageTool has in several.
USUAL = {"de": "de-DE", "en": "en-US", "pt": "pt-PT"}
#: Left to the rules of typography here, or matters of taste.
LEFT_OUT = ("TYPOGRAPHY", "STYLE", "REDUNDANCY", "COLLOQUIALISMS")
#: The characters of one request, and the seconds for which its answer is waited for.
MOST, SECONDS = 20_000, 4
#: The seconds for which a server that failed is not asked again, and for which answers are kept.
PAUSE, KEPT = 60, 86_400


def is_set():
    """Whether the project uses a server of LanguageTool."""
    return bool(getattr(settings, SETTING, None))


def found_in(passages, language):
    """The faults of ``{key: words}`` in ``language``, by key; ``None`` if the server gives none.

    Answers are kept, so that a review asks for what was changed since.
    """
    asked = {words: _key(words, language) for words in passages.values() if words.strip()}
    kept = cache.get_many(asked.values())
    missing = [words for words, key in asked.items() if key not in kept]
    if missing and cache.get(_key("", language)):
        return None
    try:
        for part in _parts(missing):
            answered = _ask(part, language)
            new = {asked[words]: found for words, found in zip(part, answered, strict=True)}
            cache.set_many(new, KEPT)
            kept |= new
    except MachineError as error:
        logger.warning("LanguageTool gave no answer: %s", error)
        cache.set(_key("", language), True, PAUSE)
        return None
    return {
        key: [Fault(*each) for each in kept[asked[words]]] if words in asked else []
        for key, words in passages.items()
    }


def _key(words, language):
    """Where the answer to ``words`` is kept; without words, that the server has failed."""
    known = "\0".join([settings.DIPTYCH_LANGUAGE_TOOL["URL"], _code(language), words])
    digest = hashlib.sha256(known.encode(errors="surrogatepass")).hexdigest()
    return f"diptych_language_tool:{digest}"


def _code(language):
    code = settings.DIPTYCH_LANGUAGE_TOOL.get("LANGUAGES", {}).get(language)
    base, _dash, territory = language.partition("-")
    return code or (f"{base}-{territory.upper()}" if territory else USUAL.get(base, base))


def _parts(texts):
    """``texts`` in lists of at most :data:`MOST` characters, or of one text that is longer."""
    part, length = [], 0
    for text in texts:
        if part and length + len(text) > MOST:
            yield part
            part, length = [], 0
        part.append(text)
        length += len(text)
    if part:
        yield part


def _ask(texts, language):
    """For each of ``texts`` the arguments of its faults; raises :class:`MachineError`."""
    between = "\n\n".encode("utf-16-le")
    encoded = [each.encode("utf-16-le", "replace") for each in texts]
    sent = between.join(encoded).decode("utf-16-le")
    data = {"text": sent, "language": _code(language), "disabledCategories": ",".join(LEFT_OUT)}
    url = f"{settings.DIPTYCH_LANGUAGE_TOOL['URL'].rstrip('/')}/v2/check"
    answer = within(SECONDS, lambda: posted(url, form=data))
    starts = [0, *accumulate(len(each) + len(between) for each in encoded[:-1])]
    found = [[] for _text in texts]
    try:
        for match in answer["matches"]:
            # It counts as Java does, in UTF-16.
            start, length = 2 * match["offset"], 2 * match["length"]
            number = bisect_right(starts, start) - 1
            words = encoded[number][start - starts[number] :][:length]
            found[number].append(_fault(match, words.decode("utf-16-le", "replace")))
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise MachineError(_("The answer of the machine cannot be read.")) from error
    return found


def _fault(match, words):
    if match["rule"]["category"]["id"] == "TYPOS":
        return str(Kind.SPELLING), words
    better = [str(each["value"]) for each in match["replacements"][:1]]
    return str(Kind.GRAMMAR), words, "".join(better), str(match["message"])


def check_setting(app_configs, **kwargs):
    """A system check of the setting."""
    found = getattr(settings, SETTING, None)
    if not found:
        return []
    codes = found.get("LANGUAGES", {}) if isinstance(found, dict) else None
    try:
        url = urlsplit(found["URL"])
        is_right = isinstance(codes, dict) and url.scheme in ("http", "https") and url.hostname
    except (KeyError, TypeError, ValueError, AttributeError):
        is_right = False
    if not is_right:
        said = _("%(setting)s has to be a dictionary with URL, the address of a server.")
        return [checks.Error(said % {"setting": SETTING}, id="diptych_translation_tools.E004")]
    if url.hostname.endswith(("languagetool.org", "languagetoolplus.com")):
        said = _("%(setting)s: this server belongs to others, who would get unpublished texts.")
        return [checks.Warning(said % {"setting": SETTING}, id="diptych_translation_tools.W001")]
    return []
