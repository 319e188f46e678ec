"""Export of a site as files for any web server. Begin with ``exporting``.

``reading`` gets the answers of the site, ``addresses``, ``rewriting`` and ``redirects`` fit them
together; ``search_index`` and ``views`` are the search of a copy.
"""
