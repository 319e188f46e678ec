"""Ways through the form of a page, its dates and Wagtail's workflow."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from tests.articles.languages import editor
from tests.articles.permissions.ways import STOLEN, address, collect_in, let_dates_come, stolen_form
from tests.factories import make_user

WAYS = []
way = collect_in(WAYS)


# The form of the page


@way("save", changes="draft")
def save(client, world):
    editor.edit(client, world.article, stolen_form(world))


@way("save a page that has never been live", changes="draft", page="never_live")
def save_never_live(client, world):
    editor.edit(client, world.never_live, editor.article_form(*STOLEN))


@way("save with another source language", changes="draft")
def save_with_other_source(client, world):
    source = "en" if client.user.has_perm("diptych_languages.edit_en") else "fr"
    editor.edit(client, world.article, stolen_form(world, source_language=source))


@way("autosave", changes="draft")
def autosave(client, world):
    editor.autosave(client, world.article, stolen_form(world))


@way("autosave again", changes="draft")
def autosave_again(client, world):
    answer = editor.autosave(client, world.article, stolen_form(world)).json()
    editor.autosave(client, world.article, stolen_form(world), answer.get("revision_id"))


@way("autosave over the draft of somebody else")
def autosave_over(client, world):
    revision = world.article.latest_revision_id
    editor.autosave(client, world.article, stolen_form(world), revision)


@way("preview")
def preview(client, world):
    client.post(address("preview_on_edit", world.article.pk), stolen_form(world))
    client.get(address("preview_on_edit", world.article.pk))


def _button(press, languages):
    way = partial(collect_in(WAYS), repeats=languages == ("fr",))

    @way(f"press {press}", changes="public", languages=languages)
    def publish(client, world):
        editor.edit(client, world.article, stolen_form(world, press))

    @way(f"press {press} on a page never live", page="never_live")
    def publish_first(client, world):
        editor.edit(client, world.never_live, editor.article_form(*STOLEN, press))

    @way(f"go back and press {press}", changes="public", languages=languages)
    def revert(client, world):
        editor.revert(client, world.article, world.first_revision, stolen_form(world, press))


_button(editor.PUBLISH, ("fr", "en"))
_button(editor.PUBLISH_BOTH, ("fr", "en"))
_button(editor.PUBLISH_FRENCH, ("fr",))
_button(editor.PUBLISH_ENGLISH, ("en",))


@way("go back to an old version", changes="draft")
def revert(client, world):
    editor.revert(client, world.article, world.first_revision, stolen_form(world))


@way("go back on a page never live", changes="draft", page="never_live")
def revert_never_live(client, world):
    first = world.never_live.revisions.order_by("pk").first()
    editor.revert(client, world.never_live, first, editor.article_form(*STOLEN))


# At a date


@way("schedule, and the date comes", changes="public")
def schedule(client, world):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    form = stolen_form(world, editor.PUBLISH_BOTH, go_live_at=f"{tomorrow:%Y-%m-%d %H:%M}")
    editor.edit(client, world.article, form)
    let_dates_come()


@way("let it expire, and the date comes", changes="public", whole=True)
def expire(client, world):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    form = stolen_form(world, editor.PUBLISH, expire_at=f"{tomorrow:%Y-%m-%d %H:%M}")
    editor.edit(client, world.article, form)
    let_dates_come()


# Wagtail's workflow


@way("submit for moderation", changes="draft")
def submit(client, world):
    editor.edit(client, world.article, stolen_form(world, editor.SUBMIT))


def in_moderation(world):
    article = world.article
    article.get_workflow().start(article, make_user("admin"))
    state = article.current_workflow_state
    return state.current_task_state


def moderate(client, world, action):
    state = in_moderation(world)
    where = address("workflow_action", world.article.pk, action, state.pk)
    client.post(where, {"comment": "Yes."})


@way("approve", changes="public", whole=True)
def approve(client, world):
    moderate(client, world, "approve")


@way("send back")
def reject(client, world):
    moderate(client, world, "reject")


@way("approve while editing", changes="public", whole=True)
def approve_while_editing(client, world):
    in_moderation(world)
    form = stolen_form(world, "action-workflow-action")
    editor.edit(client, world.article, form | {"workflow-action-name": "approve"})
