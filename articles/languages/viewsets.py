from django.apps import apps
from wagtail.admin.viewsets.pages import PageViewSet

from articles.languages.pages import LanguagePageMixin
from articles.languages.views import (
    LanguageCopyView,
    LanguageCreateView,
    LanguageEditView,
    LanguageRevertView,
)


class LanguagePageViewSet(PageViewSet):
    """The admin views of a page type in several languages. Subclass it to change more of them."""

    add_view_class = LanguageCreateView
    edit_view_class = LanguageEditView
    revisions_revert_view_class = LanguageRevertView
    copy_view_class = LanguageCopyView


def viewsets_for_all(except_for=()):
    """One viewset for each concrete page type in several languages but those in ``except_for``."""
    return [
        type(f"{model.__name__}ViewSet", (LanguagePageViewSet,), {"model": model})(
            f"{model._meta.app_label}_{model._meta.model_name}"
        )
        for model in apps.get_models()
        if issubclass(model, LanguagePageMixin) and model not in except_for
    ]
