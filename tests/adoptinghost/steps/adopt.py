"""The same site after the mixin: served by language from ``migrate`` on, then adopted."""

from steps.site import answers, page_named, said, stored, tell  # isort: skip

from django.test import Client
from wagtail.models import Comment

said("makemigrations", "clientsite", name="languages", interactive=False)
migrated = said("migrate")
before = {
    "old": answers(),
    "english": answers("en/"),
    "german": answers("de/"),
    "text": Client().get("/en/about/").content.decode(),
    "event": Client().get("/en/about/party/").content.decode(),
    "draft": page_named("about").get_latest_revision_as_object().introduction_en,
    "german draft": page_named("about").get_latest_revision_as_object().introduction_de,
}
dry = said("diptych_adopt", "clientsite.AboutPage", language="en", dry_run=True)
untouched = stored()
said("diptych_adopt", "clientsite.AboutPage", language="en")
said("diptych_adopt", "clientsite.EventPage")
again = [said("diptych_adopt", f"clientsite.{each}") for each in ("AboutPage", "EventPage")]
about, later, event = page_named("about"), page_named("later"), page_named("party")
rows = {row.language: row for row in about.languages.all()}
tell(
    migrated=migrated,
    before=before,
    dry=dry,
    untouched=all("introduction_en" not in content for _pk, content in untouched),
    again=again,
    old=answers(),
    english=answers("en/"),
    history=[each.content["introduction_en"] for each in about.revisions.order_by("created_at")],
    changed=[
        [each.language for each in revision.diptych_languages.all()]
        for revision in about.revisions.order_by("created_at")
    ],
    speakers=event.latest_revision.content["speakers"][0]["role_en"],
    comments=sorted(Comment.objects.values_list("contentpath", flat=True)),
    meta_title=about.meta_title_en,
    source=about.source_language,
    states=[rows["en"].state, rows["de"].state, rows["en"].progress, rows["de"].progress],
    locked=page_named("secret").locked,
    private=page_named("secret").languages.get(language="en").is_private,
    scheduled=later.scheduled_revision.content["headline_en"],
    checked=said("rebuild_page_languages"),
)
