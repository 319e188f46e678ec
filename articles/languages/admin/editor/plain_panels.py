"""The edit screen of a page type that declares its panels as any Wagtail page does.

``content_panels`` and the like, or an ``edit_handler`` of Wagtail's own classes, become tabs by
language: the panel of a translated field is shown once in each.
"""

from wagtail.admin import panels
from wagtail.admin.panels.group import PanelGroup

from diptych.articles.languages.admin.editor.field_panels import (
    TranslatedFieldPanel,
    capfirst_lazy,
    headline_panel,
)
from diptych.articles.languages.admin.editor.forms import MultilingualPageForm
from diptych.articles.languages.admin.editor.panels import LanguageTabs, page_handler
from diptych.articles.languages.admin.read_only import fields as read_only
from diptych.articles.languages.config.fields import language_of, translated_fields
from diptych.articles.languages.config.language_config import available_languages, column

#: Fields that every edit screen has anyway, or in place of which it has others.
STANDARD_FIELDS = frozenset(
    {
        *("title", "slug", "seo_title", "search_description", "show_in_menus"),
        *("headline", "url_slug", "meta_title", "meta_description", "source_language"),
    }
)
STANDARD_PANELS = (panels.PublishingPanel, panels.CommentPanel)
#: The panels that show as text the fields a user may not edit, by those of Wagtail.
READABLE = {
    panels.FieldPanel: read_only.FieldPanel,
    panels.TitleFieldPanel: read_only.TitleFieldPanel,
    panels.PageChooserPanel: read_only.PageChooserPanel,
    panels.InlinePanel: read_only.InlinePanel,
    panels.MultipleChooserPanel: read_only.MultipleChooserPanel,
}


def edit_handler_of(model):
    """The edit handler of a page type, bound to it, whichever way its panels are declared."""
    whole = getattr(model, "edit_handler", None)
    tabs = _declared_tabs(model) if whole is None else [whole]
    if whole is None or not _is_by_language(whole, model):
        handler = _by_language([each.bind_to_model(model) for each in tabs], model)
    else:
        handler = whole.clone()
    handler.base_form_class = _form_class(handler.base_form_class or model.base_form_class)
    return handler.bind_to_model(model)


def _declared_tabs(model):
    return [
        panels.ObjectList(declared)
        for declared in (model.content_panels, model.promote_panels, model.settings_panels)
    ]


def _is_by_language(handler, model):
    """Whether ``handler`` has panels of single languages already."""
    bound = handler if isinstance(handler, LanguageTabs) else handler.bind_to_model(model)
    fields = bound.get_form_options().get("fields", ()) if bound is not handler else ()
    return bound is handler or any(language_of(model, name) for name in fields)


def _by_language(tabs, model):
    """The edit handler in which the panels of ``tabs`` stand by language, in their order."""

    def language_panels(language):
        own = [_kept(each, lambda panel: _in_language(panel, model, language)) for each in tabs]
        return [headline_panel(language), *_flat(own)]

    shared = _flat([_kept(each, lambda panel: _shared(panel, model)) for each in tabs])
    handler = page_handler(language_panels, (lambda: shared) if shared else None)
    handler.base_form_class = next(filter(None, (each.base_form_class for each in tabs)), None)
    return handler


def _kept(panel, replaced):
    """``panel`` with each panel in it replaced by ``replaced``; ``None`` if none is left."""
    if isinstance(panel, STANDARD_PANELS):
        return None
    if not isinstance(panel, PanelGroup):
        return replaced(panel)
    children = [_kept(child, replaced) for child in panel.children]
    children = [child for child in children if child is not None]
    return type(panel)(**{**panel.clone_kwargs(), "children": children}) if children else None


def _flat(found):
    """The panels of tabs and lists, in order."""
    lists = (panels.TabbedInterface, panels.ObjectList)
    return [
        each
        for panel in found
        if panel is not None
        for each in (_flat(panel.children) if isinstance(panel, lists) else [panel])
    ]


def _is_translated(panel, model):
    is_field = isinstance(panel, panels.FieldPanel)
    return is_field and panel.field_name in translated_fields(model)


def _is_standard(panel):
    return isinstance(panel, panels.FieldPanel) and panel.field_name in STANDARD_FIELDS


def _in_language(panel, model, language):
    """The panel of a translated field for its column in ``language``; ``None`` for others."""
    if _is_standard(panel) or not _is_translated(panel, model):
        return None
    values = {**panel.clone_kwargs(), "field_name": column(panel.field_name, language)}
    if type(panel) is panels.FieldPanel:
        return TranslatedFieldPanel(**values)
    values["heading"] = panel.heading or capfirst_lazy(panel.db_field.verbose_name)
    return _readable(panel)(**values)


def _shared(panel, model):
    """``panel`` if it is one of shared content; ``None`` for other panels."""
    if _is_standard(panel) or _is_translated(panel, model):
        return None
    values = panel.clone_kwargs()
    if isinstance(panel, panels.InlinePanel):
        values["panels"] = _panels_of_rows(panel)
    return _readable(panel)(**values)


def _readable(panel):
    return READABLE.get(type(panel), type(panel))


def _panels_of_rows(panel):
    """The panels of each row below a page: those of its translated fields once a language."""
    model = panel.db_field.related_model
    rows = panels.ObjectList(panel.panel_definitions).bind_to_model(model)
    named = set(rows.get_form_options().get("fields", ()))
    return [each for child in rows.children for each in _of_row(child, model, named)]


def _of_row(panel, model, named):
    if isinstance(panel, PanelGroup):
        children = [each for child in panel.children for each in _of_row(child, model, named)]
        return [type(panel)(**{**panel.clone_kwargs(), "children": children})]
    values, names = panel.clone_kwargs(), [None]
    if _is_translated(panel, model):
        columns = [column(panel.field_name, language) for language in available_languages()]
        names = [name for name in columns if name not in named]
    return [
        _readable(panel)(**({**values, "field_name": name} if name else values)) for name in names
    ]


def _form_class(declared):
    """The form class ``declared`` by a page type, as a :class:`MultilingualPageForm`."""
    if issubclass(declared, MultilingualPageForm):
        return declared
    return type(declared.__name__, (declared, MultilingualPageForm), {})
