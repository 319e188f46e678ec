"""Texts of qTranslate, which keeps all languages of a text in one: ``[:fr]Lac[:en]Lake[:]``.

``{:fr}`` and, before, ``<!--:fr-->Lac<!--:-->`` say the same. What stands outside is of all
languages. An item with several becomes one for each, as another plugin would have stored it.
"""

import re
from copy import deepcopy
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from lxml.etree import SubElement

from diptych.articles.transfer.wordpress.items import LANGUAGE, POST_GROUPS, local_name
from diptych.articles.transfer.wordpress.texts import one_line

#: What the groups of these items are called.
GROUP = "qtranslate:"
#: Codes are of two or three letters, of either case.
_TAG = re.compile(r"\[:([a-z]{2,3})?\]|\{:([a-z]{2,3})?\}|<!--:([a-z]{2,3})?-->", re.I)
#: Meta of a plugin that gives an item a slug in each language.
_SLUG = "_qts_slug_"
_ALT = "_wp_attachment_image_alt"


def parts_of(text):
    """The texts of ``text`` by language; ``{}`` where it is not one of qTranslate."""
    found = list(_TAG.finditer(text))
    codes = dict.fromkeys(code for tag in found if (code := _code(tag)))
    is_marked = codes and (len(codes) > 1 or _TAG.match(text.lstrip()))
    return {code: _text_in(text, found, code) for code in codes} if is_marked else {}


def text_in(text, language):
    """``text`` in ``language``; as it is where it is not one of qTranslate."""
    parts = parts_of(text)
    return parts.get(language, "") if parts else text


def first_text(text):
    """``text`` in the language that it names first."""
    return next(iter(parts_of(text).values()), text)


def by_language(element):
    """The element of an item for each language of its texts; itself where it has one."""
    languages = _languages(element)
    if not languages:
        return [element]
    return [_in_language(element, code, number) for number, code in enumerate(languages)]


def _code(tag):
    return (tag[1] or tag[2] or tag[3] or "").lower() or None


def _text_in(text, tags, language):
    pieces, end, current = [], 0, None
    for tag in tags:
        if current in (None, language):
            pieces.append(text[end : tag.start()])
        end, current = tag.end(), _code(tag)
    if current in (None, language):
        pieces.append(text[end:])
    return "".join(pieces).strip()


def _languages(element):
    """The languages in which an item has a text: those of its content, or else of what it has."""
    texts = {"content": "", "others": []}
    for child in element:
        name = local_name(child.tag)
        if name == "encoded" and "excerpt" not in child.tag:
            texts["content"] = child.text or ""
        elif name in ("title", "encoded"):
            texts["others"].append(child.text or "")
        elif name == "postmeta" and _meta(child, "meta_key") == _ALT:
            texts["others"].append(_meta(child, "meta_value"))
    content = [code for code, part in parts_of(texts["content"]).items() if _shows(part)]
    if content:
        return content
    return list(dict.fromkeys(code for text in texts["others"] for code in parts_of(text)))


def _shows(part):
    """Whether readers see something of a content: a text, a picture or a block."""
    return bool(one_line(part)) or "<img" in part or "wp:" in part


def _meta(element, name):
    return next((each.text or "" for each in element if local_name(each.tag) == name), "")


def _in_language(element, language, number):
    """A copy of an item with its texts in ``language``; the first one keeps its number."""
    copy = deepcopy(element)
    slugs, own = _slugs(element), ""
    slug = slugs.get(language, "")
    for child in list(copy):
        name = local_name(child.tag)
        for each in child.iter():
            each.text = text_in(each.text, language) if each.text else each.text
        if name == "post_id":
            own = child.text or ""
        if number and name == "post_id":
            copy.remove(child)
        elif number and name == "guid":
            child.text = f"{child.text}#{language}"
        elif name == "link":
            address = _with_slug(child.text or "", slug, slugs.values())
            child.text = _below(address, language) if number else address
    if slug:
        names = [each for each in copy if local_name(each.tag) == "post_name"]
        (names[0] if names else SubElement(copy, "post_name")).text = slug
    SubElement(copy, "category", domain=LANGUAGE, nicename=language)
    SubElement(copy, "category", domain=POST_GROUPS, nicename=f"{GROUP}{own}")
    return copy


def _slugs(element):
    """The slugs that a plugin gives to an item, by language."""
    found = {}
    for child in element:
        if local_name(child.tag) == "postmeta":
            _start, is_slug, language = _meta(child, "meta_key").partition(_SLUG)
            found.update({language: _meta(child, "meta_value")} if is_slug else {})
    return {language: slug for language, slug in found.items() if slug}


def _with_slug(address, slug, slugs):
    """The address of a text, with its own slug where it ends with the one of any language."""
    start, _slash, last = address.rstrip("/").rpartition("/")
    if not slug or unquote(last) not in slugs:
        return address
    return f"{start}/{quote(slug)}{'/' if address.endswith('/') else ''}"


def _below(address, language):
    """The address of a text in another language: with the language before its path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return urlunsplit(parts._replace(path=f"/{language}{parts.path}"))
