"""Pictures on their way in: what is refused, and what is taken off before a file is kept.

Nothing here knows a model. A project of any image model uses it by the setting
``WAGTAILIMAGES_IMAGE_FORM_BASE = "articles.images.admin.forms.ImageForm"``.
"""
