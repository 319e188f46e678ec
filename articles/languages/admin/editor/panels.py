"""The edit screen of a page type in several languages: its tabs, and what stands in them."""

from collections.abc import Callable, Iterable

from django.forms import Media
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import Panel, TabbedInterface
from wagtail.models.panels import CommentPanelPlaceholder

from diptych.articles.languages.admin.editor.field_panels import field_panel
from diptych.articles.languages.admin.editor.state_panel import LanguageStatePanel
from diptych.articles.languages.admin.editor.widgets import slug_input
from diptych.articles.languages.admin.inputs.date_inputs import LocalPublishingPanel
from diptych.articles.languages.admin.inputs.frames import MultiFieldPanel, ObjectList
from diptych.articles.languages.admin.read_only.fields import FieldPanel, PermissionNotePanel
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    language_name,
)
from diptych.articles.languages.permissions.policy import languages_denied

#: The hook for panels that other applications add to the edit screens of pages.
PANELS = "register_diptych_panels"


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

    def get_form_class(self):
        """As Wagtail's, made once for each edit handler and not for each request."""
        return self._form_class

    @cached_property
    def _form_class(self):
        return super().get_form_class()

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


def page_handler(
    language_panels: Callable[[str], Iterable[Panel]],
    shared_panels: Callable[[], Iterable[Panel]] | None = None,
) -> LanguageTabs:
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
