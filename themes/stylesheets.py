"""Which stylesheets a page links, in order.

A few files of a few hundred lines, so that they need no build step and few requests.
"""

#: What is the same in every theme; the first one fixes the order of the layers.
COMMON = ("base", "furniture", "heads", "lists", "blocks", "utilities")
#: The custom properties of the default theme.
GAZETTE = "theme-gazette"


def stylesheets():
    """Paths of static files, to be linked in this order."""
    return [f"diptych/css/{name}.css" for name in (*COMMON, GAZETTE)]
