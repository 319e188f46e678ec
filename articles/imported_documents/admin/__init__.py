"""New articles from documents, and pasting them: the views of the admin. Begin with ``views``."""
