"""The form of one translation, made of the panels of the page type's own edit screen."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.panels.group import PanelGroup

from diptych.articles.languages.admin.editor.panels import RowFieldsMixin
from diptych.articles.languages.admin.editor.state_panel import LanguageStatePanel
from diptych.articles.languages.admin.read_only.fields import PermissionNotePanel
from diptych.articles.languages.config.fields import language_of, readable_columns

#: Panels that the editor's side panels need, in every language.
ALWAYS = (PublishingPanel, CommentPanel)


class TranslationPanels(ObjectList):
    """A list of panels, as in a tab of the editor."""

    class BoundPanel(RowFieldsMixin, ObjectList.BoundPanel):
        template_name = "diptych_languages/admin/side_by_side/panels.html"


@cache
def translation_handler(model, language):
    """The edit handler of the pages of ``model`` in one ``language``.

    First come the panels for that language, in the order of the page type, whether in a tab or
    among others; then those of shared content, once and closed.
    """
    whole = model.get_edit_handler()
    own = _flat(_kept(whole, lambda panel: _is_of(panel, model, language)))
    if not any(_brings_fields(panel) for panel in own):
        own += [FieldPanel(name) for name in readable_columns(model, language)]
    panels = [*own, *_shared_groups(whole, model, language), *_always(whole)]
    form_class = whole.base_form_class or model.base_form_class
    return TranslationPanels(panels, base_form_class=form_class).bind_to_model(model)


def _is_of(panel, model, language):
    if isinstance(panel, LanguageStatePanel):
        return panel.language == language
    return _language_of(panel, model) == language


def _language_of(panel, model):
    """The language of the translated field that ``panel`` is for, or ``None``."""
    return language_of(model, panel.field_name) if isinstance(panel, FieldPanel) else None


def _kept(panel, is_kept):
    """``panel`` with those panels in it that are kept, or ``None``; groups stay around them."""
    if isinstance(panel, ALWAYS):
        return None
    if not isinstance(panel, PanelGroup):
        return panel if is_kept(panel) else None
    children = [_kept(child, is_kept) for child in panel.children]
    children = [child for child in children if child is not None]
    if not children:
        return None
    return type(panel)(**{**panel.clone_kwargs(), "children": children})


def _flat(panel):
    """The panels inside tabs and lists, in order."""
    if isinstance(panel, (TabbedInterface, ObjectList)):
        return [each for child in panel.children for each in _flat(child)]
    return [panel] if panel is not None else []


def _shared_groups(whole, model, language):
    def is_kept(panel):
        if isinstance(panel, PermissionNotePanel):
            return panel.language is None
        return _brings_fields(panel) and _language_of(panel, model) is None

    kept = _with_rows_in(language, _kept(whole, is_kept), model)
    tabs = kept.children if isinstance(kept, TabbedInterface) else [kept] if kept else []
    return [
        MultiFieldPanel(
            _flat(tab), heading=tab.heading or _("All languages"), classname="collapsed"
        )
        for tab in tabs
        if _brings_fields(tab)
    ]


def _with_rows_in(language, panel, model):
    """``panel`` with only the fields of ``language`` in the rows below the page."""
    if isinstance(panel, PanelGroup):
        children = [_with_rows_in(language, child, model) for child in panel.children]
        return type(panel)(**{**panel.clone_kwargs(), "children": children})
    if not isinstance(panel, InlinePanel):
        return panel
    of_row = panel.db_field.related_model

    def is_kept(each):
        return _language_of(each, of_row) in (None, language)

    rows = [_kept(each, is_kept) for each in panel.panel_definitions]
    panels = [each for each in rows if each is not None]
    return type(panel)(**{**panel.clone_kwargs(), "panels": panels}).bind_to_model(model)


def _always(whole):
    found = [panel for panel in _all_panels(whole) if isinstance(panel, ALWAYS)]
    has_comments = any(isinstance(panel, CommentPanel) for panel in found)
    if not has_comments and getattr(settings, "WAGTAILADMIN_COMMENTS_ENABLED", True):
        found.append(CommentPanel())
    return found


def _all_panels(panel):
    yield panel
    if not isinstance(panel, ALWAYS):
        for child in getattr(panel, "children", ()):
            yield from _all_panels(child)


def _brings_fields(panel):
    """Whether ``panel`` adds a field or rows to a form; a group need not be bound."""
    if isinstance(panel, PanelGroup):
        return any(_brings_fields(child) for child in panel.children)
    options = panel.get_form_options()
    return bool(options.get("fields") or options.get("formsets"))
