"""What a page says of itself to machines, in the words of schema.org.

One ``application/ld+json`` block for each page. Browsers do not run it, so that a policy against
scripts within a page has nothing against it.
"""

from themes.structured_data.graph import structured_data_of, structured_data_of_view

__all__ = ["structured_data_of", "structured_data_of_view"]
