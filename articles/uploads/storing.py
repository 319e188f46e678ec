"""Files of pictures that are stored without a form, and those that were there before."""

from io import BytesIO

import willow
from django.core.files.base import ContentFile
from wagtail.utils.file import hash_filelike

from articles.uploads.files import CLEANERS, kept_clean


def clean_new_file(field_file):
    """Take the metadata off a file that is about to be stored; another one of the same name is.

    The program's own file stays as it is.
    """
    content = _content(field_file)
    clean = _cleaned(content)
    if clean != content:
        field_file.file = ContentFile(clean, field_file.name)
        _note_new_content(field_file.instance, clean)


def clean_stored_file(image):
    """Take the metadata off a stored file, and all sizes made from it; returns whether it had any.

    It keeps its name, so that nothing that leads to it is broken.
    """
    with image.open_file() as stored:
        content = stored.read()
    clean = _cleaned(content)
    if clean == content:
        return False
    image.file.close()
    image.file.name = _replace(image.file.storage, image.file.name, content, clean)
    _note_new_content(image, clean)
    image.save()
    for rendition in image.renditions.all():
        rendition.delete()
    return True


def _replace(storage, name, old, new):
    """Write ``new`` where ``old`` was; what cannot be written leaves the old one there."""
    storage.delete(name)
    try:
        return storage.save(name, ContentFile(new))
    except Exception:
        storage.save(name, ContentFile(old))
        raise


def _note_new_content(image, content):
    """Let an image say of its file what it is now: set upright, it is as wide as it was high."""
    image.file_size = len(content)
    image.file_hash = hash_filelike(BytesIO(content))
    image.width, image.height = willow.Image.open(BytesIO(content)).get_size()


def _content(field_file):
    field_file.seek(0)
    content = field_file.read()
    field_file.seek(0)
    return content


def _cleaned(content):
    try:
        name = willow.Image.open(BytesIO(content)).format_name
    except Exception:
        return content
    return kept_clean(content, name) if name in CLEANERS else content
