"""Answers of the site while the database does not answer or the disk is full."""
