"""The panel that states whether a page is live in a language, and what is missing to publish it."""

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from diptych.articles.languages.admin.listings.states import STATE_LABELS
from diptych.articles.languages.config.fields import written_columns
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication.readiness.gate import kept_source
from diptych.articles.languages.publication.readiness.grading import Grade, grade
from diptych.articles.languages.publication.schedules.scheduling import can_schedule, dates_in_words
from diptych.articles.languages.translations.comparing import compare


def _rows_of(form, page):
    """The rows of ``page`` with their assignments by language, read once for all panels."""
    known = {} if form is None else vars(form)
    if "_rows_by_language" not in known:
        rows = PageLanguage.objects.with_assignment().filter(page_id=page.pk) if page.pk else ()
        known["_rows_by_language"] = {row.language: row for row in rows}
    return known["_rows_by_language"]


def _compared(form, page, language):
    """``page`` in ``language`` compared with its source, once for a form that is opened."""
    if form is None or form.is_bound:
        return compare(page, language)
    known = vars(form).setdefault("_compared", {})
    if language not in known:
        known[language] = compare(page, language)
    return known[language]


class LanguageStatePanel(Panel):
    """States whether the page is live in a language, and what is missing to publish it."""

    def __init__(self, language, **kwargs):
        super().__init__(**kwargs)
        self.language = language

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "language": self.language}

    class BoundPanel(Panel.BoundPanel):
        template_name = "diptych_languages/admin/language_state_panel.html"

        @cached_property
        def language(self):
            return self.panel.language

        @cached_property
        def row(self):
            """The row of the page in this language, ``None`` for a page that is new."""
            return _rows_of(self.form, self.instance).get(self.language)

        @cached_property
        def state(self):
            """``"live"``, ``"changed"``, ``"draft"`` or ``"missing"`` in this language."""
            return self.row.state if self.row else "missing"

        @cached_property
        def grading(self):
            """The :class:`Grading` of publishing this language alone."""
            page, source_page = self.instance, None
            if page.live and page.has_unpublished_changes and self.language != page.source_language:
                public = page.stored_page or page.stored()
                source_page = kept_source(page, public, [self.language])
            if source_page is not None:
                return grade(page, self.language, source_page)
            return grade(page, self.language, compared=_compared(self.form, page, self.language))

        @cached_property
        def problems(self):
            """The reasons against publishing, as sentences."""
            return [text for _field, text in self.grading.problems]

        @cached_property
        def checklist(self):
            """Points to check before publishing, as :class:`PublicationProblem`."""
            if self.is_empty or self.state == "live":
                return []
            return list(self.instance.publication_checklist(self.language))

        @property
        def is_ready(self):
            """Whether publishing it now gives readers something new, without a question."""
            is_complete = self.grading.grade == Grade.COMPLETE and not self.is_refused
            return is_complete and not self.is_empty and self.state != "live"

        @property
        def is_refused(self):
            """Whether the form was posted and is invalid."""
            return self.form.is_bound and not self.form.is_valid()

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
                open_places=self.grading.new_places,
                known_places=len(self.grading.places) - len(self.grading.new_places),
                source_name=translated_language_name(page.source_language),
                language=self.language,
                is_empty=self.is_empty,
                is_refused=self.is_refused,
                length="" if self.is_empty else page.length_in_words(self.language),
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
            if page.pk is None or not can_schedule(self.request.user, page, self.language):
                return None
            return reverse("diptych_schedule", args=(page.pk, self.language))

        def _translate_url(self):
            """Where this language is written beside its source, if that is somewhere else."""
            page, user = self.instance, self.request.user
            if page.pk is None or page.alias_of_id or self.language == page.source_language:
                return None
            url = reverse("diptych_translate", args=(page.pk, self.language))
            if url == self.request.path or not can(user, "edit", self.language):
                return None
            return url

        def _outdated_translations(self):
            """``(name of a language, how many places are outdated in it)`` for the source."""
            page = self.instance
            if page.pk is None or page.alias_of_id or self.language != page.source_language:
                return []
            compared = {code: _compared(self.form, page, code) for code in available_languages()}
            counts = {
                language: sum(place.status == "outdated" for place in places)
                for language, places in compared.items()
            }
            return [(translated_language_name(code), n) for code, n in counts.items() if n]

        def _changes_url(self):
            """The view that marks changes of the source as minor, if the user may edit it."""
            page = self.instance
            if page.pk is None or not can(self.request.user, "edit", self.language):
                return None
            return reverse("diptych_changes", args=(page.pk,))

        def _changes_by_others(self):
            """``(language, change)`` of the changes by others that this tab does not show yet."""
            changes = getattr(self.form, "changes_by_others", {})
            return [pair for pair in changes.items() if pair[0] in (self.language, None)]


def languages_shown_in(panel):
    """The languages of every :class:`LanguageStatePanel` in and below ``panel``."""
    if isinstance(panel, LanguageStatePanel):
        return [panel.language]
    children = getattr(panel, "children", ())
    return [language for child in children for language in languages_shown_in(child)]


def language_states(bound_panel):
    """Every bound :class:`LanguageStatePanel` in and below ``bound_panel``."""
    if isinstance(bound_panel, LanguageStatePanel.BoundPanel):
        return [bound_panel]
    children = getattr(bound_panel, "children", ())
    return [state for child in children for state in language_states(child)]
