"""Projects import these names; tools that read types know each of them, and no others."""

import ast
import inspect
from importlib.resources import files

import pytest

import diptych
from diptych.articles import languages


def stub():
    """The modules of the names that the stub has."""
    tree = ast.parse(files(languages).joinpath("__init__.pyi").read_text())
    return {each.asname: node.module for node in tree.body for each in node.names}


def test_the_stub_has_every_name_and_its_module():
    modules = {name: f"{languages.__name__}.{path}" for name, path in languages._MODULES.items()}
    assert stub() == modules


def test_the_package_says_that_it_has_types():
    assert files(diptych).joinpath("py.typed").is_file()


@pytest.mark.parametrize(
    ("name", "methods"),
    {
        "MultilingualPageQuerySet": "visible_in gathered_for with_addresses",
        "MultilingualPageMixin": "text_in set_text is_live_in is_visible_in url_in full_url_in"
        " address_in alternates default_alternate available_versions printed_date_in"
        " publish_languages unpublish_languages",
        "NotPublishable": "__init__",
    }.items(),
)
def test_methods_for_projects_say_what_they_take_and_give(name, methods):
    for each in methods.split():
        _check(getattr(getattr(languages, name), each))


@pytest.mark.parametrize("name", ["field_panel", "page_handler", "text_panels"])
def test_functions_for_projects_say_what_they_take_and_give(name):
    _check(getattr(languages, name))


def _check(function):
    signature = inspect.signature(function)
    untyped = [each.name for each in signature.parameters.values() if each.annotation is each.empty]
    assert untyped in ([], ["self"])
    assert signature.return_annotation is not signature.empty
