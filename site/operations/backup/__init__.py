"""Backups of the journal: one file with the database, the uploads and the site texts."""
