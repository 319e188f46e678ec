"""The screens of the site texts' files."""
