import swapper
from django.db import transaction
from django.utils.decorators import method_decorator
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry

from diptych.articles.languages.admin.editor.views import (
    LanguageCreateView,
    LanguageEditView,
    LanguageRevertView,
)
from diptych.articles.languages.admin.history.comparing import LanguageCompareView
from diptych.articles.languages.admin.history.listing import LanguageHistoryView
from diptych.articles.languages.admin.listings.explorer import (
    LanguageExplorerView,
    LanguageSearchView,
    LanguageUseView,
)
from diptych.articles.languages.admin.listings.filters import LanguageExplorerFilterSet
from diptych.articles.languages.admin.listings.usage import PagedUsageView
from diptych.articles.languages.admin.page_actions.copying import LanguageCopyView
from diptych.articles.languages.admin.publishing.workflow import LanguageWorkflowView
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.service import unpublish_with_descendants


@method_decorator(transaction.atomic, name="post")
class LanguageMoveConfirmView(MoveConfirmView):
    pass


@method_decorator(transaction.atomic, name="post")
class LanguagePagePositionView(SetPagePositionView):
    pass


@method_decorator(transaction.atomic, name="post")
class LanguageUnpublishView(UnpublishView):
    """Unpublish in all languages, and with the same hooks, by the engine's service."""

    def unpublish(self):
        response = self.run_hook("before_unpublish_page", self.request, self.object)
        if response is not None:
            return response
        for page in self.objects_to_unpublish:
            unpublish_with_descendants(
                page, self.request.user, self.request.POST.get("include_descendants", False)
            )
        return self.run_hook("after_unpublish_page", self.request, self.object)


class LanguagePageViewSet(PageViewSet):
    """The admin views of a page type in several languages.

    A project that changes some of them for a page type of its own subclasses this one, sets
    ``model`` and registers it with the hook ``register_admin_viewset``.
    """

    add_view_class = LanguageCreateView
    edit_view_class = LanguageEditView
    revisions_revert_view_class = LanguageRevertView
    revisions_compare_view_class = LanguageCompareView
    history_view_class = LanguageHistoryView
    copy_view_class = LanguageCopyView
    workflow_action_view_class = LanguageWorkflowView
    move_confirm_view_class = LanguageMoveConfirmView
    set_page_position_view_class = LanguagePagePositionView
    unpublish_view_class = LanguageUnpublishView
    usage_view_class = PagedUsageView
    index_view_class = LanguageExplorerView
    content_type_use_view_class = LanguageUseView
    filterset_class = LanguageExplorerFilterSet


class EveryLanguagePageViewSet(LanguagePageViewSet):
    """The same for all page types in several languages that have no viewset of their own.

    The explorer below any of them lists pages of every type, as Wagtail's does.
    """

    model = swapper.load_model("wagtailcore", "Page")
    parent_models = (MultilingualPageMixin,)

    def on_register(self):
        page_viewset_registry.register(
            MultilingualPageMixin, self, parent_models=self.parent_models
        )


class SearchedPageViewSet(PageViewSet):
    """Wagtail's own for the pages of no type of their own, with the search of texts.

    A project that registers another subclasses this one, or sets ``search_view_class``.
    """

    search_view_class = LanguageSearchView
