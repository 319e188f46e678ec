"""Several languages in one page, for any Wagtail page type; what a project uses of it is here.

Names are imported when they are first used, as Django imports this package before there are models.
"""

from importlib import import_module

#: The module of each name that projects import from this package.
_MODULES = {
    "MultilingualPageManager": "querysets",
    "MultilingualPageMixin": "pages",
    "MultilingualPageOptions": "translation",
    "MultilingualPageQuerySet": "querysets",
    "MultilingualPagesAPIViewSet": "api.v2",
    "NotPublishable": "grading",
    "field_panel": "panels",
    "page_handler": "panels",
    "text_panels": "panels",
}

__all__ = list(_MODULES)


def __getattr__(name):
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__():
    return sorted({*globals(), *_MODULES})
