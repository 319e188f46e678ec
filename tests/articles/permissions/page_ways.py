"""Ways that take a page as a whole: its own screens, selections in lists, the admin API."""

from django.urls import reverse

from tests.articles.languages import editor
from tests.articles.permissions.ways import address, bulk, collect_in, stolen_form

WAYS = []
way = collect_in(WAYS)


# The page as a whole


@way("unpublish", changes="public", whole=True)
def unpublish(client, world):
    client.post(address("unpublish", world.article.pk))


@way("unpublish what is above, with what is below", changes="public", whole=True)
def unpublish_above(client, world):
    where = address("unpublish", world.journal.articles.pk)
    client.post(where, {"include_descendants": "on"})


def _unpublish_language(language):
    repeats = language == "fr"

    @way(f"unpublish {language}", changes="public", languages=(language,), repeats=repeats)
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


@way("publish a selection while a date waits", page="dated")
def bulk_publish_dated(client, world):
    bulk(client, "publish", world.dated)


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


@way("publish by API while a date waits", page="dated")
def api_publish_dated(client, world):
    where = reverse("wagtailadmin_api:pages:action", args=(world.dated.pk, "publish"))
    client.post(where)


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
