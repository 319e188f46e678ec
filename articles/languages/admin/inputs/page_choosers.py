"""The page choosers of the editor, which take pages in memory instead of fetching them again."""

from functools import lru_cache
from itertools import chain

import swapper
from django.db.models import ForeignKey
from django.forms.boundfield import BoundField
from django.utils.safestring import mark_safe
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.admin import widgets
from wagtail.admin.widgets import BaseChooser
from wagtail.models import AbstractPage

from diptych.articles.languages.config.wagtail_compat import set_parent

#: Stand for the name and the id of an input. Wagtail's scripts replace the same ones.
NAME, ID = "__NAME__", "__ID__"


class AdminPageChooser(widgets.AdminPageChooser):
    """A page chooser whose HTML without a choice is rendered once for each model and language.

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
        if value_data or attrs.keys() != {"id"} or type(self) is not AdminPageChooser:
            return super().render_html(name, value_data, attrs)
        html = _render_empty(tuple(self.target_models), self.is_required, get_language())
        return mark_safe(html.replace(NAME, name).replace(ID, attrs["id"]))  # noqa: S308 name and id of a field of a form


@lru_cache(maxsize=256)
def _render_empty(models, is_required, _language):
    widget = widgets.AdminPageChooser(target_models=models)
    widget.is_required = is_required
    return str(widget.render_html(NAME, None, {"id": ID}))


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
