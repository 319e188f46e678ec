"""Form fields that a user may not edit: removed from the form, rendered read-only by its panels.

Posted values for removed fields are ignored. Wagtail omits a panel whose field is missing from the
form. These panels render its value instead, and rows for a missing formset, so that translators see
the text to translate.
"""

from django.db.models import BooleanField, ForeignKey
from django.template.defaultfilters import linebreaks_filter
from django.template.loader import get_template
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin import panels
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField

from diptych.articles.languages.admin.inputs.frames import (
    PLACE,
    FramedField,
    MultiFieldPanel,
    filled,
    frame_hidden_inputs,
    is_known,
)
from diptych.articles.languages.admin.inputs.malformed import attach_known, formfield_for_dbfield
from diptych.articles.languages.admin.post_limits import LimitedRowsMixin
from diptych.articles.languages.admin.read_only.rendering import (
    ChooserCache,
    block_html,
    object_html,
    rich_text_html,
)
from diptych.articles.languages.config.fields import language_of, translated_fields, written_columns
from diptych.articles.languages.config.language_config import (
    language_choices,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import (
    can,
    can_edit_shared,
    can_publish_all,
    languages_denied,
    languages_for,
)
from diptych.articles.languages.translations.shared import shared_fields, shared_relations
from diptych.articles.languages.translations.units import identified


class WithholdingMixin:
    """For page forms: names of removed fields are in ``withheld``.

    Translated fields of child rows, such as the role of an author, stay editable without the
    permission for shared fields.
    """

    withheld = frozenset()

    def __init__(self, *args, **kwargs):
        self.withheld_rows = {}
        self._choose_source_language(kwargs.get("for_user"), kwargs.get("instance"))
        super().__init__(*args, **kwargs)
        self.instance.parent_to_be = self.parent_page
        for name in self.instance.columns_out_of_use():
            self.fields.pop(name, None)
        attach_known(self)
        if self.for_user is None:
            return
        self.withheld = frozenset(self._names_to_withhold() & self.fields.keys())
        for name in self.withheld:
            del self.fields[name]
        self._limit_source_language()
        self._withhold_rows()

    @staticmethod
    def _choose_source_language(user, page):
        """Set the source language of a new page to one the user may edit."""
        if user is None or page is None or page.pk or can_edit_shared(user, page):
            return
        for language in languages_for(user, "edit")[:1]:
            page.source_language = language

    def _names_to_withhold(self):
        model, user = type(self.instance), self.for_user
        denied = languages_denied(user, "edit")
        names = {name for language in denied for name in written_columns(model, language)}
        if not can_edit_shared(user, self.instance):
            names |= {field.name for field in shared_fields(model)}
        if self.instance.pk and not can_publish_all(user, self.instance):
            names.add("expire_at")
        return names

    def _limit_source_language(self):
        field = self.fields.get("source_language")
        if field is not None:
            can_edit = languages_for(self.for_user, "edit")
            field.choices = [each for each in language_choices() if each[0] in can_edit]

    # Rows below the page

    def _withhold_rows(self):
        model = type(self.instance)
        relations = [name for name in shared_relations(model) if name in self.formsets]
        if can_edit_shared(self.for_user, self.instance):
            denied = languages_denied(self.for_user, "edit")
            for name in relations:
                rows = self.formsets[name]
                rows.withheld = [
                    each for code in denied for each in written_columns(rows.model, code)
                ]
            return
        for relation in relations:
            del self.formsets[relation]
            self.withheld_rows[relation] = list(getattr(self.instance, relation).all())
            for key, (row, column) in self.row_fields(relation).items():
                self.fields[key] = formfield_for_dbfield(row._meta.get_field(column))
                self.initial[key] = row._meta.get_field(column).value_from_object(row)

    def row_fields(self, relation):
        """The editable columns of the rows of removed formsets.

        ``{name of the field: (row, column)}``
        """
        languages = languages_for(self.for_user, "edit") if self.for_user else []
        return {
            row_field_name(row, columns[language]): (row.instance, columns[language])
            for row in identified(relation, self.withheld_rows.get(relation, ()))
            for columns in translated_fields(type(row.instance)).values()
            for language in languages
        }

    @property
    def row_field_names(self):
        """The names of all :meth:`row_fields`."""
        return [name for relation in self.withheld_rows for name in self.row_fields(relation)]

    def fill_rows(self):
        """Copy the posted values of removed formsets to their rows; saves nothing."""
        for relation, rows in self.withheld_rows.items():
            fields = self.row_fields(relation)
            for key, (row, column) in fields.items():
                if key in self.cleaned_data:
                    row._meta.get_field(column).save_form_data(row, self.cleaned_data[key])
            if fields:
                getattr(self.instance, relation).set(rows)

    def save(self, commit=True):
        self.fill_rows()
        return super().save(commit=commit)

    @property
    def show_schedule_publishing_toggle(self):
        return bool({"go_live_at", "expire_at"} & self.fields.keys())


def row_field_name(row, column_name):
    """The form field name for a column of ``row`` in a removed formset."""
    return f"{row.relation}-{row.pk or row.identity}-{column_name}"


class LanguageRowsMixin:
    """For formsets: removes the columns in ``withheld`` from each form."""

    withheld = ()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # The rows are in memory: Django would look each of them up by its key.
        key = form.fields[self.model._meta.pk.name]
        key.to_field_name, key.queryset = self.model._meta.pk.name, self.get_queryset()
        attach_known(form)
        form.withheld = frozenset(self.withheld)
        for name in self.withheld:
            form.fields.pop(name, None)


# Panels


def readable(instance, panel):
    """The value of the field of ``panel``, as HTML or text."""
    field = panel.db_field
    value = getattr(instance, field.name)
    if isinstance(value, StreamValue):
        stored = list(value.raw_data)
        block = value.stream_block
        return block_html(block, stored, ChooserCache.in_value(block, stored))
    if isinstance(field, RichTextField):
        return rich_text_html(value or "")
    if isinstance(field, ForeignKey):
        return object_html(value)
    if isinstance(field, BooleanField):
        return _("Yes") if value else _("No")
    if hasattr(field, "in_words"):
        return field.in_words(value)
    if isinstance(value, str) and not field.choices:
        return linebreaks_filter(value)
    return "" if value is None else panel.format_value_for_display(value)


class ReadableField(FramedField):
    """For the bound panel of a field."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        withheld = getattr(self.form, "withheld", ())
        if self.bound_field is None and self.field_name in withheld:
            self.read_only = True
            self.heading = self.panel.heading or capfirst(self.panel.db_field.verbose_name)

    @property
    def template_name(self):
        return (
            "diptych_languages/admin/read_only/field.html"
            if self.read_only
            else super().template_name
        )

    def get_read_only_context_data(self):
        return {
            "label_id": f"{self.id_for_label()}-label",
            "language": language_of(self.panel.model, self.field_name),
            "value": readable(self.instance, self.panel),
            "comments_enabled": self.comments_enabled,
        }


class FieldPanel(panels.FieldPanel):
    class BoundPanel(ReadableField, panels.FieldPanel.BoundPanel):
        pass


class TitleFieldPanel(panels.TitleFieldPanel):
    class BoundPanel(ReadableField, panels.TitleFieldPanel.BoundPanel):
        pass


class PageChooserPanel(panels.PageChooserPanel):
    class BoundPanel(ReadableField, panels.PageChooserPanel.BoundPanel):
        pass


class RowsFormSet(LimitedRowsMixin, LanguageRowsMixin, BaseChildFormSet):
    @cached_property
    def management_form(self):
        return frame_hidden_inputs(super().management_form)


class LanguageRows:
    """For a panel of rows below the page; ``add_label`` is the label of its add button."""

    def __init__(self, *args, add_label=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_label = add_label

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "add_label": self.add_label}

    @cached_property
    def child_edit_handler(self):
        """As Wagtail's, in frames that are kept."""
        handler = MultiFieldPanel(self.panel_definitions, heading=self.heading)
        return handler.bind_to_model(self.db_field.related_model)

    def get_form_options(self):
        options = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows |= {"formset": RowsFormSet, "formfield_callback": formfield_for_dbfield}
        return options


class ReadableRows:
    """For the bound panel of rows: without a formset, rows as text and their editable fields."""

    def __init__(self, **kwargs):
        panel, form = kwargs["panel"], kwargs["form"]
        self.is_read_only = form is not None and panel.relation_name not in form.formsets
        if not self.is_read_only:
            super().__init__(**kwargs)
            if form is not None:
                for child in (*self.children, self.empty_child):
                    frame_hidden_inputs(child.form)
            return
        panels.Panel.BoundPanel.__init__(self, **kwargs)
        self.template_name = "diptych_languages/admin/read_only/rows.html"
        self.label = panel.label
        self.children = []

    @cached_property
    def rows(self):
        """For each row a heading, and for each column its language and a text or field."""
        relation = self.panel.relation_name
        rows = identified(relation, getattr(self.instance, relation).all())
        return [self._cells(row) for row in rows]

    def _cells(self, row):
        cells = []
        for panel in _field_panels(self.panel.child_edit_handler):
            key = row_field_name(row, panel.field_name)
            field = self.form[key] if key in self.form.fields else None
            cells.append(
                {
                    "heading": panel.heading or capfirst(panel.db_field.verbose_name),
                    "language": language_of(panel.model, panel.field_name),
                    "field": field,
                    "value": "" if field else readable(row.instance, panel),
                }
            )
        return cells

    def is_shown(self):
        return not self.is_read_only or bool(self.rows)

    def get_context_data(self, parent_context=None):
        if not self.is_read_only:
            return super().get_context_data(parent_context)
        return panels.Panel.BoundPanel.get_context_data(self, parent_context)

    #: Wagtail's template of a row; without one, a panel is rendered each time.
    row_template_name = "wagtailadmin/panels/inline_panel_child.html"

    def render_html(self, parent_context=None):
        """As Wagtail's; what stands around the fields of the rows is rendered once."""
        if self.is_read_only or not self.row_template_name or self._has_errors():
            return super().render_html(parent_context)
        if not is_known(self.template_name) or not is_known(self.row_template_name):
            return super().render_html(parent_context)
        context = self.get_context_data(parent_context)
        rows = [*self.children, self.empty_child]
        formset = {"prefix": self.formset.prefix, "management_form": PLACE}
        shown = {**vars(self), "formset": formset}
        shown["children"] = [_row_in_frame(child) for child in self.children]
        shown["empty_child"] = _row_in_frame(self.empty_child)
        key = (
            *(self.template_name, context["options_json"], str(self.heading), str(self.label)),
            *(str(self.help_text), str(self.panel.add_label)),
            *(str(context.get("chooser_widget_definition")), *(row.form.prefix for row in rows)),
        )

        def render():
            return get_template(self.template_name).render({**context, "self": shown})

        contents = [str(self.formset.management_form), *(row.render_form_content() for row in rows)]
        return filled(key, render, contents)

    def _has_errors(self):
        formset = self.formset
        return formset.is_bound and bool(formset.non_form_errors() or any(formset.errors))

    @property
    def media(self):
        return panels.Panel.BoundPanel.media.fget(self) if self.is_read_only else super().media

    def telepath_pack(self, context):
        if not self.is_read_only:
            return super().telepath_pack(context)
        options = panels.Panel.BoundPanel.js_opts(self)
        return (panels.Panel.BoundPanel.telepath_adapter_name, [options])


def _row_in_frame(child):
    """A row, as far as Wagtail's template shows it, with a place for its fields."""
    form = {"prefix": child.form.prefix, "DELETE": child.form["DELETE"]}
    return {"form": form, "render_form_content": PLACE}


def _field_panels(panel):
    if isinstance(panel, panels.FieldPanel):
        return [panel]
    return [each for child in getattr(panel, "children", ()) for each in _field_panels(child)]


class InlinePanel(LanguageRows, panels.InlinePanel):
    class BoundPanel(ReadableRows, panels.InlinePanel.BoundPanel):
        template_name = "diptych_languages/admin/rows/inline_panel.html"


class MultipleChooserPanel(LanguageRows, panels.MultipleChooserPanel):
    class BoundPanel(ReadableRows, panels.MultipleChooserPanel.BoundPanel):
        template_name = "diptych_languages/admin/rows/multiple_chooser_panel.html"
        #: The script of Wagtail's own name binds the buttons of the rows a second time, so that a
        #: row moves by two.
        telepath_adapter_name = "wagtail.panels.InlinePanel"


class PermissionNotePanel(panels.Panel):
    """Explains why the panels below are read-only; without ``language``, for shared fields."""

    def __init__(self, language=None, **kwargs):
        super().__init__(**kwargs)
        self.language = language

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "language": self.language}

    class BoundPanel(panels.Panel.BoundPanel):
        template_name = "diptych_languages/admin/read_only/note.html"

        @property
        def language(self):
            """The language whose permission is needed; ``None`` for all of them."""
            return self.panel.language or getattr(self.instance, "source_language", None)

        def is_shown(self):
            user = self.request.user
            if self.language is None:
                return bool(languages_denied(user, "edit"))
            return not can(user, "edit", self.language)

        def show_panel_furniture(self):
            return False

        def get_context_data(self, parent_context=None):
            language = self.language
            return {
                **super().get_context_data(parent_context),
                "is_shared": not self.panel.language,
                "language_name": translated_language_name(language) if language else "",
            }
