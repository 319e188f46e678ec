"""The demo journal: its articles, its pictures, and what loads them into a database.

Texts are Markdown in `articles/` and `pages/`, pictures are files in `images/`, described in
`images.toml`; who wrote what and when is in `journal.toml`. `manage.py demo` loads all of it.
"""
