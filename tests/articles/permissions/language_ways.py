"""Ways that are about one language of a page."""

from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from diptych.articles.languages.publication.reviewing import text_fingerprint
from tests.articles.languages import editor
from tests.articles.permissions.ways import collect_in, let_dates_come, stolen_form

WAYS = []


def _one_language(language):
    other = "en" if language == "fr" else "fr"
    way = partial(collect_in(WAYS), repeats=language == "fr")

    @way(f"translate into {language}", "draft" if language == "en" else "", ("en",))
    def translate(client, world):
        where = reverse("diptych_translate", args=(world.article.pk, language))
        form = stolen_form(world, source_language=other)
        client.post(where, editor.opened_on(world.article) | form)

    @way(f"translate into {language}, press publish")
    def translate_and_publish(client, world):
        where = reverse("diptych_translate", args=(world.article.pk, language))
        form = stolen_form(world, editor.PUBLISH_BOTH)
        client.post(where, editor.opened_on(world.article) | form)

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
        client.post(where, {"unpublish_at": f"{tomorrow:%Y-%m-%d %H:%M}"})
        let_dates_come()


_one_language("fr")
_one_language("en")


@collect_in(WAYS)("call changes minor")
def call_minor(client, world):
    units = ["headline", "lead"]
    client.post(reverse("diptych_changes", args=(world.article.pk,)), {"unit": units})
