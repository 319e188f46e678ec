"""Checks of uploaded images, and removal of their metadata.

Independent of the image model. A project enables it with the setting
``WAGTAILIMAGES_IMAGE_FORM_BASE = "diptych.articles.images.admin.forms.ImageForm"``.
"""
