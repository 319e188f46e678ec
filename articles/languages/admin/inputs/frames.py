"""What the templates of panels put around inputs, rendered once for each language of the admin.

Labels, headings and buttons are most of an edit screen, and the same each time it is opened.
"""

import re
from functools import lru_cache
from itertools import chain
from pathlib import Path
from weakref import WeakKeyDictionary

import wagtail.admin
from django import forms
from django.apps import apps
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation.trans_real import catalog
from wagtail.admin import panels

#: Stands in a frame where something else comes.
PLACE = "\ue000"
#: So many frames are kept for a language: those of many edit screens.
MOST_FRAMES = 5_000
#: What frames are made of; a project may have its own, which show whatever they like.
PARTS = (
    "wagtailadmin/panels/multi_field_panel_child.html",
    "wagtailadmin/shared/panel.html",
    "wagtailadmin/shared/field.html",
    "wagtailadmin/shared/formatted_field.html",
)
#: What Wagtail's template of a field takes from its context, besides the field and its input.
OF_FIELD = (
    "classname",
    "show_label",
    "id_for_label",
    "sr_only_label",
    "icon",
    "help_text",
    "help_text_id",
    "show_add_comment_button",
    "label_text",
    "error_message_id",
    "wrapper_id",
)

#: The space around a line break, which means the same alone. No-break spaces are no such space.
INDENTATION = re.compile(r"[ \t\r\f]*\n[ \t\r\f\n]*")

_frames = WeakKeyDictionary()


def filled(key, render, contents):
    """What ``render`` returns, with ``contents`` in its places; it is called once for each key."""
    known = _frames.setdefault(catalog(), {})
    frame = known.get(key)
    if frame is None:
        if len(known) >= MOST_FRAMES:
            known.clear()
        frame = known[key] = INDENTATION.sub("\n", render()).split(PLACE)
    first, *others = frame
    parts = chain.from_iterable(zip(map(conditional_escape, contents), others, strict=True))
    return mark_safe("".join([first, *parts]))  # noqa: S308 of templates and what renders itself


@lru_cache(maxsize=256)
def is_known(template_name):
    """Whether nobody has put another template in place of it, or of Wagtail's parts of it."""
    ours = (each.path for each in apps.get_app_configs() if each.name.startswith("diptych."))
    folders = {Path(wagtail.admin.__file__).parent, *map(Path, ours)}
    origins = (get_template(name).origin.name for name in (template_name, *PARTS))
    return all(folders & {*Path(origin).parents} for origin in origins)


class FramedInput:
    """For an input: only its value is filled in each time."""

    def shown_beside(self):
        """What it shows besides its value and its attributes."""
        return ()

    def render(self, name, value, attrs=None, renderer=None):
        text = self.format_value(value)
        around = super().render
        attributes = str(self.build_attrs(self.attrs, attrs))
        key = type(self), name, bool(text), attributes, *self.shown_beside()
        shown = [text] if text else []
        return filled(
            key, lambda: around(name, "".join(PLACE for _ in shown), attrs, renderer), shown
        )


class HiddenInput(FramedInput, forms.HiddenInput):
    pass


def frame_hidden_inputs(form):
    """Put :class:`HiddenInput` in place of Django's in ``form``; returns ``form``."""
    for field in form.fields.values():
        if type(field.widget) is forms.HiddenInput:
            field.widget = HiddenInput(field.widget.attrs)
    return form


class FramedField:
    """For the bound panel of a field: only its input is rendered each time."""

    def render_html(self, parent_context=None):
        field, template_name = self.bound_field, self.template_name
        if field is None or field.errors or not is_known(template_name):
            return super().render_html(parent_context)
        context = self.get_context_data(parent_context)
        key = (
            template_name,
            *(str(context.get(name, "")) for name in OF_FIELD),
            *(field.name, field.id_for_label, str(field.label), str(field.help_text)),
            *(str(self.help_text), field.field.required),
            *(type(field.field), type(field.field.widget)),
        )

        def render():
            return get_template(template_name).render({**context, "rendered_field": PLACE})

        return filled(key, render, [context["rendered_field"]])


class Place:
    """A panel in a frame, as far as Wagtail's templates of groups show it."""

    read_only = False

    def __init__(self, child):
        self.heading, self.classes = str(child.heading), child.classes()
        self.attrs, self.icon = child.attrs, child.icon
        self.id_for_label, self.is_required = child.id_for_label(), child.is_required()
        self.read_only = getattr(child, "read_only", False)

    def key(self):
        return tuple(map(str, vars(self).values()))

    def render_html(self, _parent_context=None):
        return PLACE


class FramedGroup:
    """For the bound panel of a group: the headings and labels of what is in it are kept."""

    def render_html(self, parent_context=None):
        template_name = self.template_name
        if not is_known(template_name):
            return super().render_html(parent_context)
        context = self.get_context_data(parent_context)
        children = self.visible_children_with_identifiers
        places = [(Place(child), identifier) for child, identifier in children]
        key = (template_name, self.prefix, str(self.help_text), str(self.attrs))
        key += tuple((identifier, *place.key()) for place, identifier in places)

        def render():
            shown = {
                "prefix": self.prefix,
                "attrs": self.attrs,
                "help_text": self.help_text,
                "visible_children": [place for place, _identifier in places],
                "visible_children_with_identifiers": places,
            }
            return get_template(template_name).render({**context, "self": shown})

        return filled(key, render, [child.render_html(context) for child, _identifier in children])


class MultiFieldPanel(panels.MultiFieldPanel):
    class BoundPanel(FramedGroup, panels.MultiFieldPanel.BoundPanel):
        pass


class FieldRowPanel(panels.FieldRowPanel):
    class BoundPanel(FramedGroup, panels.FieldRowPanel.BoundPanel):
        pass


class ObjectList(panels.ObjectList):
    class BoundPanel(FramedGroup, panels.ObjectList.BoundPanel):
        pass
