"""What refers to an object, read no further than it is shown."""

from functools import cached_property, reduce
from operator import or_

from django.db.models import PROTECT, Q
from wagtail.admin.views.pages.usage import UsageView
from wagtail.models import ReferenceIndex
from wagtail.models.reference_index import ReferenceGroups

#: The columns that name the object a reference stands in.
SOURCE = ("base_content_type", "object_id")


class PagedReferences(ReferenceGroups):
    """Wagtail's groups of references by the object they stand in, of which a part may be asked for.

    Wagtail's own reads every object, each by a query, for any part.
    """

    def __getitem__(self, key):
        sources = list(self.qs.values_list(*SOURCE).distinct()[key])
        if not sources:
            return []
        by_type = {}
        for kind, pk in sources:
            by_type.setdefault(kind, []).append(pk)
        wanted = (Q(base_content_type=kind, object_id__in=keys) for kind, keys in by_type.items())
        return list(ReferenceGroups(self.qs.filter(reduce(or_, wanted))))

    @cached_property
    def is_protected(self):
        """Whether the field of any reference prevents a deletion, which its path tells."""
        paths = self.qs.order_by().values_list("content_type", "model_path").distinct()
        found = (ReferenceIndex(content_type_id=kind, model_path=path) for kind, path in paths)
        return any(each.on_delete == PROTECT for each in found)


def references_to(page):
    return PagedReferences(ReferenceIndex.get_references_to(page))


class PagedUsageView(UsageView):
    """The pages that refer to one: of thousands, those of the list that is open are read."""

    def get_queryset(self):
        return references_to(self.object)
