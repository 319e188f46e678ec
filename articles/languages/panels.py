from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from articles.languages.available import translated_language_name
from articles.languages.fields import text_columns
from articles.languages.models import PageLanguage
from articles.languages.states import STATE_LABELS


class LanguageStatePanel(Panel):
    """Says in words whether the page is live in a language, and what publishing it needs."""

    def __init__(self, language, **kwargs):
        super().__init__(**kwargs)
        self.language = language

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "language": self.language}

    class BoundPanel(Panel.BoundPanel):
        template_name = "diptych/admin/language_state_panel.html"

        @cached_property
        def language(self):
            return self.panel.language

        @cached_property
        def state(self):
            """``"live"``, ``"changed"``, ``"draft"`` or ``"missing"`` in this language."""
            if self.instance.pk is None:
                return "missing"
            rows = PageLanguage.objects.filter(page_id=self.instance.pk, language=self.language)
            return next((row.state for row in rows), "missing")

        @cached_property
        def problems(self):
            """What is missing for publishing, as sentences."""
            return [text for _field, text in self.instance.publication_problems(self.language)]

        @cached_property
        def is_empty(self):
            """Whether nothing at all has been written in this language."""
            columns = text_columns(type(self.instance), self.language)
            return not any(getattr(self.instance, name) for name in columns)

        @cached_property
        def panel_id(self):
            """Where the editor puts a fresh copy of this panel after each automatic save."""
            return f"language-state-{self.language}"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            page = self.instance
            context.update(
                panel_id=self.panel_id,
                state=self.state,
                state_label=STATE_LABELS[self.state],
                is_live=self.state in ("live", "changed"),
                language_name=translated_language_name(self.language),
                problems=self.problems,
                is_empty=self.is_empty,
                first_public_at=page.text_in("first_public_at", self.language),
                updated_at=page.text_in("updated_at", self.language),
                url=page.url_in(self.language, self.request) if page.pk else None,
            )
            return context


def language_states(bound_panel):
    """Every bound :class:`LanguageStatePanel` in and below ``bound_panel``."""
    if isinstance(bound_panel, LanguageStatePanel.BoundPanel):
        return [bound_panel]
    children = getattr(bound_panel, "children", ())
    return [state for child in children for state in language_states(child)]
