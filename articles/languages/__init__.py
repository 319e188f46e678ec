"""Several languages in one page, for any Wagtail page type; the names that projects import.

Names are imported when they are first used, as Django imports this package before there are models.
"""

from importlib import import_module

#: The module of each name that projects import from this package.
_MODULES = {
    "MultilingualPageManager": "index.querysets",
    "MultilingualPageMixin": "publication.pages",
    "MultilingualPageOptions": "translation",
    "MultilingualPageQuerySet": "index.querysets",
    "MultilingualPagesAPIViewSet": "api.v2",
    "NotPublishable": "publication.readiness.grading",
    "field_panel": "admin.editor.field_panels",
    "page_handler": "admin.editor.panels",
    "text_panels": "admin.editor.field_panels",
}

__all__ = list(_MODULES)


def __getattr__(name):
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__():
    return sorted({*globals(), *_MODULES})
