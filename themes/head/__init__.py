"""What the head of every page tells browsers, search engines and other sites."""

from themes.head.pages import head_of_page
from themes.head.views import head_of_search, head_of_view

__all__ = ["head_of_page", "head_of_search", "head_of_view"]
