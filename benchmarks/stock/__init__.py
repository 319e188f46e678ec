"""What the articles are measured against: the same fields on a page that is only Wagtail's."""
