"""The demo journal: its articles, its pictures, and what puts them into a database.

Texts are Markdown-like files in `articles/` and `pages/`, read by :mod:`config.demo.markup`; who
wrote what and when stands in `journal.toml`. `manage.py demo` loads all of it.
"""
