"""What is known of each language: a module of data for each, named after its code.

:mod:`.unknown` lists all constants, with what holds for a language that has no module. A module
starts from these and replaces those of which it knows more. It is imported when its language is
first asked for.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

_UNKNOWN = "unknown"


def main_language(code):
    """The language code without its country: ``fr`` for ``fr-ch``."""
    return code.split("-")[0].lower()


@cache
def known_languages():
    """The codes of the languages that have a module, in alphabetical order."""
    return tuple(sorted({module.name for module in iter_modules(__path__)} - {_UNKNOWN}))


def language_data(code):
    """The module of a language, of ``fr`` for ``fr-ch``; ``unknown`` for one without a module."""
    main = main_language(code)
    return _module(main if main in known_languages() else _UNKNOWN)


def languages_with(constant):
    """The codes of the languages in whose module ``constant`` is not empty."""
    return [code for code in known_languages() if getattr(language_data(code), constant)]


@cache
def _module(name):
    return import_module(f"{__name__}.{name}")
