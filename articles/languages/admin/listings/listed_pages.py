"""Pages as the page chooser and the admin API list them, with as many queries for one as for many.

Wagtail asks for the parent, the schedule and the workflow of each page by itself.
"""

from functools import reduce
from operator import or_

import swapper
from django.db.models import Count, Q
from django.db.models.functions import Left, Length
from wagtail.admin.api.serializers import (
    AdminPageSerializer,
    PageChildrenField,
    get_model_listing_url,
)
from wagtail.api.v2.serializers import PageParentField

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


class ListedParentField(PageParentField):
    def get_attribute(self, instance):
        """The parent if the user may see it, which is asked once for all pages."""
        known = self.context.setdefault("visible_parents", {})
        parent = instance.get_parent()
        if parent.pk not in known:
            asked = {page.get_parent().pk for page in _pages_with(self, instance)}
            found = self.context["base_queryset"].filter(pk__in=asked).values_list("pk", flat=True)
            known.update(dict.fromkeys(asked, False) | dict.fromkeys(found, True))
        return parent if known[parent.pk] else None


class ListedChildrenField(PageChildrenField):
    def to_representation(self, page):
        """The number of children that the user may see, counted once for all pages."""
        known = self.context.setdefault("visible_children", {})
        if page.path not in known:
            pages = _pages_with(self, page)
            known.update(dict.fromkeys((each.path for each in pages), 0))
            known.update(_count_children(pages, self.context["base_queryset"]))
        address = f"{get_model_listing_url(self.context, Page)}?child_of={page.pk}"
        return {"count": known[page.path], "listing_url": address}


def _count_children(pages, visible):
    """The number of ``visible`` children by the path of those of ``pages`` that have any."""
    below = [Q(path__startswith=page.path, depth=page.depth + 1) for page in pages if page.numchild]
    if not below:
        return {}
    above = Left("path", Length("path") - Page.steplen)
    rows = visible.filter(reduce(or_, below)).order_by().annotate(above=above)
    return dict(rows.values_list("above").annotate(Count("pk")))


class ListedPageSerializer(AdminPageSerializer):
    parent = ListedParentField(read_only=True)
    children = ListedChildrenField(read_only=True)


def _pages_with(field, page):
    """All pages that the serializer of ``field`` is given, one of which is ``page``."""
    instance = field.root.instance
    return list(instance) if getattr(field.root, "many", False) else [page]
