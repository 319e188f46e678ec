"""What concerns a page as a whole: only for those who may change each of its languages."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Revision

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from tests.articles.languages import editor
from tests.articles.permissions.ways import address, bulk, posts
from tests.articles.permissions.world import GROUPS, draft_text, member
from tests.factories import make_article, make_page, make_plain_page, write_draft
from tests.wagtail_versions import by_admin_actions

pytestmark = pytest.mark.rare

ALLOWED = {"chiefs"}


def give(client, verb):
    """Let the group of the person do ``verb`` with pages, as an administrator may decide."""
    group = client.user.groups.get()
    permission = Permission.objects.get(codename=f"{verb}_page")
    root = Page.get_first_root_node()
    GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def locked(world):
    world.article.refresh_from_db()
    return world.article.locked


def lock(world):
    Page.objects.filter(pk=world.article.pk).update(locked=True)


def below(world):
    return list(world.articles.get_children().values_list("pk", flat=True))


def wait(world):
    Revision.objects.filter(pk=world.article.latest_revision_id).update(
        approved_go_live_at="2090-01-01T00:00:00Z"
    )


def waiting(world):
    return Revision.objects.get(pk=world.article.latest_revision_id).approved_go_live_at


#: What is posted, the verb that Wagtail asks for, what is made ready, and what must change.
ACTS = {
    "lock": (posts("lock"), "lock", None, locked),
    "unlock": (posts("unlock"), "unlock", lock, locked),
    "make private": (
        posts("set_privacy", restriction_type="login"),
        "publish",
        None,
        lambda world: PageViewRestriction.objects.exists(),
    ),
    "sort": (
        lambda client, world: client.post(
            address("set_page_position", world.article.pk) + "?position=1"
        ),
        "publish",
        None,
        below,
    ),
    "call off a date": (
        lambda client, world: client.post(
            address("revisions_unschedule", world.article.pk, world.article.latest_revision_id)
        ),
        "publish",
        wait,
        waiting,
    ),
}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("act", ACTS)
def test_only_those_who_may_change_each_language(world, group, act):
    take, verb, prepare, state = ACTS[act]
    client = member(group)
    give(client, verb)
    if prepare:
        prepare(world)
    before = state(world)
    take(client, world)
    assert (state(world) != before) == (group in ALLOWED)


def test_an_editor_calls_off_the_date_of_their_own_language(world):
    client = member("editors-fr")
    draft = world.article.get_latest_revision_as_object()
    draft.request_publication(["fr"])
    revision = draft.save_revision()
    revision.approved_go_live_at = "2090-01-01T00:00:00Z"
    revision.save()
    client.post(address("revisions_unschedule", world.article.pk, revision.pk))
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


@pytest.mark.parametrize("action", ["delete", "move"])
def test_pages_of_one_language_are_moved_and_deleted_by_its_editors(world, action):
    page = make_article(world.journal, "Seul", None, live_in=["fr"])
    client = member("editors-fr")
    if action == "delete":
        client.post(address("delete", page.pk))
        assert not Page.objects.filter(pk=page.pk).exists()
    else:
        client.post(address("move_confirm", page.pk, world.elsewhere.pk))
        assert Page.objects.get(pk=page.pk).get_parent().pk == world.elsewhere.pk


@pytest.mark.parametrize("before", ["as it is", "unpublished", "rebuilt"])
@pytest.mark.parametrize("action", ["delete", "bulk", "move"])
def test_a_page_stays_for_the_sake_of_a_draft_in_another_language(world, action, before):
    page = make_article(world.journal, "Seul", None, live_in=["fr"])
    write_draft(page, headline_en="Draft", url_slug_en="draft")
    client = member("editors-fr")
    give(client, "bulk_delete")
    parent = page.get_parent().pk
    if before != "as it is":
        client.post(address("unpublish", page.pk))
        assert not Page.objects.get(pk=page.pk).live
    if before == "rebuilt":
        PageLanguage.objects.filter(page=page).delete()
        call_command("rebuild_page_languages", verbosity=0)
    row = PageLanguage.objects.get(page=page, language="en")
    assert row.translated
    if action == "delete":
        client.post(address("delete", page.pk))
    elif action == "bulk":
        bulk(client, "delete", page)
    else:
        client.post(address("move_confirm", page.pk, world.elsewhere.pk))
    assert Page.objects.get(pk=page.pk).get_parent().pk == parent
    assert draft_text(page, "en")


def test_a_page_stays_for_the_sake_of_what_is_below_it(world):
    parent = make_plain_page(world.journal, "Parent", None, live_in=["fr"])
    below = make_plain_page(world.journal, None, "Child", live_in=["en"], parent=parent)
    client = member("editors-fr")
    give(client, "bulk_delete")
    client.post(address("delete", parent.pk))
    bulk(client, "delete", parent)
    client.post(address("move_confirm", parent.pk, world.elsewhere.pk))
    assert Page.objects.get(pk=below.pk).get_parent().pk == parent.pk


def test_a_page_of_another_kind_stays_for_the_sake_of_what_is_below_it(world):
    top = Page(title="Top", slug="top")
    Page.get_first_root_node().add_child(instance=top)
    below = make_page(type(world.elsewhere), top, "Dessous", "Below")
    client = member("editors-fr")
    give(client, "bulk_delete")
    response = client.post(address("delete", top.pk), follow=True)
    bulk(client, "delete", top)
    assert Page.objects.filter(pk=below.pk).exists()
    assert "left as it is" in response.content.decode() or "telle quelle" in str(response.content)


@pytest.mark.parametrize("group", GROUPS)
def test_new_pages_begin_in_a_language_of_their_author(world, group):
    client = member(group)
    give(client, "add")
    editor.create(client, world.elsewhere, editor.article_form("Neuf", "New", source_language="fr"))
    created = ArticlePage.objects.child_of(world.elsewhere).first()
    edits = GROUPS[group]["edit"]
    if "fr" not in edits:
        assert created is None
        form = editor.article_form("Neuf", "New", source_language="en")
        editor.create(client, world.elsewhere, form)
        created = ArticlePage.objects.child_of(world.elsewhere).get()
    assert (created.headline_fr or "") == ("Neuf" if "fr" in edits else "")
    assert (created.headline_en or "") == ("New" if "en" in edits else "")
    assert created.source_language in edits


def test_whoever_may_write_in_no_language_creates_nothing(world):
    client = member("editors-fr")
    client.user.groups.get().permissions.remove(*Permission.objects.filter(codename="edit_fr"))
    response = editor.create(client, world.elsewhere, editor.article_form("Neuf"))
    assert response.status_code == 302
    assert not world.elsewhere.get_children().exists()


def test_a_refused_publication_is_saved_as_a_draft_and_said(world):
    client = member("editors-fr")
    form = editor.article_form("Neuf", "New", editor.PUBLISH_ENGLISH)
    response = editor.edit(client, world.article, form)
    said = [str(message) for message in response.wsgi_request._messages]
    assert len(said) == 2
    assert editor.draft_of(world.article).headline_fr == "Neuf"


def test_what_the_languages_share_waits_for_those_who_may_publish_it(world):
    draft = editor.draft_of(world.article)
    draft.show_in_menus = True
    draft.topics = []
    draft.save_revision()
    role = {f"authors-{world.article.authors.get().pk}-role_en": "Words"}
    form = editor.article_form("Volé", "New in English", editor.PUBLISH_ENGLISH) | role
    editor.edit(member("editors-en"), world.article, form)
    world.article.refresh_from_db()
    assert world.article.headline_en == "New in English"
    assert (world.article.show_in_menus, world.article.topics.count()) == (False, 1)
    kept = editor.draft_of(world.article)
    assert (kept.show_in_menus, kept.topics.count(), kept.headline_fr) == (True, 0, "Brouillon")


def test_the_list_of_pages_shows_only_what_may_be_done(world, django_assert_max_num_queries):
    client = member("editors-fr")
    client.get(reverse("wagtailadmin_explore", args=(world.journal.articles.pk,)))
    with django_assert_max_num_queries(60) as few:
        client.get(reverse("wagtailadmin_explore", args=(world.journal.articles.pk,)))
    for number in range(8):
        make_article(world.journal, f"Texte {number}", f"Text {number}")
    with django_assert_max_num_queries(len(few) + 2):
        client.get(reverse("wagtailadmin_explore", args=(world.journal.articles.pk,)))


@pytest.mark.parametrize("by_api", [False, pytest.param(True, marks=by_admin_actions)])
@pytest.mark.parametrize("group", GROUPS)
def test_an_alias_becomes_a_page_by_those_who_may_change_each_language(world, group, by_api):
    where = address("convert_alias", world.alias.pk)
    if by_api:
        where = reverse("wagtailadmin_api:pages:action", args=(world.alias.pk, "convert_alias"))
    member(group).post(where)
    is_alias = ArticlePage.objects.get(pk=world.alias.pk).alias_of_id is not None
    assert is_alias == (group not in ALLOWED)
