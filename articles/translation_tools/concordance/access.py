"""Which aligned texts somebody may see."""

from django.db.models import Exists, OuterRef, Q

from diptych.articles.languages.admin.access import has_all_pages, page_policy
from diptych.articles.languages.permissions.policy import languages_for
from diptych.articles.translation_tools.concordance.models import PendingPage

EDITING = ("change",)


def published():
    """The condition that readers see an aligned text.

    While a page waits to be read again after a publication, nothing of it counts as published.
    """
    stale = PendingPage.objects.filter(page_id=OuterRef("row__page_id"), is_stale=True)
    return Q(is_published=True, row__live=True, row__is_private=False) & ~Exists(stale)


def visible_to(user):
    """The condition that ``user`` may see an aligned text.

    It is of a memory of another program, or published, or of a language that the user may edit, on
    a page that the user may edit.
    """
    own = Q(language__in=languages_for(user, "edit"), memory=None)
    if not has_all_pages(user, EDITING):
        pages = page_policy().instances_user_has_any_permission_for(user, EDITING)
        own &= Q(row__page__in=pages.order_by().values("pk"))
    return published() | own | Q(memory__taken_at__isnull=False)
