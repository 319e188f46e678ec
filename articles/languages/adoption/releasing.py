"""Copy the texts of one language back to plain columns, so that a page type needs no mixin.

The reverse of :mod:`diptych.articles.languages.adoption.adopting`. Wagtail's own data of a page
become those of the language: title, slug, address, texts, state, drafts and history. Until the
mixin is taken out, the engine goes on serving the language, and others beside it.
"""

from dataclasses import dataclass

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import Comment, Revision

from diptych.articles.languages.adoption.adopting import reindex
from diptych.articles.languages.adoption.former_addresses import record_plain_pages, remove_former
from diptych.articles.languages.adoption.from_before import (
    BATCH,
    REVISIONS,
    pages_of,
    pages_without_text,
    written_in_removed_languages,
)
from diptych.articles.languages.config.fields import text_columns, translated_fields
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.plain_columns import (
    WAGTAIL_FIELDS,
    has_language,
    own_fields,
    release_columns,
    released_content,
    released_path,
)
from diptych.articles.languages.routes.addresses import sync_page
from diptych.articles.languages.routes.slugs import first_free


@dataclass
class Released:
    """The numbers of objects of one page type that were, or would be, released."""

    pages: int = 0
    revisions: int = 0
    comments: int = 0
    #: Pages that are not written in the language: they keep their texts, as drafts.
    unwritten: int = 0
    redirects: int = 0

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def texts_left(model, language):
    """How many pages have a text in each language but ``language``, drafts included."""
    rows = PageLanguage.objects.filter(page__in=plain(model).values("pk"), translated=True)
    found = {code: rows.filter(language=code).count() for code in available_languages()}
    return {code: count for code, count in found.items() if code != language and count}


def texts_in_removed_languages(model):
    """How many pages have a text in each language that the settings no longer name."""
    written = written_in_removed_languages(model).items()
    found = {code: plain(model).filter(pk__in=keys).count() for code, keys in written}
    return {code: count for code, count in found.items() if count}


def other_texts(model, language):
    """The texts of the pages of ``model`` in all languages but ``language``.

    Yields ``{"page", "language", "draft", "live", …}`` with the columns of the language by field,
    of the live text and of the newest draft where that differs.
    """
    for page in plain(model).order_by("path").iterator(chunk_size=BATCH):
        live = page.serializable_data()
        behind = page.has_unpublished_changes and page.latest_revision_id
        draft = page.get_latest_revision_as_object().serializable_data() if behind else live
        for code in available_languages():
            columns = text_columns(model, code)
            if code == language or not draft.get(column("headline", code)):
                continue
            names = {columns[code]: name for name, columns in translated_fields(model).items()}
            values = {"page": page.pk, "language": code}
            values["live"] = {names[each]: live[each] for each in columns}
            if behind:
                values["draft"] = {names[each]: draft[each] for each in columns}
            yield values


def release(model, language):
    """Release all pages of ``model`` in ``language``; yields a :class:`Released` for each batch."""
    pages = pages_of(model).exclude(pk__in=pages_without_text(model).values("pk"))
    keys = list(pages.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield _release(model, language, keys[start : start + BATCH])


@transaction.atomic
def _release(model, language, keys):
    pages = list(pages_of(model).filter(pk__in=keys).specific())
    written = {page.pk: language in page.languages_written() for page in pages}
    for code in {page.source_language for page in pages} | {language}:
        own = [p.pk for p in pages if (language if written[p.pk] else p.source_language) == code]
        release_columns(model, own, code)
    was_live = {page.pk: _live_addresses(page) for page in pages}
    for page in pages:
        _release_page(page, language, written[page.pk], was_live[page.pk])
    result = Released(
        pages=len(pages),
        revisions=_release_revisions(model, keys, language),
        comments=_release_comments(model, keys, language),
        unwritten=sum(not each for each in written.values()),
        redirects=_redirect(keys, was_live, language),
    )
    reindex(model, list(pages_of(model).filter(pk__in=keys).specific()))
    return result


def _live_addresses(page):
    return {row.language: row.url_path for row in page.language_rows if row.live}


def _release_page(page, language, is_written, was_live):
    """Write the texts and state of ``page`` in ``language`` into Wagtail's own columns."""
    base = swapper.load_model("wagtailcore", "Page")
    stored = base.objects.get(pk=page.pk)
    values = {"live": bool(stored.live and language in was_live)}
    if is_written:
        plain(type(page)).filter(pk=page.pk).update(source_language=language)
        values |= _wagtail_values(page, stored, language)
    was = {name: getattr(stored, name) for name in values}
    for name, value in values.items():
        setattr(stored, name, value)
    if (was.get("slug"), was["live"]) == (values.get("slug"), values["live"]):
        plain(base).filter(pk=page.pk).update(**values)  # the same is served
    else:
        stored.save(clean=False)
    if was_live and not stored.live:
        sync_page(type(page).objects.get(pk=page.pk))


def _wagtail_values(page, stored, language):
    """Title, slug and texts for search engines of ``page``, which is written in ``language``."""
    values = {
        plain_name: page.text_in(name, language) or ""
        for name, plain_name in WAGTAIL_FIELDS.items()
    }
    values["slug"] = _free_slug(stored, values["slug"] or page.slug)
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
    values["draft_title"] = draft.text_in("headline", language) or values["title"]
    return values


def _free_slug(stored, slug):
    if slug == stored.slug or stored.depth == 1:
        return slug
    siblings = stored.get_siblings(inclusive=False)
    return first_free(slug, lambda each: not siblings.filter(slug=each).exists())


def _redirect(keys, was_live, language):
    """Leave redirects from the addresses of all languages, for when they are gone."""
    base = swapper.load_model("wagtailcore", "Page")
    pages = list(base.objects.filter(pk__in=keys).order_by("path"))
    own = [(page.url_path, was_live[page.pk].get(language)) for page in pages]
    remove_former(language, [(path, address) for path, address in own if address])
    return record_plain_pages([(page, was_live[page.pk]) for page in pages if page.live])


def _release_revisions(model, keys, language):
    revisions = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(pk) for pk in keys],
    )
    found = list(revisions.order_by("pk").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(found), REVISIONS):
        part = Revision.objects.filter(pk__in=found[start : start + REVISIONS])
        part = [each for each in part if has_language(model, each.content)]
        for revision in part:
            revision.content = released_content(model, revision.content, language)
            for comment in revision.content.get("wagtail_admin_comments", ()):
                comment["contentpath"] = released_path(model, comment["contentpath"])
        Revision.objects.bulk_update(part, ["content"])
        count += len(part)
    return count


def _release_comments(model, keys, language):
    of_language = Q()
    for name in [*own_fields(model), *WAGTAIL_FIELDS]:
        path = column(name, language)
        of_language |= Q(contentpath=path) | Q(contentpath__startswith=f"{path}.")
    comments = list(Comment.objects.filter(of_language, page__in=keys))
    for comment in comments:
        comment.contentpath = released_path(model, comment.contentpath)
    Comment.objects.bulk_update(comments, ["contentpath"])
    return len(comments)
