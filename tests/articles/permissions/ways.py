"""Every way to change the text of a page; each asks for everything there is."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken, Page, Revision

from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.languages.publication.reviewing import text_fingerprint
from tests.articles.languages import editor
from tests.articles.permissions.world import LANGUAGES
from tests.factories import make_user
from tests.wagtail_versions import HAS_ADMIN_ACTIONS

STOLEN = ("Volé", "Stolen")


@dataclass(frozen=True)
class Way:
    """A way in, what it needs to change a draft or what is public, and the languages it does."""

    name: str
    take: object
    changes: str = ""
    languages: tuple = LANGUAGES
    page: str = "article"
    #: Whether it needs the right to every language at once.
    whole: bool = False
    #: Whether another way does the same to another language.
    repeats: bool = False


# What a way does: functions of a browser and the world


def stolen_form(world, press=None, **values):
    """A form as only somebody who may edit everything sends it, whoever sends it here."""
    entry = world.article.authors.get()
    roles = {"role_fr": "Rôle volé", "role_en": "Stolen role"}
    author = {"author": entry.author_id, "id": entry.pk, **roles}
    form = editor.article_form(*STOLEN, press, authors=[author], **values)
    form |= {f"authors-{entry.pk}-role_{code}": f"Stolen {code}" for code in LANGUAGES}
    return form | {"meta_title_fr": "Titre volé", "meta_title_en": "Stolen title"}


def _form(world, page, press, **values):
    if page == "never_live":
        return editor.article_form(*STOLEN, press)
    return stolen_form(world, press, **values)


def edits(press=None, page="article", **values):
    return lambda client, world: editor.edit(
        client, getattr(world, page), _form(world, page, press, **values)
    )


def reverts(press=None, page="article"):
    def take(client, world):
        old = getattr(world, page)
        first = old.revisions.order_by("pk").first()
        editor.revert(client, old, first, _form(world, page, press))

    return take


def posts(name, page="article", *others, **values):
    """Post to the address of a page, which may name ``others``, too."""
    return lambda client, world: client.post(
        address(name, *(getattr(world, each).pk for each in (page, *others))), values
    )


def selects(action, page="article", **values):
    return lambda client, world: bulk(client, action, getattr(world, page), **_of(world, values))


def calls(action, page="article", **values):
    """Call Wagtail's admin API."""
    return lambda client, world: client.post(
        reverse("wagtailadmin_api:pages:action", args=(getattr(world, page).pk, action)),
        _of(world, values),
    )


def sends(action, page="article", method="post", **values):
    """Call Wagtail's API v3, as a program that has a token of the person does."""

    def take(client, world):
        _token, secret = APIToken.create_token(user=client.user, name="test")
        with override_settings(ROOT_URLCONF="tests.articles.syndication.v3_urls"):
            getattr(Client(), method)(
                f"/api/v3/pages/{getattr(world, page).pk}/actions/{action}/",
                _of(world, values),
                content_type="application/json",
                headers={"Authorization": f"Bearer {secret}"},
            )

    return take


def _of(world, values):
    return {name: each(world) if callable(each) else each for name, each in values.items()}


def asks(name, *args, **values):
    """Post to an address of the engine that names the article."""
    return lambda client, world: client.post(reverse(name, args=(world.article.pk, *args)), values)


def dated(name, way=None, language=None):
    """Choose tomorrow for ``name``, of the page or of a language, and let it come."""

    def take(client, world):
        tomorrow = f"{timezone.localtime(timezone.now() + timedelta(days=1)):%Y-%m-%d %H:%M}"
        if language:
            asks("diptych_schedule", language, **{name: tomorrow})(client, world)
        else:
            edits(way, **{name: tomorrow})(client, world)
        let_dates_come()

    return take


def autosaves(client, world):
    return editor.autosave(client, world.article, stolen_form(world))


def autosaves_again(client, world):
    answer = autosaves(client, world).json()
    editor.autosave(client, world.article, stolen_form(world), answer.get("revision_id"))


def autosaves_over(client, world):
    revision = world.article.latest_revision_id
    editor.autosave(client, world.article, stolen_form(world), revision)


def saves_with_other_source(client, world):
    source = "en" if client.user.has_perm("diptych_languages.edit_en") else "fr"
    edits(source_language=source)(client, world)


def previews(client, world):
    where = address("preview_on_edit", world.article.pk)
    client.post(where, stolen_form(world))
    client.get(where)


def in_moderation(world):
    article = world.article
    article.get_workflow().start(article, make_user("admin"))
    state = article.current_workflow_state
    return state.current_task_state


def moderates(action):
    def take(client, world):
        state = in_moderation(world)
        where = address("workflow_action", world.article.pk, action, state.pk)
        client.post(where, {"comment": "Yes."})

    return take


def approves_while_editing(client, world):
    in_moderation(world)
    form = stolen_form(world, "action-workflow-action")
    editor.edit(client, world.article, form | {"workflow-action-name": "approve"})


def translates(language, press=None, **values):
    def take(client, world):
        where = reverse("diptych_translate", args=(world.article.pk, language))
        form = stolen_form(world, press, **values)
        client.post(where, editor.opened_on(world.article) | form)

    return take


def starts_translation(language):
    def take(client, world):
        for act in ("start-copied", "start-empty", "pair", "make-source"):
            asks("diptych_translate_act", language, act)(client, world)

    return take


def reviews(language):
    def take(client, world):
        draft = editor.draft_of(world.article)
        asks("diptych_review", language, submit="1", comment="Done.")(client, world)
        read = text_fingerprint(draft, language)
        approval = {"approve": "1", "fingerprint": read, "comment": "Good."}
        asks("diptych_review", language, **approval)(client, world)

    return take


def restores(language):
    return lambda client, world: asks(
        "diptych_restore_language", world.first_revision.pk, language
    )(client, world)


def address(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(client, action, *pages, **values):
    query = "&".join(f"id={page.pk}" for page in pages)
    where = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    return client.post(f"{where}?{query}", values)


def let_dates_come():
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    Page.objects.filter(expire_at__isnull=False).update(expire_at=past)
    LanguageSchedule.objects.update(due_at=past)
    call_command("publish_scheduled", verbosity=0)


# The ways


def _buttons():
    for press, codes in (
        (editor.PUBLISH, LANGUAGES),
        (editor.PUBLISH_BOTH, LANGUAGES),
        (editor.PUBLISH_FRENCH, ("fr",)),
        (editor.PUBLISH_ENGLISH, ("en",)),
    ):
        repeats = codes == ("fr",)
        never_live = edits(press, "never_live")
        yield Way(f"press {press}", edits(press), "public", codes, repeats=repeats)
        name = f"press {press} on a page never live"
        yield Way(name, never_live, page="never_live", repeats=repeats)
        name = f"go back and press {press}"
        yield Way(name, reverts(press), "public", codes, repeats=repeats)


def _of_language(code):
    other = "en" if code == "fr" else "fr"
    changes = "draft" if code == "en" else ""
    publishes = translates(code, editor.PUBLISH_BOTH)
    public = ("public", (code,))
    for name, take, *rest in (
        (f"translate into {code}", translates(code, source_language=other), changes, ("en",)),
        (f"translate into {code}, press publish", publishes),
        (f"start the translation into {code} anew", starts_translation(code)),
        (f"hand in {code} and approve", reviews(code), *public),
        (f"restore {code} only", restores(code), "draft", (code,)),
        (f"publish {code} at a date of its own", dated("publish_at", None, code), *public),
        (f"unpublish {code} at a date of its own", dated("unpublish_at", None, code), *public),
    ):
        yield Way(name, take, *rest, repeats=code == "fr")


def _unpublishes(code):
    take = asks("diptych_unpublish_language", code)
    return Way(f"unpublish {code}", take, "public", (code,), repeats=code == "fr")


DRAFT = {"changes": "draft"}
PUBLIC = {"changes": "public"}
WHOLE = {"changes": "public", "whole": True}
NEVER_LIVE = {"changes": "draft", "page": "never_live"}
_BY_ADMIN_ACTIONS = [
    Way("publish by API", calls("publish"), **PUBLIC),
    Way("publish by API while a date waits", calls("publish", "dated"), page="dated"),
    Way("unpublish by API", calls("unpublish"), **WHOLE),
    Way("delete by API", calls("delete"), **WHOLE),
    Way(
        "move by API",
        calls(
            "move",
            destination_page_id=lambda world: world.elsewhere.pk,
            position="last-child",
        ),
        **WHOLE,
    ),
    Way(
        "go back by API",
        calls("revert_to_page_revision", revision_id=lambda world: world.first_revision.pk),
        **DRAFT,
    ),
    Way("convert an alias by API", calls("convert_alias", "alias"), page="alias"),
]


def _moderates_by_program(action):
    def take(client, world):
        in_moderation(world)
        sends(f"workflow/{action}")(client, world)

    return take


_WORKFLOW_BY_PROGRAM = [
    Way("submit for moderation by program", sends("workflow/submit")),
    Way("approve by program", _moderates_by_program("approve"), **WHOLE),
    Way("send back by program", _moderates_by_program("reject")),
]
WAYS = [
    # The form of the page
    Way("save", edits(), **DRAFT),
    Way("save a page that has never been live", edits(page="never_live"), **NEVER_LIVE),
    Way("save with another source language", saves_with_other_source, **DRAFT),
    Way("autosave", autosaves, **DRAFT),
    Way("autosave again", autosaves_again, **DRAFT),
    Way("autosave over the draft of somebody else", autosaves_over),
    Way("preview", previews),
    *_buttons(),
    Way("go back to an old version", reverts(), **DRAFT),
    Way("go back on a page never live", reverts(page="never_live"), **NEVER_LIVE),
    # At a date
    Way("schedule, and the date comes", dated("go_live_at", editor.PUBLISH_BOTH), **PUBLIC),
    Way("let it expire, and the date comes", dated("expire_at", editor.PUBLISH), **WHOLE),
    # Wagtail's workflow
    Way("submit for moderation", edits(editor.SUBMIT), **DRAFT),
    Way("approve", moderates("approve"), **WHOLE),
    Way("send back", moderates("reject")),
    Way("approve while editing", approves_while_editing, **WHOLE),
    # The page as a whole
    Way("unpublish", posts("unpublish"), **WHOLE),
    Way(
        "unpublish what is above, with what is below",
        posts("unpublish", "articles", include_descendants="on"),
        **WHOLE,
    ),
    *map(_unpublishes, LANGUAGES),
    Way("delete", posts("delete"), **WHOLE),
    Way("delete what is above", posts("delete", "articles"), **WHOLE),
    Way("move", posts("move_confirm", "article", "elsewhere"), **WHOLE),
    Way("convert an alias", posts("convert_alias", "alias"), page="alias"),
    Way("save an alias", edits(editor.PUBLISH_BOTH, "alias"), page="alias"),
    # Selections in a list
    Way("publish a selection", selects("publish"), **PUBLIC),
    Way("publish a selection while a date waits", selects("publish", "dated"), page="dated"),
    Way("unpublish a selection", selects("unpublish"), **WHOLE),
    Way(
        "unpublish a selection with what is below",
        selects("unpublish", "articles", include_descendants="on"),
        **WHOLE,
    ),
    Way("delete a selection", selects("delete"), **WHOLE),
    Way("move a selection", selects("move", chooser=lambda world: world.elsewhere.pk), **WHOLE),
    *(_BY_ADMIN_ACTIONS if HAS_ADMIN_ACTIONS else _WORKFLOW_BY_PROGRAM),
    # Wagtail's API v3
    Way("publish by program", sends("publish"), **PUBLIC),
    Way("publish by program while a date waits", sends("publish", "dated"), page="dated"),
    Way("unpublish by program", sends("unpublish"), **WHOLE),
    Way("delete by program", sends("delete", method="delete"), **WHOLE),
    Way(
        "move by program",
        sends("move", destination_id=lambda world: world.elsewhere.pk, position="last-child"),
        **WHOLE,
    ),
    Way(
        "go back by program",
        sends("revert", revision_id=lambda world: world.first_revision.pk),
        **DRAFT,
    ),
    Way("convert an alias by program", sends("convert_alias", "alias"), page="alias"),
    # One language of the page
    *_of_language("fr"),
    *_of_language("en"),
    Way("call changes minor", asks("diptych_changes", unit=["headline", "lead"])),
]
