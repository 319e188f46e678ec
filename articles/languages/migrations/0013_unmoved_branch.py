import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("diptych_languages", "0012_purges_in_the_transaction"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnmovedBranch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("reached", models.CharField(blank=True, max_length=255)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "branch whose addresses are being moved",
                "verbose_name_plural": "branches whose addresses are being moved",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language"), name="diptych_unmoved_branch_unique"
                    )
                ],
            },
        ),
    ]
