"""Pages as the page chooser and the admin API list them, with as many queries for one as for many.

Wagtail asks for the parent, the schedule and the workflow of each page by itself.
"""

import swapper

from diptych.articles.languages.admin.inputs.page_choosers import attach_parents
from diptych.articles.languages.index.querysets import MultilingualPageQuerySet, address_lookup

Page = swapper.load_model("wagtailcore", "Page")


class ListedPages(MultilingualPageQuerySet):
    """Pages that know their parents once they are iterated over."""

    #: Whether those in memory do. A copy of the queryset, which fetches anew, starts without.
    know_parents = False

    @classmethod
    def of(cls, pages):
        """The queryset ``pages`` with the prefetches and annotations of a list."""
        if isinstance(pages, cls):
            return pages
        listed = cls(pages.model)
        vars(listed).update(vars(pages.all()))
        listed = listed.annotate_approved_schedule().prefetch_workflow_states()
        return listed.prefetch_related(address_lookup())

    def __iter__(self):
        fetched = list(super().__iter__())
        if not self.know_parents:
            attach_parents([each for each in fetched if isinstance(each, Page)])
            self.know_parents = True
        return iter(fetched)


def choosable_pages(pages, request):
    """The pages of the chooser. For the hook ``construct_page_chooser_queryset``."""
    return ListedPages.of(pages if pages.is_specific else pages.defer_streamfields().specific())
