"""Admin screens for image texts: side panel of the editor, and report."""
