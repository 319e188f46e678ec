"""The calendar of dates at which languages go live. Begin with ``views``."""
