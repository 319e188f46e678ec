"""Every way to change the text of a page, each taken with a request that asks for everything."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from articles.languages.schedules.models import LanguageSchedule
from articles.languages.translations.reviewing import text_fingerprint
from tests.articles.languages import editor
from tests.factories import make_user

STOLEN = ("Volé", "Stolen")


def stolen_form(world, press=None, **values):
    """A form as only somebody who may edit everything sends it, whoever sends it here."""
    entry = world.article.authors.get()
    author = {
        "author": entry.author_id,
        "id": entry.pk,
        "role_fr": "Rôle volé",
        "role_en": "Stolen role",
    }
    form = editor.article_form(*STOLEN, press, authors=[author], **values)
    form |= {f"authors-{entry.pk}-role_{code}": f"Stolen {code}" for code in ("fr", "en")}
    return form | {"meta_title_fr": "Titre volé", "meta_title_en": "Stolen title"}


@dataclass(frozen=True)
class Way:
    """A way in, what it needs to change a draft or what is public, and the languages it does."""

    name: str
    take: object
    changes: str = ""
    languages: tuple = ("fr", "en")
    page: str = "article"
    #: Whether it needs the right to every language at once.
    whole: bool = field(default=False)


WAYS = []


def way(name, changes="", languages=("fr", "en"), page="article", whole=False):
    def register(take):
        WAYS.append(Way(name, take, changes, languages, page, whole))
        return take

    return register


def address(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(client, action, *pages, **values):
    query = "&".join(f"id={page.pk}" for page in pages)
    where = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    return client.post(f"{where}?{query}", values)


# The form of the page


@way("save", changes="draft")
def save(client, world):
    editor.edit(client, world.article, stolen_form(world))


@way("save a page that has never been live", changes="draft", page="never_live")
def save_never_live(client, world):
    editor.edit(client, world.never_live, editor.article_form(*STOLEN))


@way("save with another source language", changes="draft")
def save_with_other_source(client, world):
    source = "en" if client.user.has_perm("diptych.edit_en") else "fr"
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


def let_dates_come():
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    Page.objects.filter(expire_at__isnull=False).update(expire_at=past)
    LanguageSchedule.objects.update(due_at=past)
    call_command("publish_scheduled", verbosity=0)


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


# The page as a whole


@way("unpublish", changes="public", whole=True)
def unpublish(client, world):
    client.post(address("unpublish", world.article.pk))


@way("unpublish what is above, with what is below", changes="public", whole=True)
def unpublish_above(client, world):
    where = address("unpublish", world.journal.articles.pk)
    client.post(where, {"include_descendants": "on"})


def _unpublish_language(language):
    @way(f"unpublish {language}", changes="public", languages=(language,))
    def unpublish(client, world):
        where = reverse("diptych_unpublish_language", args=(world.article.pk, language))
        client.post(where)


_unpublish_language("fr")
_unpublish_language("en")


@way("delete", changes="public", whole=True)
def delete(client, world):
    client.post(address("delete", world.article.pk))


@way("delete what is above", changes="public", whole=True)
def delete_above(client, world):
    client.post(address("delete", world.journal.articles.pk))


@way("move", changes="public", whole=True)
def move(client, world):
    client.post(address("move_confirm", world.article.pk, world.elsewhere.pk))


@way("convert an alias", page="alias")
def convert(client, world):
    client.post(address("convert_alias", world.alias.pk))


@way("save an alias", page="alias")
def save_alias(client, world):
    editor.edit(client, world.alias, stolen_form(world, editor.PUBLISH_BOTH))


# Selections in a list


@way("publish a selection", changes="public")
def bulk_publish(client, world):
    bulk(client, "publish", world.article)


@way("unpublish a selection", changes="public", whole=True)
def bulk_unpublish(client, world):
    bulk(client, "unpublish", world.article)


@way("unpublish a selection with what is below", changes="public", whole=True)
def bulk_unpublish_above(client, world):
    bulk(client, "unpublish", world.journal.articles, include_descendants="on")


@way("delete a selection", changes="public", whole=True)
def bulk_delete(client, world):
    bulk(client, "delete", world.article)


@way("move a selection", changes="public", whole=True)
def bulk_move(client, world):
    bulk(client, "move", world.article, chooser=world.elsewhere.pk)


# Wagtail's admin API


def call(client, world, action, **values):
    where = reverse("wagtailadmin_api:pages:action", args=(world.article.pk, action))
    return client.post(where, values)


@way("publish by API", changes="public")
def api_publish(client, world):
    call(client, world, "publish")


@way("unpublish by API", changes="public", whole=True)
def api_unpublish(client, world):
    call(client, world, "unpublish")


@way("delete by API", changes="public", whole=True)
def api_delete(client, world):
    call(client, world, "delete")


@way("move by API", changes="public", whole=True)
def api_move(client, world):
    where = {"destination_page_id": world.elsewhere.pk, "position": "last-child"}
    call(client, world, "move", **where)


@way("go back by API", changes="draft")
def api_revert(client, world):
    call(client, world, "revert_to_page_revision", revision_id=world.first_revision.pk)


@way("convert an alias by API", page="alias")
def api_convert(client, world):
    where = reverse("wagtailadmin_api:pages:action", args=(world.alias.pk, "convert_alias"))
    client.post(where)


# One language at a time


def _one_language(language):
    other = "en" if language == "fr" else "fr"

    @way(f"translate into {language}", "draft" if language == "en" else "", ("en",))
    def translate(client, world):
        where = reverse("diptych_translate", args=(world.article.pk, language))
        client.post(where, stolen_form(world, source_language=other))

    @way(f"translate into {language}, press publish")
    def translate_and_publish(client, world):
        where = reverse("diptych_translate", args=(world.article.pk, language))
        client.post(where, stolen_form(world, editor.PUBLISH_BOTH))

    @way(f"start the translation into {language} anew")
    def start(client, world):
        for act in ("start-copied", "start-empty", "pair", "make-source"):
            where = reverse("diptych_translate_act", args=(world.article.pk, language, act))
            client.post(where)

    @way(f"hand in {language} and approve", "public", (language,))
    def review(client, world):
        where = reverse("diptych_review", args=(world.article.pk, language))
        draft = editor.draft_of(world.article)
        client.post(where, {"submit": "1", "comment": "Done."})
        reading = text_fingerprint(draft, language)
        client.post(where, {"approve": "1", "fingerprint": reading, "comment": "Good."})

    @way(f"restore {language} only", changes="draft", languages=(language,))
    def restore(client, world):
        names = (world.article.pk, world.first_revision.pk, language)
        client.post(reverse("diptych_restore_language", args=names))

    @way(f"publish {language} at a date of its own", "public", (language,))
    def schedule_language(client, world):
        where = reverse("diptych_schedule", args=(world.article.pk, language))
        tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
        client.post(where, {"publish_at": f"{tomorrow:%Y-%m-%d %H:%M}"})
        let_dates_come()

    @way(f"unpublish {language} at a date of its own", "public", (language,))
    def expire_language(client, world):
        where = reverse("diptych_schedule", args=(world.article.pk, language))
        tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
        client.post(where, {"withdraw_at": f"{tomorrow:%Y-%m-%d %H:%M}"})
        let_dates_come()


_one_language("fr")
_one_language("en")


@way("call changes minor")
def call_minor(client, world):
    units = ["headline", "lead"]
    client.post(reverse("diptych_changes", args=(world.article.pk,)), {"unit": units})
