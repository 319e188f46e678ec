"""A news site in one language as Wagtail's own documentation and templates have people write it."""
