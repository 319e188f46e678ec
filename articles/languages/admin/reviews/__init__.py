"""The screen on which a translation is reviewed. Begin with ``views``."""
