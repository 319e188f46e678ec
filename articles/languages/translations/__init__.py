"""What of a page is translated, from which text, how far, and with which comments.

Imports ``permissions`` and what is below. Begin with ``units``, then ``provenance``.
"""
