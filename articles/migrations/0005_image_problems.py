import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    dependencies = [
        ("diptych", "0004_series"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.AddField(
            model_name="journalsettings",
            name="alt_checks",
            field=models.CharField(
                choices=[
                    ("ignore", "Publish and say nothing"),
                    ("warn", "Publish and say what could be better"),
                    ("refuse", "Do not publish before it is mended"),
                ],
                default="warn",
                help_text="The name of a file, a machine’s description, another language, a repeated caption… A picture without any alternative text is never published.",
                max_length=10,
                verbose_name="doubtful alternative texts",
            ),
        ),
        migrations.CreateModel(
            name="ImageProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("empty", "No alternative text"),
                            ("machine_made", "Written by a machine"),
                            ("file_name", "Name of a file"),
                            ("says_nothing", "Says nothing"),
                            ("same_as_caption", "Same as the caption"),
                            ("wrong_language", "Wrong language"),
                            ("wrong_field", "Belongs in another field"),
                            ("too_long", "Too long"),
                            ("opening", "Needless opening"),
                            ("caption_by_machine", "Caption written by a machine"),
                            ("caption_language", "Caption in the wrong language"),
                        ],
                        max_length=20,
                        verbose_name="problem",
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("place", models.CharField(blank=True, max_length=100)),
                ("number", models.PositiveIntegerField(default=0)),
                ("is_borrowed", models.BooleanField(default=False)),
                ("in_draft", models.BooleanField(default=False)),
                ("in_public", models.BooleanField(default=False)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="image",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "problem of an image",
                "verbose_name_plural": "problems of images",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["language", "kind"], name="diptych_image_problem")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "place", "image", "language", "kind"),
                        name="diptych_one_image_problem",
                    )
                ],
            },
        ),
    ]
