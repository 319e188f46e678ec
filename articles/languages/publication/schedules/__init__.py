"""Dates at which a language is published or unpublished. Begin with ``scheduling``."""
