from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """Let each live page have the date of its first publication, in the language or at all."""
    pages = apps.get_model(settings.WAGTAIL_PAGE_MODEL).objects.filter(pk=OuterRef("page_id"))
    date = Coalesce("first_public_at", Subquery(pages.values("first_published_at")[:1]))
    rows = apps.get_model("diptych_languages", "PageLanguage").objects
    rows.filter(live=True).update(printed_date=date)


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0006_page_language_is_private"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="pagelanguage",
            name="printed_date",
            field=models.DateTimeField(
                help_text="By which lists are ordered, in this language.",
                null=True,
                verbose_name="date",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="pagelanguage",
            index=models.Index(
                condition=models.Q(("is_private", False), ("live", True)),
                fields=["language", "-printed_date", "-page"],
                name="diptych_visible_by_date",
            ),
        ),
    ]
