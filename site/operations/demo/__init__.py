"""The demo journal, a folder of Markdown, and its loader, the command `manage.py demo`.

`journal/` is such a folder as `export_markdown --drafts` writes, see `docs/markdown.md`. Accounts,
pending translations and earlier versions of articles are in `plan.toml`.
"""
