"""Wagtail’s APIs v2 and v3 in one language. Begin with ``v2`` or ``v3``."""
