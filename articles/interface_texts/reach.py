"""What a page is made of: the templates and functions that its template or its view leads to.

They are read, not run. A template leads to those it extends and includes, and to the functions of
its tags and filters; a function or class to the templates, functions and classes that it names.
Methods of objects, and names of templates that are put together while running, are not followed.
"""

import re
from functools import cache
from inspect import unwrap
from itertools import chain
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from django.apps import apps
from django.db.models import Model
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils.functional import LazyObject, cached_property

TEMPLATE_NAME = re.compile(r"[\w./-]+\.(html|txt)")
#: The block of templates for ``<head>``.
HEAD = "head"
#: The exception for wrong settings. Functions that raise it are left out: readers see none of them.
REFUSAL = "ImproperlyConfigured"


def reached_from(starts):
    """The names of templates, functions and classes that ``starts`` lead to, themselves included.

    Blocks :data:`HEAD` lead nowhere here; see :func:`head_steps`.
    """
    found, waiting = set(), list(starts)
    while waiting:
        each = _followed(waiting.pop())
        if each is not None and each not in found:
            found.add(each)
            waiting += _steps(each)
    return found


def head_steps(template):
    """What the blocks :data:`HEAD` of a template lead to."""
    return [value for value, in_head in _template_steps(template) if in_head]


@cache
def ancestors(template):
    """The names of the templates that a template extends, those that these extend, and so on."""
    nodes = _nodes(template).get_nodes_by_type(ExtendsNode)
    extended = {name for node in nodes for name in _extended(node)} - {template}
    return extended.union(*map(ancestors, extended))


def texts_of(function):
    """The strings of a function, or of those within it, that calls gettext."""
    for code in _codes(function.__code__):
        if any(_is_gettext(function.__globals__.get(name)) for name in code.co_names):
            yield from (each for each in code.co_consts if isinstance(each, str))


def file_of(template):
    """The path of the file of a template, or None."""
    try:
        return Path(get_template(template).origin.name)
    except (TemplateDoesNotExist, TemplateSyntaxError):
        return None


def _followed(value):
    """``value`` if it is followed: the name of a template, or code of an application."""
    if isinstance(value, str):
        return str(value) if TEMPLATE_NAME.fullmatch(value) else None
    if isinstance(value, (property, cached_property)):
        value = value.fget if isinstance(value, property) else value.func
    elif isinstance(value, (classmethod, staticmethod)):
        value = value.__func__
    if not callable(value):
        return None
    value = unwrap(value)
    is_class = isinstance(value, type) and not issubclass(value, Model)
    is_code = is_class or isinstance(value, FunctionType)
    return value if is_code and _is_of_application(value.__module__) else None


@cache
def _is_of_application(module):
    is_framework = module.partition(".")[0] in ("django", "wagtail")
    return not is_framework and apps.get_containing_app_config(module) is not None


def _steps(found):
    if isinstance(found, str):
        return [value for value, in_head in _template_steps(found) if not in_head]
    if isinstance(found, type):
        return [*found.__bases__, *vars(found).values()]
    return _function_steps(found)


# Functions


def _function_steps(function):
    for code in _codes(function.__code__):
        yield from code.co_consts
        for name in code.co_names:
            value = function.__globals__.get(name)
            if issubclass(type(value), LazyObject):
                continue
            if isinstance(value, ModuleType):
                yield from (getattr(value, each, None) for each in code.co_names)
            else:
                yield value


def _codes(code):
    """The code of a function and of those within it."""
    if REFUSAL not in code.co_names:
        yield code
        for each in code.co_consts:
            if isinstance(each, CodeType):
                yield from _codes(each)


def _is_gettext(value):
    is_of_django = getattr(value, "__module__", "") == "django.utils.translation"
    return is_of_django and "gettext" in getattr(value, "__name__", "")


# Templates


@cache
def _template_steps(name):
    """Pairs of what a template leads to, and whether that stands in a block :data:`HEAD`."""
    return list(_values_in(_nodes(name), in_head=False))


def _nodes(name):
    try:
        template = get_template(name).template
    except (TemplateDoesNotExist, TemplateSyntaxError):
        return NodeList()
    return getattr(template, "nodelist", NodeList())


def _values_in(value, in_head):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, Node):
        in_head = in_head or (isinstance(value, BlockNode) and value.name == HEAD)
        named = _extended(value) if isinstance(value, ExtendsNode) else []
        value = [*named, *vars(value).values()]
    elif isinstance(value, FilterExpression):
        value = [value.var, value.filters]
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from _values_in(each, in_head)
    else:
        yield value, in_head


def _extended(node):
    """The names of the templates that a tag extends, of which its class may choose one."""
    chosen_from = (code.co_consts for code in _codes(type(node).get_parent.__code__))
    found = [getattr(node.parent_name, "var", None), *chain.from_iterable(chosen_from)]
    return [each for each in found if isinstance(_followed(each), str)]
