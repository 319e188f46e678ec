"""Dates as machines read them."""

from django.utils.timezone import template_localtime


def for_machines(moment):
    """``moment`` where the site is, to the second, with its time zone; ``""`` without one."""
    return template_localtime(moment).isoformat(timespec="seconds") if moment else ""
