"""The metadata in the HTML head of every page: title, description, alternates, Open Graph."""

from diptych.themes.head.pages import (
    head_of_page,
    head_side_by_side,
    head_to_republish,
    texts_and_picture_of,
)
from diptych.themes.head.views import head_of_list, head_of_search, head_of_view

__all__ = [
    "head_of_list",
    "head_of_page",
    "head_of_search",
    "head_of_view",
    "head_side_by_side",
    "head_to_republish",
    "texts_and_picture_of",
]
