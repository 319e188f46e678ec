"""Move pages that ``migrate`` has adopted in another language than the one they are written in.

They can be moved until somebody edits them, as their texts are still in the plain columns.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Comment, Revision

from diptych.articles.languages.adoption.former_addresses import record_former, remove_former
from diptych.articles.languages.adoption.from_before import (
    BATCH,
    REVISIONS,
    pages_of,
    pages_without_text,
    revisions_from_before,
)
from diptych.articles.languages.config.fields import languages_by_column, translated_fields
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.models import PageLanguage, RevisionLanguage
from diptych.articles.languages.publication.plain_columns import (
    OF_EVERY_PAGE,
    WAGTAIL_FIELDS,
    adopt_columns,
    adopted_content,
    released_path,
)
from diptych.articles.languages.routes.addresses import sync_page


def pages_elsewhere(model, language):
    """``{primary key: language}`` of the pages in other languages, parents first."""
    found = plain(model).filter(source_language__in=available_languages())
    found = found.exclude(source_language=language)
    found = found.exclude(pk__in=pages_without_text(model).values("pk"))
    return dict(found.order_by("path").values_list("pk", "source_language"))


def movable_pages(model, sources):
    """The primary keys of the pages of ``sources``, ``{primary key: language}``, not edited since.

    They have no new revision, no text in another language and in their own that of the plain
    columns. An alias goes with its original.
    """
    found = {}
    keys = list(sources)
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        edited = {
            int(revision.object_id)
            for revision in adopted_revisions(model, part).iterator(chunk_size=REVISIONS)
            if not _is_converted(model, revision.content, sources[int(revision.object_id)])
        }
        for page in plain(model).filter(pk__in=part).values():
            if page["id"] not in edited and _is_as_adopted(model, page, sources[page["id"]]):
                found[page["id"]] = page["alias_of_id"]
    stay = sources.keys() - found.keys()
    return [pk for pk, original in found.items() if original not in stay]


def adopted_revisions(model, keys):
    """The revisions of these pages that have columns of languages, converted or new."""
    revisions = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(pk) for pk in keys],
    )
    return revisions.exclude(pk__in=revisions_from_before(model).values("pk"))


def _is_converted(model, content, language):
    """Whether ``content`` is that of a revision from before, converted to ``language``.

    New ones have the fields that every page in several languages has, beside their columns.
    """
    is_new = not OF_EVERY_PAGE.isdisjoint(content)
    return not is_new and adopted_content(model, content, language) == content


def _is_as_adopted(model, values, language):
    """Whether the columns ``values`` of a page hold the texts of its plain ones, and no others."""
    for name, columns in translated_fields(model).items():
        if name in OF_EVERY_PAGE and name not in WAGTAIL_FIELDS:
            continue
        before = values[WAGTAIL_FIELDS.get(name, name)]
        if name == "url_slug":
            before = before[: model._meta.get_field(name).max_length]
        if (values[columns[language]] or None) != (before or None):
            return False
        if any(values[each] for code, each in columns.items() if code != language):
            return False
    return True


@transaction.atomic
def move_pages(model, keys, language):
    """Move pages with all their texts to ``language``; return the number of redirects made."""
    pages = list(pages_of(model).filter(pk__in=keys).specific())
    _undo_history(model, keys)
    for page in pages:
        remove_former(
            page.source_language, [(page.url_path, page.address_in(page.source_language))]
        )
    adopt_columns(model, keys, language)
    pages = list(pages_of(model).filter(pk__in=keys).specific())
    for page in pages:
        sync_page(page)
    served = [page for page in pages if page.live]
    return record_former(language, [(page.url_path, page.address_in(language)) for page in served])


def _undo_history(model, keys):
    """Let converted revisions and comments of pages be from before, to be adopted once more."""
    columns = {*languages_by_column(model), "source_language"}
    found = list(adopted_revisions(model, keys).values_list("pk", flat=True))
    for start in range(0, len(found), REVISIONS):
        part = list(Revision.objects.filter(pk__in=found[start : start + REVISIONS]))
        for revision in part:
            content = revision.content
            revision.content = {name: content[name] for name in content if name not in columns}
            for comment in content.get("wagtail_admin_comments", ()):
                comment["contentpath"] = released_path(model, comment["contentpath"])
        Revision.objects.bulk_update(part, ["content"])
    RevisionLanguage.objects.filter(revision__in=found).delete()
    comments = list(Comment.objects.filter(page__in=keys))
    for comment in comments:
        comment.contentpath = released_path(model, comment.contentpath)
    Comment.objects.bulk_update(comments, ["contentpath"])
    PageLanguage.objects.filter(page__in=keys).update(edited_at=None, edited_by=None)
