"""The edit screen of a page type in several languages, and the panels it is made of."""

import re

from django.db import models
from django.forms import Media
from django.urls import reverse
from django.utils.functional import cached_property, lazy
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models.panels import CommentPanelPlaceholder

from diptych.articles.languages.admin.editor.widgets import slug_input
from diptych.articles.languages.admin.inputs.date_inputs import LocalPublishingPanel
from diptych.articles.languages.admin.listings.states import STATE_LABELS
from diptych.articles.languages.admin.read_only.fields import (
    FieldPanel,
    PermissionNotePanel,
    TitleFieldPanel,
)
from diptych.articles.languages.config.fields import language_of, written_columns
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    language_attributes,
    language_name,
    translated_language_name,
)
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.permissions.policy import can, languages_denied
from diptych.articles.languages.publication.readiness.gate import kept_source
from diptych.articles.languages.publication.readiness.grading import Grade, grade
from diptych.articles.languages.publication.schedules.scheduling import can_schedule, dates_in_words
from diptych.articles.languages.translations.comparing import compare

#: The hook for panels that other applications add to the edit screens of pages.
PANELS = "register_diptych_panels"


def _rows_of(form, page):
    """The rows of ``page`` with their assignments by language, read once for all panels."""
    known = {} if form is None else vars(form)
    if "_rows_by_language" not in known:
        rows = PageLanguage.objects.with_assignment().filter(page_id=page.pk) if page.pk else ()
        known["_rows_by_language"] = {row.language: row for row in rows}
    return known["_rows_by_language"]


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
                source_page = kept_source(page, page.stored(), [self.language])
            return grade(page, self.language, source_page)

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
            counts = {
                language: sum(1 for place in compare(page, language) if place.status == "outdated")
                for language in available_languages()
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


class RowFieldsMixin:
    """For the bound panel around a whole form, within which panels of rows add their own fields.

    Wagtail renders at the end every field that no panel claims.
    """

    def render_missing_fields(self):
        shown = {
            *self.panel.get_form_options().get("fields", ()),
            *getattr(self.form, "row_field_names", ()),
        }
        missing = ((self.form[name],) for name in self.form.fields if name not in shown)
        return format_html_join("", "{}", missing)


class LanguageTabs(TabbedInterface):
    """Wagtail's tabs; an invalid form comes back with the first tab that has an error.

    Wagtail counts the errors of each tab too, but not those within a body. Users who may not edit
    every language begin at the first one they may. A fragment in the URL wins over both.
    """

    class BoundPanel(RowFieldsMixin, TabbedInterface.BoundPanel):
        @property
        def media(self):
            """Nothing in the answer to an automatic save, whose editor has it."""
            return Media() if self._is_autosave else super().media

        def js_opts(self):
            """As Wagtail's; without the panels within in the answer to an automatic save."""
            return {} if self._is_autosave else super().js_opts()

        @property
        def _is_autosave(self):
            return getattr(self.form, "is_autosave", False)

        @property
        def attrs(self):
            tab = self.faulty_tab() or self.own_tab()
            opened = {"data-w-tabs-active-panel-id-value": f"tab-{tab}"} if tab else {}
            return {**super().attrs, **opened}

        def own_tab(self):
            """The first tab of a language the person may edit, if there are others."""
            denied = languages_denied(self.request.user, "edit") if self.request else []
            for tab, identifier in self.visible_children_with_identifiers if denied else ():
                languages = {getattr(each, "language", None) for each in tab.panel.children}
                if languages.difference([None], denied):
                    return identifier
            return None

        def faulty_tab(self):
            """The identifier of the first tab that holds an error, or ``None``."""
            if self.form is None or not (self.form.is_bound or self.form.errors):
                return None
            for tab, identifier in self.visible_children_with_identifiers:
                if self._has_errors(tab.panel.get_form_options()):
                    return identifier
            return None

        def _has_errors(self, options):
            formsets = getattr(self.form, "formsets", {})
            relations = [formsets[name] for name in options.get("formsets", ()) if name in formsets]
            return any(name in self.form.errors for name in options.get("fields", ())) or any(
                formset.is_bound and not formset.is_valid() for formset in relations
            )


class WholeTextInput(AdminAutoHeightTextInput):
    """For text that the form judges as it was typed or pasted.

    With ``maxlength`` a browser would cut a text that is too long without a word about it.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


class LineInput(WholeTextInput):
    """For text of one line, however long: shown whole, it is broken where the column ends.

    A line break that is typed or pasted counts as a space.
    """

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value and re.sub(r"\s*[\r\n]+\s*", " ", value)


#: The inputs of plain text, by the class of the field.
WIDGETS = {models.CharField: LineInput, models.TextField: WholeTextInput}

capfirst_lazy = lazy(capfirst, str)


class HeadlinePanel(TitleFieldPanel):
    """The headline of one language, which is saved by itself before it is written to its end.

    Its slug follows as long as the page is not live in that language, be it live in others.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self):
            language = language_of(self.panel.model, self.field_name)
            return not (self.instance.pk and self.instance.is_live_in(language))


class TranslatedFieldPanel(FieldPanel):
    """The column of a translated field in one language, with the name and type of the field.

    Without ``heading`` it has the label of the field, without the language in brackets that
    modeltranslation adds. Plain text gets an input as large as its text, with the ``lang`` of its
    language; ``widget`` is a class of another one. The inputs of other fields, such as those of
    blocks, have the direction of the language by the class of the panel.
    """

    def on_model_bound(self):
        original = getattr(self.db_field, "translated_field", None)
        if original is None:
            return
        if not self.heading:
            self.heading = capfirst_lazy(original.verbose_name)
        widget = self.widget
        if widget is None and not original.choices:
            widget = WIDGETS.get(type(original))
        attributes = language_attributes(self.db_field.language)
        if isinstance(widget, type):
            self.widget = widget(attrs=attributes)
        elif attributes["dir"] == "rtl":
            self.classname = f"{self.classname} diptych-rtl".strip()


def headline_panel(language, heading=None):
    """The headline, large as in print."""
    heading = heading or _("Headline")
    return HeadlinePanel(
        column("headline", language),
        targets=[column("url_slug", language)],
        heading=heading,
        placeholder=heading,
        widget=LineInput(attrs=language_attributes(language)),
    )


def text_panels(language, *names, heading=None):
    """The headline, then the translated fields ``names``, in one language."""
    return [headline_panel(language, heading), *(field_panel(name, language) for name in names)]


def field_panel(name, language, **kwargs):
    """The translated field ``name`` in one language; see :class:`TranslatedFieldPanel`."""
    return TranslatedFieldPanel(column(name, language), **kwargs)


class AddedPanels(Panel):
    """Stands in a :class:`Tab` for the panels that other applications register.

    Functions registered for the hook :data:`PANELS` are called with the page type and a language,
    or ``None`` for the tab of shared content, and return panels.
    """

    def __init__(self, language=None, **kwargs):
        super().__init__(**kwargs)
        self.language = language

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "language": self.language}

    def panels_for(self, model):
        found = (hook(model, self.language) for hook in hooks.get_hooks(PANELS))
        return [panel for panels in found for panel in panels or ()]


class Tab(ObjectList):
    """A tab with the registered panels in place of :class:`AddedPanels`.

    It is not shown if nothing is in it but the note on permissions.
    """

    def on_model_bound(self):
        children = []
        for child in self.children:
            is_place = isinstance(child, AddedPanels)
            children += child.panels_for(self.model) if is_place else [child]
        is_empty = all(isinstance(child, PermissionNotePanel) for child in children)
        self.children = [] if is_empty else children
        super().on_model_bound()


def page_handler(language_panels, shared_panels=None):
    """The edit screen of a page type: a tab for each language, then the content all share.

    ``language_panels`` is called with each language and returns its panels; ``shared_panels`` is
    called without arguments and returns those of shared content. Registered panels follow, see
    :class:`AddedPanels`.
    """
    tabs = [
        Tab(
            [
                LanguageStatePanel(language),
                PermissionNotePanel(language),
                *language_panels(language),
                AddedPanels(language),
                search_panel(language),
            ],
            heading=language_name(language),
        )
        for language in available_languages()
    ]
    shared = shared_panels() if shared_panels else ()
    panels = [PermissionNotePanel(), *shared, AddedPanels()]
    tabs.append(Tab(panels, heading=_("All languages")))
    tabs.append(ObjectList(settings_panels(), heading=_("Settings")))
    return LanguageTabs(tabs)


def search_panel(language):
    """How the page appears in search engines and in its address."""
    return MultiFieldPanel(
        [
            FieldPanel(
                column("url_slug", language), heading=_("Address"), widget=slug_input(language)
            ),
            field_panel("meta_title", language),
            field_panel("meta_description", language),
        ],
        heading=_("Address and search engines"),
        classname="collapsed",
    )


class MenuPanel(FieldPanel):
    """The "show in menus" field, left out for page types that have no children."""

    def get_form_options(self):
        is_leaf = getattr(self.model, "subpage_types", None) == []
        return {} if is_leaf else super().get_form_options()


def settings_panels():
    """The panels of the last tab: settings of the page as a whole."""
    return [
        PermissionNotePanel(),
        FieldPanel("source_language"),
        LocalPublishingPanel(),
        MenuPanel("show_in_menus"),
        CommentPanelPlaceholder(),
    ]
