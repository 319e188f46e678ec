from datetime import UTC, datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

#: The length of a step in the path of a page.
STEP = 4
#: Where an article without any date stands.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def fill(apps, schema_editor):
    """Write the dates of articles that have one of their own, then the lists of all articles."""
    articles = apps.get_model("diptych", "ArticlePage").objects.order_by("pk")
    rows = apps.get_model("diptych_languages", "PageLanguage").objects
    own = articles.filter(pk=OuterRef("page_id")).values("publication_date")[:1]
    dated = articles.filter(publication_date__isnull=False).order_by().values("pk")
    rows.filter(page_id__in=dated, live=True).update(printed_date=Subquery(own))
    keys = list(articles.values_list("pk", flat=True))
    roots = _roots(apps)
    for start in range(0, len(keys), 500):
        _fill_part(apps, keys[start : start + 500], roots)


def _roots(apps):
    """The front pages, and where the sites start, the most specific first."""
    sites = apps.get_model("wagtailcore", "Site").objects
    roots = set(sites.values_list("root_page__url_path", "root_page"))
    roots.update(apps.get_model("diptych", "HomePage").objects.values_list("url_path", "pk"))
    return sorted(roots, key=lambda root: len(root[0]), reverse=True)


def _fill_part(apps, keys, roots):
    lists = _lists_of(apps, keys, roots)
    rows = apps.get_model("diptych_languages", "PageLanguage").objects
    visible = rows.filter(page_id__in=keys, live=True, is_private=False)
    model = apps.get_model("diptych", "ListedArticle")
    model.objects.bulk_create(
        model(
            list_id=above,
            language=row.language,
            printed_date=row.printed_date or UNDATED,
            row_id=row.pk,
            article_id=row.page_id,
        )
        for row in visible
        for above in lists[row.page_id]
    )


def _lists_of(apps, keys, roots):
    page = apps.get_model(settings.WAGTAIL_PAGE_MODEL).objects
    pages = page.filter(pk__in=keys).values_list("pk", "path", "url_path", "alias_of__url_path")
    sections = page.filter(path__in={path[:-STEP] for _pk, path, *_addresses in pages})
    sections = dict(sections.values_list("path", "pk"))
    lists = {pk: {sections[path[:-STEP]]} for pk, path, *_addresses in pages}
    gathered = []
    for pk, _path, url_path, original in pages:
        own = [root for root in roots if url_path.startswith(root[0])]
        lists[pk].update(root for start, root in own if not (original or "").startswith(start))
        if original is None or (own and not original.startswith(own[0][0])):
            gathered.append(pk)
    for name in ("topic", "author"):
        entries = apps.get_model("diptych", f"Article{name}").objects
        entries = entries.filter(article_id__in=gathered)
        for article, other in entries.values_list("article_id", f"{name}_id"):
            lists[article].add(other)
    return lists


class Migration(migrations.Migration):
    dependencies = [
        ("diptych", "0001_initial"),
        ("diptych_languages", "0007_page_language_printed_date"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("printed_date", models.DateTimeField(verbose_name="date")),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="diptych.articlepage",
                        verbose_name="article",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="list",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="diptych_languages.pagelanguage",
                    ),
                ),
            ],
            options={
                "verbose_name": "article in a list",
                "verbose_name_plural": "articles in lists",
                "indexes": [
                    models.Index(
                        fields=["list", "language", "-printed_date", "-article"],
                        name="diptych_listed",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
