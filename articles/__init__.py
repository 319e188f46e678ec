"""The articles of a journal: an application for each optional part, a folder for each room.

``docs/structure.md`` draws the rooms and what each may import. Begin with ``models``.
"""

if __name__ != "diptych.articles":
    raise ImportError(f"{__name__} is imported as diptych.articles; site/ has to be on the path")
