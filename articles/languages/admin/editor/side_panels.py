"""Side panels of the editor of a page in several languages: Wagtail's, ours, those of others."""

from wagtail import hooks
from wagtail.admin.ui.components import MediaContainer

from diptych.articles.languages.admin.editor.forms import PUBLISH_ALL_BUTTON
from diptych.articles.languages.admin.editor.publishing_panel import (
    PublishingSidePanel,
    PublishingState,
    is_whole_ready,
)
from diptych.articles.languages.admin.editor.state_panel import language_states

#: Called with the request and the page as it is in the form; returns side panels, and is
#: called again after each automatic save, when the editor shows them anew.
HOOK = "diptych_page_side_panels"


class SidePanelsMixin:
    """For Wagtail's views that create and edit a page.

    A panel with a ``count`` has that number beside its icon brought up to date as well.
    """

    def get_side_panels(self):
        added = [panel for hook in hooks.get_hooks(HOOK) for panel in hook(self.request, self.page)]
        if not self.page.alias_of_id:
            added = [PublishingSidePanel(self.page, self.request), *added]
        return MediaContainer([*super().get_side_panels(), *added])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counting = [panel for panel in context["side_panels"] if hasattr(panel, "count")]
        panels = language_states(context["edit_handler"])
        states = [PublishingState(panel, self.request) for panel in panels]
        return {
            **context,
            "counting_panels": counting,
            "language_states": panels,
            "publishing_states": states,
            "publish_all_button": PUBLISH_ALL_BUTTON if is_whole_ready(states) else "",
        }
