"""What readers see: templates, stylesheets and what they need.

``static/diptych/css`` and ``templates/diptych`` have the looks, ``docs/templates.md`` lists the
templates. ``look`` registers themes, ``parts`` and ``head`` make what templates show. Imports
``articles``. Begin with ``templatetags/diptych_theme``.
"""

if __name__ != "diptych.themes":
    raise ImportError(f"{__name__} is imported as diptych.themes; site/ has to be on the path")
