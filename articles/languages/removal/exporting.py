"""Everything of the plugin in files: pages in all languages, and the rows of its tables."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from wagtail.fields import StreamField

from diptych.articles.languages.config.columns import removed_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.plain_columns import stored_content
from diptych.articles.languages.removal.pages import BATCH, multilingual_pages
from diptych.articles.languages.removal.refusing import is_ours
from diptych.articles.languages.routes.redirects import redirects_to

#: Written last: the numbers of objects in the folder.
SUMMARY = "export.json"
#: Applications whose rows are made of others.
DERIVED = ("diptych_caching", "diptych_related", "diptych_search")


def export(folder):
    """Write all into ``folder``, which is created; return the numbers of objects by model.

    ``pages/KEY.json`` has a page with all columns, its newest draft where that differs, its
    addresses and the redirects to it; ``rows/MODEL.jsonl`` the rows of a model, as ``loaddata``
    reads them; ``removed/MODEL.jsonl`` the columns of languages that were removed from the
    settings. A folder that is not complete is written anew.
    """
    folder = Path(folder)
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "rows").mkdir(exist_ok=True)
    written = {"pages": _export_pages(folder / "pages")}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if is_ours(options.app_label) and options.app_label not in DERIVED and not options.proxy:
            written[options.label] = _export_rows(model, folder / "rows" / f"{options.label}.jsonl")
    written |= _export_removed(folder / "removed")
    _write(folder / SUMMARY, written)
    return written


def exported_at(folder):
    """When the export in ``folder`` was complete; ``None`` where there is none."""
    path = Path(folder, SUMMARY)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None


def _export_pages(folder):
    count = 0
    for page in multilingual_pages().specific().iterator(chunk_size=BATCH):
        _write(folder / f"{page.pk}.json", _contents(page))
        count += 1
    return count


def _contents(page):
    rows = PageLanguage.objects.filter(page=page).order_by("language")
    behind = page.has_unpublished_changes and page.latest_revision_id
    return {
        "page": page.pk,
        "type": page._meta.label,
        "path": page.path,
        "source_language": page.source_language,
        "addresses": list(rows.values("language", "url_path", "live", "is_private")),
        "redirects": [path for _site, path in redirects_to([page])],
        "public": _readable(page, stored_content(page)),
        "draft": _readable(page, page.latest_revision.content) if behind else None,
    }


def _readable(page, content):
    """The content of a page with lists of blocks in place of JSON within JSON."""
    streams = [each.name for each in page._meta.get_fields() if isinstance(each, StreamField)]
    parsed = {name: json.loads(content[name] or "[]") for name in streams if name in content}
    return {**content, **parsed}


def _export_rows(model, path):
    rows = model._base_manager.order_by("pk")
    with path.open("w", encoding="utf-8") as file:
        serializers.serialize("jsonl", rows.iterator(chunk_size=BATCH), stream=file)
    return rows.count()


def _export_removed(folder):
    """Write the rows with texts in languages removed from the settings; return their numbers."""
    folder.mkdir(exist_ok=True)
    written = {}
    for model, columns in removed_languages(apps.get_models(), connection).items():
        quoted = connection.ops.quote_name
        names = [model._meta.pk.column, *sorted(columns)]
        table = quoted(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(map(quoted, names))} FROM {table} ORDER BY 1")  # noqa: S608 quoted names of columns
            rows = [dict(zip(names, row, strict=True)) for row in cursor if any(row[1:])]
        lines = [json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n" for row in rows]
        (folder / f"{model._meta.label}.jsonl").write_text("".join(lines), encoding="utf-8")
        written[f"removed/{model._meta.label}"] = len(rows)
    return written


def _write(path, values):
    text = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
