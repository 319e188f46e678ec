"""Files of pictures that are stored without a form, and those that were there before."""

from io import BytesIO
from pathlib import Path

import willow
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.utils.file import hash_filelike

from articles.atomic_files import write_whole
from articles.images.uploads.files import CLEANERS, kept_clean


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

    It keeps its name where files have a path, so that nothing that leads to it is broken. The old
    file is there until the new one is: whatever happens in between, the picture is not lost. What
    the image says of its file is mended if it is that of another one.
    """
    with image.open_file() as stored:
        content = stored.read()
    clean = _cleaned(content)
    is_noted = image.file_size in (None, len(content)) or not _format_of(content)
    if clean == content and is_noted:
        return False
    image.file.close()
    if clean != content:
        _replace(image, clean)
    _note_new_content(image, clean)
    image.save()
    for rendition in image.renditions.all():
        rendition.delete()
    return True


def _replace(image, content):
    """Put ``content`` where the file of ``image`` is, or beside it where files have no path."""
    storage, name = image.file.storage, image.file.name
    path = _path_of(storage, name)
    if path is not None:
        write_whole({path: content})
        return
    image.file.name = storage.save(name, ContentFile(content))
    if image.file.name != name:
        transaction.on_commit(lambda: storage.delete(name))


def _path_of(storage, name):
    """Where the file is on this machine; ``None`` if it is kept elsewhere, or in memory."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return None
    return path if path.is_file() else None


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
    name = _format_of(content)
    return kept_clean(content, name) if name else content


def _format_of(content):
    """The name of the format, if it is one that can be cleaned."""
    try:
        name = willow.Image.open(BytesIO(content)).format_name
    except Exception:
        return None
    return name if name in CLEANERS else None
