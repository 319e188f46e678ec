"""Structured data of pages in the vocabulary of schema.org.

Each page has one ``application/ld+json`` block. It is data, which a content security policy
against inline scripts does not block.
"""

from diptych.themes.structured_data.graph import (
    structured_data_of,
    structured_data_of_view,
    surroundings_of,
)

__all__ = ["structured_data_of", "structured_data_of_view", "surroundings_of"]
