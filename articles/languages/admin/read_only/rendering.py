"""Read-only rendering of fields and blocks for people who may not edit them.

Renders the stored values, so that blocks need no template of their own and nothing is fetched
from other sites. All images of a page take three queries.
"""

from dataclasses import dataclass, field

from django.template.defaultfilters import linebreaks_filter
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from wagtail import blocks, hooks
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html

from diptych.articles.languages.config.content import children_of

#: The size in which Wagtail's own lists show images.
THUMBNAIL = "max-165x165"
#: Called with the HTML of a rich text; returns it with a feature's own elements rendered.
HOOK = "diptych_show_rich_text"


@dataclass
class ChooserCache:
    """The objects that blocks refer to, fetched at once for all of them."""

    ids: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)

    @classmethod
    def in_units(cls, units):
        chosen = cls()
        for unit in units:
            if unit.block is not None:
                chosen._collect(unit.block, unit.stored)
        chosen._fetch()
        return chosen

    @classmethod
    def in_value(cls, block, stored):
        chosen = cls()
        chosen._collect(block, stored)
        chosen._fetch()
        return chosen

    def _collect(self, block, stored):
        if isinstance(block, blocks.ChooserBlock) and isinstance(stored, (int, str)):
            self.ids.setdefault(block.model_class, set()).add(stored)
        elif stored:
            for child, value in children_of(block, stored):
                self._collect(child, value)

    def _fetch(self):
        for model, ids in self.ids.items():
            manager = model._default_manager
            if issubclass(model, get_image_model()):
                manager = manager.prefetch_renditions(THUMBNAIL)
            self.objects[model] = manager.in_bulk(ids)

    def get(self, block, stored):
        model = block.model_class
        try:
            return self.objects.get(model, {}).get(model._meta.pk.to_python(stored))
        except (TypeError, ValueError):
            return None


def source_html(unit, chosen):
    """``unit`` as HTML; empty if it has no content."""
    if unit.block is None:
        if unit.is_rich:
            return rich_text_html(unit.stored)
        return linebreaks_filter(unit.stored)
    return block_html(unit.block, unit.stored, chosen)


def rich_text_html(stored):
    html = expand_db_html(stored)
    for show in hooks.get_hooks(HOOK):
        html = show(html)
    return mark_safe(html)  # noqa: S308 Wagtail's HTML of a rich text, cleaned when it was saved


def block_html(block, stored, chosen):
    if stored in (None, "", [], {}):
        return ""
    if isinstance(block, blocks.RichTextBlock):
        return rich_text_html(str(stored))
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        return linebreaks_filter(str(stored))
    if isinstance(block, blocks.URLBlock):
        return format_html('<p class="diptych-source__address">{}</p>', stored)
    if isinstance(block, blocks.ChooserBlock):
        return object_html(chosen.get(block, stored))
    if isinstance(block, blocks.StructBlock) and isinstance(stored, dict):
        return _struct_html(block, stored, chosen)
    if isinstance(stored, dict) and "data" in stored:
        return _table_html(stored)
    children = children_of(block, stored)
    shown = ((block_html(child, value, chosen),) for child, value in children)
    return format_html_join("", "{}", shown)


def _struct_html(block, stored, chosen):
    """The fields with content; labelled if there are several."""
    pieces = [
        (child.name, child.label, block_html(child, value, chosen))
        for child, value in children_of(block, stored)
    ]
    pieces = [each for each in pieces if each[-1]]
    if len(pieces) == 1:
        return pieces[0][-1]
    return format_html_join(
        "",
        '<div class="diptych-source__piece" data-name="{}">'
        '<span class="diptych-source__name">{}</span>{}</div>',
        pieces,
    )


def object_html(instance):
    if instance is None:
        return ""
    if isinstance(instance, get_image_model()):
        return _thumbnail(instance)
    title = getattr(instance, "get_admin_display_title", instance.__str__)()
    return format_html("<p>{}</p>", title)


def _thumbnail(image):
    """A small image, or its title if its file cannot be read."""
    try:
        return format_html("<p>{}</p>", image.get_rendition(THUMBNAIL).img_tag({"alt": ""}))
    except (OSError, ValueError):
        return format_html("<p>{}</p>", image.title)


def _table_html(stored):
    rows = (
        (format_html_join("", "<td>{}</td>", ((cell or "",) for cell in row)),)
        for row in stored["data"] or ()
    )
    table = format_html_join("", "<tr>{}</tr>", rows)
    return format_html('<div class="diptych-source__table"><table>{}</table></div>', table)
