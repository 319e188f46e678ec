"""Notifications in the admin and by e-mail. Begin with ``sending``."""
