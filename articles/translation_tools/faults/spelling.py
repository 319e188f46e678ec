"""Words that a dictionary of Hunspell lacks, where the project has set one for the language.

``DIPTYCH_SPELLING`` is a dictionary of languages: ``{"fr": "/usr/share/hunspell/fr"}``, the path of
two files without their endings. None is set by default; needs the package ``chunspell``.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

SETTING = "DIPTYCH_SPELLING"
#: So many words of a passage are looked up at most.
MOST = 50
#: Parts before a hyphen that are known if they are no longer: "pre", "non".
PREFIX = 3
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’-][^\W\d_]+)*(?!\w)")


def unknown_words(source, target):
    """The first words of ``target`` that its dictionary lacks, if there is one for its language."""
    path = _path(target.language)
    if path is None or not _is_there(path):
        return []
    has = _dictionary(path).spell
    words = without_names(_WORD.findall(target.words), source)
    return [each for each in words if not _is_known(each, has)][:MOST]


def without_names(words, source):
    """Each of ``words`` once that has no capital first and that ``source``, a text, has not."""
    known = {each.casefold() for each in _WORD.findall(source.words)}
    return [
        each for each in dict.fromkeys(words) if each[:1].islower() and each.casefold() not in known
    ]


def _is_known(word, has):
    word = word.replace("’", "'")
    if has(word):
        return True
    *before, last = word.split("-")
    parts = [each for each in before if len(each) > PREFIX] + [last]
    return all(
        len(each) < 2 or each[0].isupper() or has(each)
        for part in parts
        for each in part.split("'")
    )


def _path(language):
    paths = getattr(settings, SETTING, None) or {}
    return paths.get(language) or paths.get(language.partition("-")[0])


@cache
def _is_there(path):
    files = [Path(f"{path}.{ending}") for ending in ("aff", "dic")]
    return find_spec("hunspell") is not None and all(each.is_file() for each in files)


@cache
def _dictionary(path):
    from hunspell import Hunspell

    return Hunspell(Path(path).name, hunspell_data_dir=str(Path(path).parent))


def check_setting(app_configs, **kwargs):
    """A system check of the setting."""
    paths = getattr(settings, SETTING, None) or {}
    if paths and find_spec("hunspell") is None:
        said = _("%(setting)s needs the package %(package)s.")
        known = {"setting": SETTING, "package": "chunspell"}
        return [checks.Error(said % known, id="diptych_translation_tools.E003")]
    said = _("%(setting)s: there is no dictionary %(path)s.")
    return [
        checks.Error(said % {"setting": SETTING, "path": path}, id="diptych_translation_tools.E003")
        for path in paths.values()
        if not _is_there(path)
    ]
