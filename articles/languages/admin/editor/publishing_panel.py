"""The side panel of the editor about publishing: blockers, advice and dates."""

from django.forms import Media
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel

from diptych.articles.languages.admin.editor.forms import publish_button
from diptych.articles.languages.admin.inputs.date_inputs import LocalDateTimeInput
from diptych.articles.languages.admin.links import language_tab, review_url
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.publishing.confirmation import linked_places, linked_problems
from diptych.articles.languages.admin.publishing.schedule import LanguageDates, section_context
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.models import schedules_of
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication.schedules.scheduling import can_schedule


class PublishingState:
    """The publishing panel's data on one language of ``page``; ``state`` is its state panel."""

    def __init__(self, state, request):
        self.state = state
        self.page = state.instance
        self.language = state.language
        self.user = request.user
        self.request = request
        self.heading = language_heading(state.language)
        self.language_name = translated_language_name(state.language)
        self.source_name = translated_language_name(state.instance.source_language)
        self.tab = language_tab(state.language)

    @property
    def buttons(self):
        """The names or URLs of actions: the first of them on the screen comes first once ready."""
        if not self.state.is_ready:
            return []
        publish = [publish_button(self.language)] if self.can_publish else []
        hand_in = [review_url(self.page.pk, self.language)] if self.page.pk else []
        return [*publish, *hand_in]

    @cached_property
    def can_publish(self):
        return can(self.user, "publish", self.language)

    @property
    def problems(self):
        return linked_problems(self.page, self.state.grading.problems)

    @property
    def checklist(self):
        return linked_problems(self.page, self.state.checklist)

    @cached_property
    def open_places(self):
        """``(place, URL)`` of each that nobody has confirmed; of a new page without a URL."""
        places = self.state.grading.new_places
        if self.page.pk is None or self.state.is_empty:
            return [(place, "") for place in places]
        new = set(places)
        return [each for each in linked_places(self.page, self.state.grading) if each[0] in new]

    @property
    def summary(self):
        """The work that is left, in a few words, for the button beside those that publish."""
        if self.state.is_empty:
            return ""
        if count := len(self.state.grading.problems):
            message = ngettext("%(count)s thing to do", "%(count)s things to do", count)
        elif count := len(self.open_places):
            message = ngettext("%(count)s open place", "%(count)s open places", count)
        elif count := len(self.state.checklist):
            message = _("Before you publish (%(count)s)")
        else:
            message = _("Ready to be published") if self.state.is_ready else ""
        return message % {"count": count} if message else ""

    @cached_property
    def schedule(self):
        """The context of the section with the dates, for those who may set them."""
        if self.page.pk is None or not can_schedule(self.user, self.page, self.language):
            return None
        dates = LanguageDates(self.page, self.language, self.user)
        if not any(language == self.language for language, _act in schedules_of(self.page)):
            dates.known = {}
        return section_context(self.request, dates)


def is_whole_ready(states):
    """Whether the user may publish all languages at once, and needs no question for it.

    That gives readers something new in at least one of them.
    """
    if not all(each.can_publish for each in states):
        return False
    panels = [each.state for each in states]
    ready = [each.is_ready for each in panels]
    return any(ready) and all(each.is_ready or each.state == "live" for each in panels)


class PublishingSidePanel(BaseSidePanel):
    """The blockers, advice and dates of each language.

    It reads ``publishing_states`` of the view. An automatic save updates the first two; the dates
    are left alone, as somebody may be typing them.
    """

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle publishing")
        icon_name = "clipboard-list"
        has_counter = False

    name = "publishing"
    title = gettext_lazy("Publishing")
    template_name = "diptych_languages/admin/publishing_panel.html"
    order = 150
    #: Not rendered anew after an automatic save, see ``edit_partials.html``.
    holds_input = True

    @property
    def media(self):
        names = ("content_paths.js", "publishing.js")
        scripts = [versioned_static(f"diptych_languages/wagtail/{name}") for name in names]
        return LocalDateTimeInput().media + Media(js=scripts)

    def get_context_data(self, parent_context):
        states = parent_context.get("publishing_states", ())
        return {**super().get_context_data(parent_context), "publishing_states": states}
