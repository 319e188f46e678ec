"""What the site answers while the database does not, or while its disk is full."""
