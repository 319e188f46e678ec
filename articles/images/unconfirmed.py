"""Texts of images from files and machines that wait for somebody to confirm them, in its form."""

from diptych.articles.images.models import UnconfirmedImageText


def waiting_for(images):
    """Map ``(image id, column)`` to the :class:`UnconfirmedImageText` of each of ``images``."""
    by_number = {each.pk: each for each in images}
    found = {}
    for row in UnconfirmedImageText.objects.filter(image__in=images):
        row.image = by_number[row.image_id]
        found[row.image_id, row.column] = row
    return found


def propose(rows):
    """Have texts wait to be confirmed in place of what waited there before."""
    UnconfirmedImageText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["image", "language", "field"],
        update_fields=["text", "source_language", "source", "origin", "proposed_at"],
    )
