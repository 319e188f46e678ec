from django.conf import settings
from django.db import migrations

RELATION = getattr(settings, "WAGTAIL_COMMENTS_RELATION_NAME", "wagtail_admin_comments")
#: As JSON, the words of a rich text that a comment is about: none in particular.
NO_WORDS = "[]"


def fill(apps, schema_editor):
    """Give open comments without a position one that the editor of rich text can read.

    Where the latest revision of the page has the comment, the editor takes the position from it.
    """
    without = apps.get_model("wagtailcore", "Comment").objects.filter(resolved_at=None, position="")
    pages = apps.get_model(settings.WAGTAIL_PAGE_MODEL).objects
    pages = pages.filter(pk__in=without.values("page_id"), latest_revision__isnull=False)
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for number in list(pages.values_list("latest_revision_id", flat=True)):
        revision = revisions.get(pk=number)
        rows = [row for row in revision.content.get(RELATION) or [] if row.get("position") == ""]
        for row in rows:
            row["position"] = NO_WORDS
        if rows:
            revision.save(update_fields=["content"])
    without.update(position=NO_WORDS)


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0009_deleted_files"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
