"""Parts of pages that templates show: menus, language switch, table of contents, rich text."""
