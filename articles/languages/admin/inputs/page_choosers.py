"""The page choosers of the editor, which take pages in memory instead of fetching them again."""

from functools import lru_cache
from itertools import chain

import swapper
from django.db.models import ForeignKey
from django.forms import Media
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.admin import widgets
from wagtail.admin.telepath import register
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.chooser import PageChooserAdapter
from wagtail.models import AbstractPage

from diptych.articles.languages.admin.inputs.frames import INDENTATION
from diptych.articles.languages.config.wagtail_compat import set_parent

#: Stand for the name and the id of an input. Wagtail's scripts replace the same ones.
NAME, ID = "__NAME__", "__ID__"
#: Stand for what is shown of a chosen page.
KEY, EDIT_URL, TITLE = "__KEY__", "__EDIT_URL__", "__TITLE__"


class AdminPageChooser(widgets.AdminPageChooser):
    """A page chooser whose HTML is rendered once for each model and language of the admin.

    An editor has one for every field and every kind of row, and scripts get another of each. It is
    named as Wagtail's, which styles fields by this name. Its words are in the language of whoever
    reads them, not of whoever opened a form first.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.choose_one_text != widgets.AdminPageChooser.choose_one_text:
            model = capfirst(self.model._meta.verbose_name)
            text = widgets.AdminPageChooser.choose_one_text
            self.choose_one_text = format_lazy("{text} ({model})", text=text, model=model)

    def render_html(self, name, value_data, attrs):
        if attrs.keys() != {"id"} or type(self) is not AdminPageChooser:
            return super().render_html(name, value_data, attrs)
        chosen = value_data or {}
        models, has_url = tuple(self.target_models), bool(chosen.get("edit_url"))
        html = _render_once(models, self.is_required, bool(chosen), has_url, get_language())
        if (name, attrs["id"]) == (NAME, ID) and not chosen:
            return html  # the same object, which telepath packs once for all choosers of a form
        values = {KEY: chosen.get("id"), EDIT_URL: chosen.get("edit_url")}
        values |= {NAME: name, ID: attrs["id"], TITLE: chosen.get(self.display_title_key)}
        for place, value in values.items():
            html = html.replace(place, escape(value))
        return mark_safe(html)  # noqa: S308 as escaped


class RenderedMedia(Media):
    """Scripts whose HTML is made once: telepath compares it for each chooser of a form."""

    def __init__(self, media):
        super().__init__()
        vars(self).update(vars(media))

    def __str__(self):
        return self.html

    @cached_property
    def html(self):
        return super().__str__()


class AdminPageChooserAdapter(PageChooserAdapter):
    @cached_property
    def media_of_chooser(self):
        return RenderedMedia(super().get_media(AdminPageChooser()))

    def get_media(self, widget):
        is_own = type(widget) is AdminPageChooser
        return self.media_of_chooser if is_own else super().get_media(widget)


register(AdminPageChooserAdapter(), AdminPageChooser)


@lru_cache(maxsize=256)
def _render_once(models, is_required, is_chosen, has_url, _language):
    widget = widgets.AdminPageChooser(target_models=models)
    widget.is_required = is_required
    chosen = {"id": KEY, "edit_url": EDIT_URL if has_url else "", widget.display_title_key: TITLE}
    html = widget.render_html(NAME, chosen if is_chosen else None, {"id": ID})
    return INDENTATION.sub("\n", html)


def widget_for(db_field):
    """The chooser of a foreign key to pages, ``None`` for another field."""
    model = db_field.remote_field.model if isinstance(db_field, ForeignKey) else None
    if model is None or not issubclass(model, AbstractPage):
        return None
    return AdminPageChooser(target_models=[model])


class ChosenField(BoundField):
    """A field whose chooser is given the chosen object, if that is in memory, and not its key."""

    def value(self):
        value, known = super().value(), self.field.known
        if known is None or not isinstance(self.field.widget, BaseChooser):
            return value
        return known if str(value) == str(known.pk) else value


def attach_parents(pages):
    """Fetch the parents of ``pages`` in one query, for their ``get_parent``."""
    model = swapper.load_model("wagtailcore", "Page")
    paths = {page.path: page.path[: -model.steplen] for page in pages}
    parents = model.objects.filter(path__in={*paths.values()} - {""}) if paths else ()
    parents = {parent.path: parent for parent in parents}
    for page in pages:
        if parent := parents.get(paths[page.path]):
            set_parent(page, parent)


def attach_parents_of_related(instance):
    """Do so for the pages that a page and the rows below it have in memory."""
    names = [relation.get_accessor_name() for relation in get_all_child_relations(instance)]
    managers = [getattr(instance, name) for name in names]
    rows = [each.get_object_list() for each in managers if each.is_deferring]
    related = [
        field.get_cached_value(owner, default=None)
        for owner in chain([instance], *rows)
        for field in owner._meta.concrete_fields
        if isinstance(field, ForeignKey) and not isinstance(field, ParentalKey)
    ]
    attach_parents([page for page in related if isinstance(page, AbstractPage)])
