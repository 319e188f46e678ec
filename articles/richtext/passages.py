"""Languages of passages, as BCP 47 tags such as ``de-CH``."""

import re

from django.conf.locale import LANG_INFO
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

#: Name of the rich text feature.
FEATURE = "passage"
_TAG = re.compile(
    r"""
    (?P<language>[a-z]{2,3})
    (?:-(?P<script>[a-z]{4}))?
    (?:-(?P<territory>[a-z]{2}|[0-9]{3}))?
    (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

#: Languages without a name in Django.
OTHERS = {
    "grc": _("Ancient Greek"),
    "gsw": _("Swiss German"),
    "la": _("Latin"),
    "rm": _("Romansh"),
    "yi": _("Yiddish"),
}
_WRITTEN_FROM_THE_RIGHT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


def as_tag(text):
    """``text`` as a language tag in canonical case, ``de-CH``; "" if it is not one."""
    found = _TAG.fullmatch((text or "").strip().replace("_", "-"))
    if found is None:
        return ""
    parts = [
        found["language"].lower(),
        (found["script"] or "").title(),
        (found["territory"] or "").upper(),
        found["variants"].lower().strip("-"),
    ]
    return "-".join(filter(None, parts))


def is_written_from_the_right(tag):
    return tag.split("-")[0] in _WRITTEN_FROM_THE_RIGHT


def language_choices(first=()):
    """``(tag, name)`` of the languages ``first``, then of all named languages.

    Each part is sorted by name in the active language; unnamed languages show their tag.
    """
    names = {tag: str(name) for tag, name in OTHERS.items()}
    for code in LANG_INFO:
        if (tag := as_tag(code)) and "name" in LANG_INFO[code]:
            names[tag] = str(get_language_info(code)["name_translated"])
    others = {tag: name for tag, name in names.items() if tag not in first}
    return _by_name({tag: names.get(tag, tag) for tag in first}), _by_name(others)


def _by_name(names):
    return sorted(names.items(), key=lambda each: slugify(each[1]))
