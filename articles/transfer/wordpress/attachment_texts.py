"""Texts and focal point of attachments, as they are set on an image or document.

``sharing`` are the attachments of one file, each with texts in its language.
"""

from dataclasses import astuple
from pathlib import PurePosixPath

from django.utils.text import Truncator
from wagtail.images.models import AbstractImage

from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.transfer.records import digest
from diptych.articles.transfer.wordpress.attachments import first


def title_of(sharing, path):
    """The title of the file of ``path``."""
    title = first(each.title for each in sharing)
    return Truncator(title or PurePosixPath(path).stem).chars(255)


def write_texts(target, sharing, path):
    """Set title, texts in each language, credit and focal point on an image or document.

    Returns ``(name, text)`` of those that were shortened to what the column holds.
    """
    target.title = title_of(sharing, path)
    texts = {}
    columns = translated_fields(type(target))
    for name in ("alt", "caption"):
        for language, column in columns.get(name, {}).items():
            own = (each for each in sharing if each.language == language)
            texts[column] = first(getattr(each.texts, name) for each in own)
    for name in ("credit", "description"):
        if any(each.name == name for each in target._meta.concrete_fields):
            said = dict.fromkeys(getattr(each.texts, name) for each in sharing)
            texts[name] = " / ".join(filter(None, said))
    point = next((each.focal_point for each in sharing if each.focal_point), None)
    if point and isinstance(target, AbstractImage):
        _set_focal_point(target, point)
    return [(name, text) for name, text in texts.items() if _set(target, name, text)]


def source_fingerprint(sharing):
    """Of what the attachments say."""
    said = [(each.title, each.language, astuple(each.texts), each.focal_point) for each in sharing]
    return digest(said)


def stored_fingerprint(target):
    """Of what :func:`write_texts` sets, as it is stored."""
    columns = translated_fields(type(target))
    names = [column for name in ("alt", "caption") for column in columns.get(name, {}).values()]
    names += ["title", "credit", "description", "focal_point_x", "focal_point_y"]
    return digest([(name, str(getattr(target, name, None) or "")) for name in sorted(names)])


def _set(target, name, text):
    """Set a text; returns whether only its beginning fits into the column."""
    longest = target._meta.get_field(name).max_length
    is_shortened = bool(longest and len(text) > longest)
    setattr(target, name, Truncator(text).chars(longest) if is_shortened else text)
    return is_shortened


def _set_focal_point(image, point):
    """A small area around ``point``, which is in fractions of width and height."""
    size = max(1, min(image.width, image.height) // 10)
    x, y = round(point[0] * image.width), round(point[1] * image.height)
    image.focal_point_x, image.focal_point_y = x, y
    image.focal_point_width = image.focal_point_height = size
