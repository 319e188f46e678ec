"""Which stylesheets a page links, in order."""

#: The layers, and what is the same in every theme.
COMMON = "diptych/css/layers.css"
#: The custom properties of the default theme.
GAZETTE = "diptych/css/theme-gazette.css"


def stylesheets():
    """Paths of static files, to be linked in this order."""
    return [COMMON, GAZETTE]
