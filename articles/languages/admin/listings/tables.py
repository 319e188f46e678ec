"""Table columns with the state of pages in each language."""

from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.utils import set_query_params

from diptych.articles.languages.admin.links import edit_url, list_as_shown
from diptych.articles.languages.admin.listings.states import (
    STATE_LABELS,
    additional_progress,
    language_heading,
    state_in,
)
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.schedules.scheduling import coming_dates

#: The class of columns that are left out on narrow screens.
WIDE = "diptych-wide"


class LanguageStateColumn(BaseColumn):
    """The state of a page in one language.

    Links to the live page, else to its edit view. Empty for other page types. The listing
    prefetches ``languages``.
    """

    cell_template_name = "diptych_languages/admin/language_state_cell.html"

    def __init__(self, language, **kwargs):
        kwargs.setdefault("label", language_heading(language))
        kwargs.setdefault("classname", "diptych-state")
        super().__init__(f"language_{language}", **kwargs)
        self.language = language

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        state = state_in(instance, self.language)
        if state is None or not isinstance(instance, MultilingualPageMixin):
            return context
        request = parent_context.get("request")
        url = instance.url_in(self.language, request)
        context.update(
            state=state,
            state_label=STATE_LABELS[state],
            progress_label=additional_progress(instance, self.language),
            coming_dates=self._coming_dates(instance),
            language=self.language,
            language_heading=self.label,
            live_url=url,
            edit_url=None if url else self._edit_url(instance, parent_context),
        )
        return context

    def _coming_dates(self, instance):
        is_fetched = "_language_schedules" in vars(instance)
        return coming_dates(instance, self.language) if is_fetched else []

    def _edit_url(self, instance, parent_context):
        """The editor, which leads back to the list as it is filtered."""
        request = parent_context.get("request")
        if request is None or not instance.permissions_for_user(request.user).can_edit():
            return None
        url = edit_url(instance.pk, self.language)
        list_url = parent_context.get("actions_next_url")
        next_url = list_as_shown(request, list_url) if list_url else None
        return set_query_params(url, {"next": next_url})


def language_columns():
    """One :class:`LanguageStateColumn` for each language."""
    return [LanguageStateColumn(language) for language in available_languages()]
