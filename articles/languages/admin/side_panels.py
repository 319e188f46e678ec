"""Let others add side panels to the editor of a page in several languages."""

from wagtail import hooks
from wagtail.admin.ui.components import MediaContainer

#: Called with the request and the page as it is in the form; returns side panels, and is
#: called again after each automatic save, when the editor shows them anew.
HOOK = "diptych_page_side_panels"


class SidePanelsMixin:
    """For Wagtail's views that create and edit a page.

    A panel with a ``count`` has that number beside its icon brought up to date as well.
    """

    def get_side_panels(self):
        added = [panel for hook in hooks.get_hooks(HOOK) for panel in hook(self.request, self.page)]
        return MediaContainer([*super().get_side_panels(), *added])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counting = [panel for panel in context["side_panels"] if hasattr(panel, "count")]
        return {**context, "counting_panels": counting}
