"""What tests know of the releases of Wagtail."""

import pytest
import wagtail

#: The admin's API has actions, and lists of pages; in later versions only what its menu shows.
HAS_ADMIN_ACTIONS = wagtail.VERSION < (8, 1)

by_admin_actions = pytest.mark.skipif(
    not HAS_ADMIN_ACTIONS, reason="The API of the admin of this Wagtail has no actions."
)

#: An address of which the menu of pages in the admin takes what it shows.
MENU = "/admin/api/main/pages/" if HAS_ADMIN_ACTIONS else "/admin/api/explorer/1/"


def below_in_menu(page):
    """The address of which the menu takes the pages below ``page``."""
    if HAS_ADMIN_ACTIONS:
        return f"{MENU}?child_of={page.pk}&for_explorer=1"
    return f"/admin/api/explorer/{page.pk}/"
