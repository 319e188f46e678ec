"""Removal of metadata from image files, however they are stored, and from their renditions."""

import hashlib
import secrets
from io import BytesIO
from pathlib import Path

import willow
from django.core.files.base import ContentFile
from django.db import models
from wagtail.images.models import (
    AbstractImage,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.utils.file import hash_filelike

from diptych.articles.caching.atomic_files import write_whole
from diptych.articles.images.uploads.files import CLEANERS, dimensions, kept_clean
from diptych.articles.images.uploads.serving import ServedFilter
from diptych.articles.languages.config.background import after_commit

#: How many hexadecimal digits stand before the name of a file.
DIGEST_LENGTH = 12


class CleanImageFieldFile(WagtailImageFieldFile):
    """The file of an image, which ``image.file.save(name, content)`` cleans before it is stored."""

    def save(self, name, content, save=True):
        if self._committed:
            # Nothing was assigned, so the image has not seen the contents.
            self.name, self.file, self._committed = name, content, False
            clean_new_file(self)
            content = self.file
        super().save(name, content, save)

    save.alters_data = True

    def get_image_dimensions(self):
        """Width and height by the header, where Wagtail decodes the whole image."""
        close = self.closed
        try:
            self.open()
            return dimensions(self)
        finally:
            if close:
                self.close()
            else:
                self.seek(0)


class CleanImageField(WagtailImageField):
    """Wagtail's field of the file, which migrations take it for, with another attribute class."""

    attr_class = CleanImageFieldFile

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        path = f"{WagtailImageField.__module__}.{WagtailImageField.__qualname__}"
        return name, path, args, kwargs


class CleanImageMixin(models.Model):
    """An image whose file and renditions are stored without metadata, however it is saved.

    Put it before ``AbstractImage``.
    """

    file = CleanImageField(
        verbose_name=AbstractImage._meta.get_field("file").verbose_name,
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Clean a file that did not pass through a form, then save."""
        if self.file and not self.file._committed:
            clean_new_file(self.file)
        super().save(*args, **kwargs)

    def get_upload_to(self, filename):
        """Wagtail's path, the name with a digest of the contents before it.

        Renditions are named after it, so no address of a picture ever shows another one, and caches
        may keep them without limit. Wagtail shortens long names at their end. Random digits stand
        before the name where a path is asked for without a file.
        """
        if self.file and not self.file._committed:
            digits = hashlib.sha256(_content(self.file)).hexdigest()[:DIGEST_LENGTH]
        else:
            digits = secrets.token_hex(DIGEST_LENGTH // 2)
        return super().get_upload_to(f"{digits}-{filename}")

    def generate_rendition_file(self, filter, *, source=None):
        return super().generate_rendition_file(ServedFilter(filter.spec), source=source)


def clean_new_file(field_file):
    """Replace a file that is about to be stored by a cleaned copy with the same name.

    The given file itself is not changed.
    """
    content = _content(field_file)
    clean = _cleaned(content)
    if clean != content:
        field_file.file = ContentFile(clean, field_file.name)
        _update_file_details(field_file.instance, clean)
    else:
        field_file.instance.file_size = len(content)


def clean_stored_file(image):
    """Remove metadata from a stored file and delete its renditions; returns whether it had any.

    The name stays the same in storages with paths. The old file is replaced atomically. Size, hash
    and dimensions of the image are updated.
    """
    with image.open_file() as stored:
        content = stored.read()
    clean = _cleaned(content)
    is_recorded = image.file_size in (None, len(content)) or not _format_of(content)
    if clean == content and is_recorded:
        return False
    image.file.close()
    if clean != content:
        _replace(image, clean)
    _update_file_details(image, clean)
    image.save()
    for rendition in image.renditions.all():
        rendition.delete()
    return True


def _replace(image, content):
    """Replace the file of ``image``, or store a new one where the storage has no paths."""
    storage, name = image.file.storage, image.file.name
    path = _path_of(storage, name)
    if path is not None:
        write_whole({path: content})
        return
    image.file.name = storage.save(name, ContentFile(content))
    if image.file.name != name:
        after_commit(storage.delete, name)


def _path_of(storage, name):
    """The path of the file; ``None`` in storages without paths."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return None
    return path if path.is_file() else None


def _update_file_details(image, content):
    """Update size, hash and dimensions, which a rotation changes."""
    image.file_size = len(content)
    image.file_hash = hash_filelike(BytesIO(content))
    image.width, image.height = dimensions(BytesIO(content))


def _content(field_file):
    field_file.seek(0)
    content = field_file.read()
    field_file.seek(0)
    return content


def _cleaned(content):
    name = _format_of(content)
    return kept_clean(content, name) if name else content


def _format_of(content):
    """The name of the format if it can be cleaned, else ``None``."""
    try:
        name = willow.Image.open(BytesIO(content)).format_name
    except Exception:
        return None
    return name if name in CLEANERS else None
