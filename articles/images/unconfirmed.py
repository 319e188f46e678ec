"""Texts of images from files that wait for somebody to confirm them, in the form of the image."""

from diptych.articles.images.models import UnconfirmedImageText


def waiting_for(images):
    """Map ``(image id, column)`` to the :class:`UnconfirmedImageText` of each of ``images``."""
    found = UnconfirmedImageText.objects.filter(image__in=images)
    return {(each.image_id, each.column): each for each in found}


def propose(rows):
    """Have texts wait to be confirmed in place of what waited there before."""
    UnconfirmedImageText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["image", "language", "field"],
        update_fields=["text", "origin", "proposed_at"],
    )
