"""The tabs of an edit screen, which open where somebody has something to do."""

from django.utils.safestring import mark_safe
from wagtail.admin.panels import TabbedInterface

from articles.languages.rights.granted import languages_denied


class RowFieldsMixin:
    """For the bound panel around a whole form, within which panels of rows bring their own fields.

    Wagtail shows once more, at the end, every field that no panel says is its own.
    """

    def render_missing_fields(self):
        shown = {
            *self.panel.get_form_options().get("fields", ()),
            *getattr(self.form, "row_field_names", ()),
        }
        missing = [str(self.form[name]) for name in self.form.fields if name not in shown]
        return mark_safe("".join(missing))


class LanguageTabs(TabbedInterface):
    """Wagtail's tabs; a form that is refused comes back with the first tab that has an error.

    Wagtail counts the errors of each tab too, but not those within a body. Whoever may not edit
    every language begins at the first one they may. What an address names wins over both.
    """

    class BoundPanel(RowFieldsMixin, TabbedInterface.BoundPanel):
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
            if self.form is None or not self.form.is_bound:
                return None
            for tab, identifier in self.visible_children_with_identifiers:
                if self._has_errors(tab.panel.get_form_options()):
                    return identifier
            return None

        def _has_errors(self, options):
            formsets = getattr(self.form, "formsets", {})
            relations = [formsets[name] for name in options.get("formsets", ()) if name in formsets]
            return any(name in self.form.errors for name in options.get("fields", ())) or any(
                not formset.is_valid() for formset in relations
            )
