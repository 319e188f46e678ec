from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0007_page_language_printed_date"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="pagelanguage",
            index=models.Index(fields=["progress", "page"], name="diptych_progress"),
        ),
    ]
