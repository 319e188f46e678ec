"""The kinds of pages that show a site text.

A catalogue names the files that a text is in (``#:``). What a kind of page shows of them is found
from its template or its view, by :mod:`~diptych.articles.interface_texts.reach`.
"""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from inspect import unwrap
from types import FunctionType

from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from wagtail.blocks import ListBlock
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from diptych.articles.interface_texts.reach import (
    ancestors,
    file_of,
    head_steps,
    reached_from,
    texts_of,
)
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.addresses import public_urls


@dataclass(frozen=True)
class Place:
    """A kind of page for readers.

    ``views`` are beginnings of the names of its URLs. An example of it is the newest page of
    ``page_type``, or the URL ``url_name``.
    """

    name: str
    label: str = field(compare=False)
    views: tuple = ()
    url_name: str = ""
    page_type: str = ""

    def url(self, language):
        """The address of a live page of this kind in ``language``, or None."""
        if self.url_name:
            return _reversed(self.url_name, language)
        return _newest_page(self.page_type, language) if self.page_type else None


def _reversed(name, language):
    try:
        with override(language):
            return reverse(name)
    except NoReverseMatch:
        return None


def _newest_page(page_type, language):
    app_label, model = page_type.split(".")
    pages = PageLanguage.objects.visible_in(language).filter(
        page__content_type__app_label=app_label, page__content_type__model=model
    )
    newest = pages.order_by("-page__first_published_at", "-page_id").values_list("url_path")[:1]
    return next(iter(public_urls(language, [path for (path,) in newest])), None)


#: What the base templates of pages show.
EVERYWHERE = Place(
    "everywhere", _("Every page: header, menu and footer"), page_type="diptych.homepage"
)
ARCHIVE = Place("archive", _("Archive"), ("diptych_archive",), "diptych_archive")
SEARCH = Place(
    "search",
    pgettext_lazy("the name of a page", "Search"),
    ("diptych_search", "diptych_static_search"),
    "diptych_search",
)
NEWSLETTER = Place("newsletter", _("Newsletter"), ("diptych_newsletter",), "diptych_newsletter")
#: What the blocks for ``<head>`` lead to.
ENGINES = Place("engines", _("Search engines and shared links"))
FEEDS = Place("feeds", _("Feeds"), ("diptych_feed", "diptych_podcast"), "diptych_feeds")
#: Also templates named by a status, such as 404, and what page types answer without a text.
ERRORS = Place("errors", _("Errors and pages that are not there"), ("diptych_offline",))
#: Templates of plain text, and those of the same name beside one.
MAILS = Place("mails", _("E-mails"))
#: Templates that none of these leads to, and texts without a known file.
ELSEWHERE = Place("elsewhere", _("Elsewhere on the site"))
#: Templates below a folder ``admin`` or of Wagtail's admin, and all other modules.
ADMINISTRATION = Place("administration", _("Administration"))

#: What a page type answers in a language that it has no text in.
WITHOUT_TEXT = ("unavailable_template", "unwritten_template")
STATUS = re.compile(r"[45]\d\d(?!\d)")


def order():
    """List all places in the order of the screen.

    A text shown on several is listed with the first of them.
    """
    return [*_shown(), MAILS, ELSEWHERE, ADMINISTRATION]


def places_of(entry):
    """List the places of an entry in the order of the screen."""
    found = {each for path, _line in entry.occurrences for each in _places_in(path, entry.msgid)}
    return [place for place in order() if place in found] or [ELSEWHERE]


def _places_in(path, text):
    """The places of a text in the file at ``path``."""
    if "/templates/" in f"/{path}":
        return _places_of_template(path.rpartition("templates/")[2])
    found = [place for place, shown in _shown().items() if shown.has_text(text, path)]
    return found or [ADMINISTRATION]


@cache
def _places_of_template(name):
    stem, _dot, kind = name.rpartition(".")
    if kind == "txt" or file_of(f"{stem}.txt"):
        return [MAILS]
    if found := [place for place, shown in _shown().items() if name in shown.templates]:
        return found
    if STATUS.match(name.rpartition("/")[2]):
        return [ERRORS]
    return [ADMINISTRATION if _is_of_admin(name) else ELSEWHERE]


def _is_of_admin(template):
    """Whether it is below a folder ``admin``, or in one with templates that extend Wagtail's."""
    folder, file = template.rpartition("/")[0], file_of(template)
    beside = file.parent.glob("*.html") if file and folder else ()
    names = [template, *(f"{folder}/{each.name}" for each in beside)]
    names += [each for name in names for each in ancestors(name)]
    return "/admin/" in f"/{template}" or any(each.startswith("wagtailadmin/") for each in names)


# What each place shows


class Shown:
    """The templates and the texts of modules that a place shows.

    These are the texts of the functions among ``reached``, and all of ``modules``.
    """

    def __init__(self, reached, modules=()):
        self.templates = {each for each in reached if isinstance(each, str)}
        self.files = {sys.modules[name].__file__ for name in modules}
        self.files_by_text = defaultdict(set)
        for function in reached:
            if isinstance(function, FunctionType):
                for text in texts_of(function):
                    self.files_by_text[text].add(function.__code__.co_filename)

    def has_text(self, text, path):
        files = self.files.union(self.files_by_text.get(text, ()))
        return any(file.endswith(f"/{path}") for file in files)


@cache
def _shown():
    """Map places to what they show.

    It is found once in a process, as neither templates nor code change while it runs.
    """
    models, views = get_page_models(), _views()
    everywhere = reached_from(_bases(models))
    reached = {_place_of(model): reached_from(_starts(model)) for model in models}
    reached |= {place: reached_from(starts) for place, starts in views.items()}
    reached[ERRORS] |= reached_from(_without_text(models))
    templates = {each for found in reached.values() for each in found if isinstance(each, str)}
    reached[ENGINES] = reached_from(step for each in templates for step in head_steps(each))
    shown = {
        place: Shown(found - everywhere, {view.__module__ for view in views.get(place, ())})
        for place, found in reached.items()
    }
    return {EVERYWHERE: Shown(everywhere), **shown}


def _place_of(model):
    name = model._meta.label_lower
    return Place(name, capfirst(model._meta.verbose_name), page_type=name)


def _bases(models):
    """The templates above those of the page types that extend no other."""
    above = {name for model in models for name in ancestors(model.template)}
    return [name for name in above if not ancestors(name)]


def _without_text(models):
    kinds = {kind for model in models for kind in model.__mro__}
    return [vars(kind).get(name) for kind in kinds for name in WITHOUT_TEXT]


def _starts(model):
    """The templates that a page type and its blocks name, and its context."""
    names = [name for name in dir(model) if name.endswith("template") and name not in WITHOUT_TEXT]
    fields = [each for each in model._meta.get_fields() if isinstance(each, StreamField)]
    blocks = [block for field in fields for block in _blocks(field.stream_block)]
    return [
        *(getattr(model, name) for name in names),
        *(getattr(block.meta, "template", None) for block in blocks),
        *(vars(kind).get("get_context") for kind in model.__mro__),
    ]


def _blocks(block):
    """A block and all within it."""
    yield block
    for each in getattr(block, "child_blocks", {}).values():
        yield from _blocks(each)
    if isinstance(block, ListBlock):
        yield from _blocks(block.child_block)


def _views():
    """Map places that are no page types to the functions and classes that answer at their URLs."""
    views = {place: [] for place in (ARCHIVE, SEARCH, NEWSLETTER, ENGINES, FEEDS, ERRORS)}
    for name, callback in _callbacks(get_resolver()):
        view = unwrap(getattr(callback, "view_class", callback))
        for place, found in views.items():
            if name.startswith(place.views):
                found.append(view if hasattr(view, "__name__") else type(view))
    return views


def _callbacks(resolver):
    """Pairs of the name of each URL and its view."""
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from _callbacks(each)
        elif each.name:
            yield each.name, each.callback
