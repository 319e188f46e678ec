from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from articles.languages.admin.states import STATE_LABELS
from articles.languages.available import available_languages, translated_language_name
from articles.languages.fields import written_columns
from articles.languages.models import PageLanguage
from articles.languages.rights.granted import may
from articles.languages.schedules.keeping import dates_in_words, may_schedule
from articles.languages.translations.provenance import compare


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
        def row(self):
            """The row of the page in this language, ``None`` for a page that is new."""
            if self.instance.pk is None:
                return None
            rows = PageLanguage.objects.with_assignment()
            return rows.filter(page_id=self.instance.pk, language=self.language).first()

        @cached_property
        def state(self):
            """``"live"``, ``"changed"``, ``"draft"`` or ``"missing"`` in this language."""
            return self.row.state if self.row else "missing"

        @cached_property
        def problems(self):
            """What is missing for publishing, as sentences."""
            return [text for _field, text in self.instance.publication_problems(self.language)]

        @cached_property
        def is_empty(self):
            """Whether nothing at all has been written in this language."""
            columns = written_columns(type(self.instance), self.language)
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
                work=self.row.assignment if self.row else None,
                problems=self.problems,
                is_empty=self.is_empty,
                first_public_at=page.text_in("first_public_at", self.language),
                updated_at=page.text_in("updated_at", self.language),
                url=page.url_in(self.language, self.request) if page.pk else None,
                translate_url=self._translate_url(),
                dates=dates_in_words(page, self.language, self.state in ("live", "changed")),
                schedule_url=self._schedule_url(),
                outdated=self._outdated_translations(),
                changes_url=self._changes_url(),
                changes=self._changes_by_others(),
                conflicts=[
                    conflict
                    for conflict in getattr(self.form, "conflicts", ())
                    if conflict.language in (self.language, None)
                ],
            )
            return context

        def _schedule_url(self):
            """Where its dates are set, for those who may publish it."""
            page = self.instance
            if page.pk is None or not may_schedule(self.request.user, page, self.language):
                return None
            return reverse("diptych_schedule", args=(page.pk, self.language))

        def _translate_url(self):
            """Where this language is written beside its source, if that is somewhere else."""
            page, user = self.instance, self.request.user
            if page.pk is None or page.alias_of_id or self.language == page.source_language:
                return None
            url = reverse("diptych_translate", args=(page.pk, self.language))
            if url == self.request.path or not may(user, "edit", self.language):
                return None
            return url

        def _outdated_translations(self):
            """``(name of a language, how many places are outdated in it)`` for the source."""
            page = self.instance
            if page.pk is None or page.alias_of_id or self.language != page.source_language:
                return []
            counts = {
                language: sum(1 for place in compare(page, language) if place.status == "outdated")
                for language in available_languages()
            }
            return [(translated_language_name(code), n) for code, n in counts.items() if n]

        def _changes_url(self):
            """Where whoever writes the source says which of its changes are minor."""
            page = self.instance
            if page.pk is None or not may(self.request.user, "edit", self.language):
                return None
            return reverse("diptych_changes", args=(page.pk,))

        def _changes_by_others(self):
            """``(language, change)`` for what this tab shows an older text of."""
            changes = getattr(self.form, "changes_by_others", {})
            return [pair for pair in changes.items() if pair[0] in (self.language, None)]


def language_states(bound_panel):
    """Every bound :class:`LanguageStatePanel` in and below ``bound_panel``."""
    if isinstance(bound_panel, LanguageStatePanel.BoundPanel):
        return [bound_panel]
    children = getattr(bound_panel, "children", ())
    return [state for child in children for state in language_states(child)]
