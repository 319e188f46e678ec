"""The demo journal, a folder of Markdown, and its loader, the command `manage.py demo`.

`journal/` is such a folder as `export_markdown --drafts` writes, see `docs/markdown.md`. Who may
log in, what waits to be translated and what articles said before an update is in `plan.toml`.
"""
