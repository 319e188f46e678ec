"""The form field for image files."""

from io import BytesIO

import willow
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import (
    InMemoryUploadedFile,
    SimpleUploadedFile,
    TemporaryUploadedFile,
)
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from PIL import Image as PILImage
from wagtail.images.fields import WagtailImageField

from diptych.articles.images.uploads.faults import PictureFault
from diptych.articles.images.uploads.files import keepable

#: SVG is text without pixels; accepted only if the project allows it.
DRAWING = "svg"


class PictureField(WagtailImageField):
    """Wagtail's field, which also decodes the image completely and removes its metadata.

    Every fault is a form error. The uploaded file of the request is cleaned itself, as Wagtail may
    store that file before it asks for a title.
    """

    default_error_messages = {
        "damaged": _(
            "This file is damaged or incomplete: it cannot be read to its end. "
            "Export the picture again."
        ),
        "too_many_pixels": _(
            "This picture has too many pixels: %(pixels)s. At most %(allowed)s are allowed. "
            "Make it smaller before you upload it."
        ),
        "far_too_many_pixels": _(
            "This picture has too many pixels. At most %(allowed)s are allowed. "
            "Make it smaller before you upload it."
        ),
        "too_long_animation": _(
            "This animation has too many pixels. At most %(allowed)s are allowed in all its "
            "frames together. Make it smaller or shorter before you upload it."
        ),
        "too_many_shades": _(
            "This picture has more shades of grey than web pages can show. "
            "Export it with 8 bits per pixel."
        ),
    }

    def to_python(self, data):
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        upload.seek(0)
        content = upload.read()
        upload.image = self._recognise(content)
        upload.content_type = upload.image.mime_type
        self.check_image_file_format(upload)
        if upload.image.format_name == DRAWING:
            upload.seek(0)
            return upload
        content = self._keepable(content, upload.image.format_name)
        image = self._recognise(content)
        upload = with_content(upload, content)
        upload.image = image
        return upload

    def _recognise(self, content):
        try:
            image = willow.Image.open(BytesIO(content))
            if image.format_name == DRAWING:
                image.get_size()
        except Exception as error:
            # Willow raises its own errors, and those of the SVG parser.
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error
        return image

    def _keepable(self, content, format_name):
        try:
            return keepable(content, format_name, self.max_image_pixels)
        except PictureFault as fault:
            numbers = {
                "pixels": getattr(fault, "pixels", None) or 0,
                "allowed": self.max_image_pixels or PILImage.MAX_IMAGE_PIXELS or 0,
            }
            raise ValidationError(
                self.error_messages[fault.code],
                code=fault.code,
                params={
                    name: number_format(number, force_grouping=True)
                    for name, number in numbers.items()
                },
            ) from fault


def with_content(upload, content):
    """``upload`` with other content: the same object if it came with a request."""
    if not isinstance(upload, InMemoryUploadedFile | TemporaryUploadedFile):
        # A file opened by other code is not changed.
        return SimpleUploadedFile(upload.name, content, upload.content_type)
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.flush()
    upload.seek(0)
    upload.size = len(content)
    return upload
