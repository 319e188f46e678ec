"""Where in the editor a picture has its words."""

from django.urls import reverse

from articles.languages.available import column


def place_url(page_id, field, language, block_id=""):
    """The address of the block or the field of a page; of one not yet saved, within the form.

    The script of the side panel opens the tab it is in.
    """
    editor = reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else ""
    name = column(field, language)
    anchor = f"block-{name}-{block_id}-section" if block_id else f"id_{name}"
    return f"{editor}#{anchor}"
