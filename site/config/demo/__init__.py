"""The content of the demo journal and its loader, the command `manage.py demo`.

Texts are Markdown in `articles/` and `pages/`; images are files in `images/`, described in
`images.toml`. Tables for articles with their dates and authors are in `journal.toml`.
"""
