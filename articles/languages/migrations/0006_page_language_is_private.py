from django.conf import settings
from django.db import migrations, models

#: The length of a step in the path of a page.
STEP = 4


def fill(apps, schema_editor):
    """Mark the rows of private pages: those that are or stand below what has a restriction.

    An alias of a private page is private too, and what stands below it.
    """
    page = apps.get_model(settings.WAGTAIL_PAGE_MODEL)
    restrictions = apps.get_model("wagtailcore", "PageViewRestriction").objects
    tops = set(restrictions.values_list("page__path", flat=True))
    if not tops:
        return
    aliases = page.objects.filter(alias_of__isnull=False).values_list("path", "alias_of__path")
    found = tops
    while found:
        found = {path for path, original in aliases if _is_within(original, tops)} - tops
        tops |= found
    paths = page.objects.order_by("pk").values_list("pk", "path").iterator(chunk_size=2000)
    private = [pk for pk, path in paths if _is_within(path, tops)]
    rows = apps.get_model("diptych_languages", "PageLanguage").objects
    for start in range(0, len(private), 500):
        rows.filter(page_id__in=private[start : start + 500]).update(is_private=True)


def _is_within(path, tops):
    return any(path[:end] in tops for end in range(STEP, len(path) + 1, STEP))


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0005_notification"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="pagelanguage",
            name="is_private",
            field=models.BooleanField(
                default=False,
                help_text="A view restriction keeps visitors out, here or above.",
                verbose_name="private",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="pagelanguage",
            index=models.Index(
                condition=models.Q(("is_private", True), ("live", True)),
                fields=["page"],
                name="diptych_private",
            ),
        ),
    ]
