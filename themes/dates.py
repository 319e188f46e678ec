"""Dates in the format of ISO 8601."""

from django.utils.timezone import template_localtime


def iso_datetime(moment):
    """``moment`` in the local time zone, to the second, with its offset; ``""`` for ``None``."""
    return template_localtime(moment).isoformat(timespec="seconds") if moment else ""
