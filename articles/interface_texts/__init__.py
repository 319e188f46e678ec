"""The words of the interface, edited in Wagtail's admin with django-rosetta."""
