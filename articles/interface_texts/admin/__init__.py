"""The editor of the site's texts in the admin. Begin with ``views``, then ``editor``."""
