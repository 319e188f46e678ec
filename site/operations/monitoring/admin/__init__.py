"""Background work in the admin."""
