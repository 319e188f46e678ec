from django.apps import apps as installed
from django.conf import settings
from django.db import migrations

from diptych.articles.languages.config.fields import languages_by_column

RELATION = getattr(settings, "WAGTAIL_COMMENTS_RELATION_NAME", "wagtail_admin_comments")
#: As JSON, the words of a rich text that a comment is about: none in particular.
NO_WORDS = "[]"


def fill(apps, schema_editor):
    """Give open comments on translated texts without a position one that the editor can read.

    Where the latest revision of the page has the comment, the editor takes the position from it.
    """
    comments = apps.get_model("wagtailcore", "Comment").objects
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for number, keys in _without_position(comments).items():
        revision = revisions.filter(pk=number).first()
        rows = [
            row
            for row in (revision.content.get(RELATION) or [] if revision else [])
            if row.get("pk") in keys and row.get("position") == ""
        ]
        for row in rows:
            row["position"] = NO_WORDS
        if rows:
            revision.save(update_fields=["content"])
        comments.filter(pk__in=keys).update(position=NO_WORDS)


def _without_position(comments):
    """The keys of the comments to change, by the key of the latest revision of their page."""
    found = {}
    rows = comments.filter(resolved_at=None, position="").values_list(
        "page__content_type__app_label",
        "page__content_type__model",
        "page__latest_revision_id",
        "contentpath",
        "pk",
    )
    for label, name, number, path, key in rows.iterator():
        if path.partition(".")[0] in _translated_columns(label, name):
            found.setdefault(number, set()).add(key)
    return found


def _translated_columns(label, name):
    try:
        return languages_by_column(installed.get_model(label, name))
    except LookupError:  # The page type has been removed.
        return {}


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0009_deleted_files"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
