"""What the permission tester of a page answers each group; screens and buttons ask it.

Every group may do everything with pages here, so that the languages alone decide.
"""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import GroupPagePermission, Page

from tests.articles.permissions.world import GROUPS, LANGUAGES, member
from tests.factories import make_article
from tests.tiers import one_of

VERBS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
#: Actions by the languages they need: those that are written or live, or those that are live.
WHOLE_PAGE = ("can_delete", "can_move", "can_lock")
WHOLE_PUBLIC_PAGE = ("can_unpublish", "can_set_view_restrictions", "can_reorder_children")


def permissions_of(group, page):
    """The permission tester of ``page`` for a member of ``group`` who has all page permissions."""
    user = member(group).user
    verbs = Permission.objects.filter(codename__in=[f"{verb}_page" for verb in VERBS])
    for permission in verbs:
        GroupPagePermission.objects.get_or_create(
            group=user.groups.get(), page=Page.get_first_root_node(), permission=permission
        )
    return page.permissions_for_user(user)


def answers(tester, names):
    return {name: getattr(tester, name)() for name in names}


@pytest.mark.parametrize(
    "live_in", one_of([("fr", "en"), ("fr",), ("en",), ()], "matrix"), ids="-".join
)
@pytest.mark.parametrize("group", GROUPS)
def test_a_page_that_is_live_in_some_languages(world, group, live_in):
    written = live_in or ("fr",)
    headlines = [f"Page {code}" if code in written else None for code in LANGUAGES]
    page = make_article(world.journal, *headlines, live_in=live_in)
    edits, publishes = (GROUPS[group][action] for action in ("edit", "publish"))
    publishes_all = set(live_in) <= set(publishes)
    tester = permissions_of(group, page)

    assert tester.can_edit() and tester.can_submit_for_moderation()
    assert tester.can_publish() == bool(publishes)
    for language in LANGUAGES:
        assert tester.can_publish_in(language) == (language in publishes)
        expected = bool(live_in) and language in publishes
        assert tester.can_unpublish_in(language) == expected
    whole = publishes_all and set(written) <= set(edits)
    assert answers(tester, WHOLE_PAGE) == dict.fromkeys(WHOLE_PAGE, whole)
    expected = {name: publishes_all for name in WHOLE_PUBLIC_PAGE}
    expected["can_unpublish"] = bool(live_in) and publishes_all
    expected["can_set_view_restrictions"] = bool(publishes) and publishes_all
    assert answers(tester, WHOLE_PUBLIC_PAGE) == expected


@pytest.mark.parametrize("group", GROUPS)
def test_a_page_with_a_date_and_pages_below(world, group):
    publishes = GROUPS[group]["publish"]
    everything = publishes == LANGUAGES

    assert permissions_of(group, world.dated).can_unschedule() == ("fr" in publishes)
    index = permissions_of(group, world.journal.articles)
    names = ("can_delete", "can_move", "can_set_view_restrictions", "can_reorder_children")
    assert answers(index, names) == dict.fromkeys(names, everything)
    assert index.can_add_subpage()
    assert index.can_publish_subpage() == bool(publishes)
