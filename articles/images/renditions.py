"""The renditions of images as pages read them: one row for each image, a :class:`RenditionRecord`.

Wagtail's renditions remain the source: the record is written when they have been made and removed
when one of them is deleted or the file of the image changes.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache

from django.db import transaction
from wagtail.images import get_image_model
from wagtail.images.models import Filter, get_rendition_storage

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.images.models import RenditionRecord

#: The rendition specs that each part of a page needs; see :func:`register_parts`.
_specs_of_parts = {}


def register_parts(specs_of_parts):
    """Register rendition specs, such as ``"width-400|format-webp"``, for each part."""
    _specs_of_parts.update(specs_of_parts)


def specs_for(*parts):
    """The rendition specs of ``parts``, without repetition; empty where no theme has any."""
    return list(dict.fromkeys(spec for part in parts for spec in _specs_of_parts.get(part, ())))


def registered_specs():
    """The rendition specs of all parts."""
    return specs_for(*_specs_of_parts)


@dataclass(frozen=True, slots=True)
class RecordedRendition:
    """A rendition as it is recorded: ``name`` is that of its file."""

    name: str
    width: int
    height: int

    @property
    def url(self):
        return get_rendition_storage().url(self.name)


def attach_renditions(images):
    """Fetch the records of all ``images``, in one query.

    The renditions of images without a record are looked up themselves, in one query more.
    """
    images = [image for image in images if image is not None and image.pk]
    if not images:
        return
    records = _records_of(images)
    unrecorded = []
    for image in images:
        file, image.recorded_renditions = records.get(image.pk, ("", None))
        if file != image.file.name:
            unrecorded.append(image)
    if unrecorded:
        found = read_renditions(unrecorded)
        for image in unrecorded:
            image.recorded_renditions = found[image.pk]


def _records_of(images):
    """``{primary key: (name of the file, JSON)}`` of those of ``images`` that have a record."""
    stored = RenditionRecord.objects.filter(image__in={image.pk for image in images})
    rows = stored.values_list("image_id", "file", "renditions")
    return {pk: (file, renditions) for pk, file, renditions in rows}


def recorded_renditions(image):
    """``{spec: RecordedRendition}`` of ``image``; without a query after attach_renditions."""
    return parse_record(record_of(image))


def record_of(image):
    """The JSON of the record of ``image``; a query, unless attach_renditions has fetched it."""
    if not hasattr(image, "recorded_renditions"):
        image.recorded_renditions = "{}"
        attach_renditions([image])
    return image.recorded_renditions


@lru_cache(maxsize=1024)
def parse_record(record):
    return {spec: RecordedRendition(*facts) for spec, facts in json.loads(record).items()}


def read_renditions(images):
    """The JSON to record of each of ``images``, by primary key; one query.

    A rendition made for another focal point is left out.
    """
    specs = registered_specs()
    by_pk = {image.pk: image for image in images}
    found = {pk: {} for pk in by_pk}
    rows = get_image_model().get_rendition_model().objects.filter(image__in=by_pk)
    names = ("image_id", "filter_spec", "focal_point_key", "file", "width", "height")
    for pk, spec, key, *facts in rows.filter(filter_spec__in=specs).values_list(*names):
        if key == _filter(spec).get_cache_key(by_pk[pk]):
            found[pk][spec] = facts
    return {pk: json.dumps(own, separators=(",", ":"), sort_keys=True) for pk, own in found.items()}


@cache
def _filter(spec):
    """The operations of a registered ``spec``, which are parsed once."""
    return Filter(spec)


def without_record(images, found):
    """Those of ``images`` whose record is not the one ``found`` by :func:`read_renditions`."""
    known = _records_of(images)
    return [each for each in images if known.get(each.pk) != (each.file.name, found[each.pk])]


@transaction.atomic
def record_renditions(images):
    """Write the records of ``images`` as they are stored now, where they differ.

    Those that have been deleted meanwhile are left out.
    """
    stored = get_image_model()._base_manager.filter(pk__in=[image.pk for image in images])
    images = list(stored.order_by("pk").select_for_update(no_key=True))
    found = read_renditions(images)
    changed = {
        image.pk: RenditionRecord(
            image_id=image.pk, file=image.file.name, renditions=found[image.pk]
        )
        for image in without_record(images, found)
    }
    RenditionRecord.objects.bulk_create(
        changed.values(),
        update_conflicts=True,
        unique_fields=["image"],
        update_fields=["file", "renditions"],
    )
    invalidate_tags(*(f"image:{pk}" for pk in changed))


def image_saved(instance, raw=False, created=False, **kwargs):
    """Remove the record of another file. A receiver of ``post_save``."""
    if not raw and not created:
        stored = RenditionRecord.objects.filter(image=instance.pk)
        stored.exclude(file=instance.file.name).delete()


def rendition_deleted(instance, **kwargs):
    """Remove the record that names a deleted rendition. A receiver of ``post_delete``."""
    if instance.filter_spec in registered_specs():
        RenditionRecord.objects.filter(image=instance.image_id).delete()
