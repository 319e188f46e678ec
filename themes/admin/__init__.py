"""Screens of the themes in the admin: how a search result looks."""
