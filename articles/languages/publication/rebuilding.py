"""Check and rebuild the page × language table."""

from itertools import islice

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, migrations, router, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.models import Revision, get_page_models

from diptych.articles.languages.config.columns import outdated_tables
from diptych.articles.languages.config.known_relations import CheckedContent, unbroken, without_kept
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    language_name,
)
from diptych.articles.languages.config.signals import languages_changed, rows_rebuilt
from diptych.articles.languages.index.aliases import shorten_chains
from diptych.articles.languages.index.privacy import PrivateBranches
from diptych.articles.languages.models import PageLanguage, Review, TranslationAssignment
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.addresses import expected_row, parent_path_in, sync_page
from diptych.articles.languages.routes.moving_branches import move_branches
from diptych.articles.languages.routes.slugs import is_numbered
from diptych.articles.languages.translations.progress import (
    outdated_since,
    record_progress,
    standing_of,
)
from diptych.articles.languages.translations.shared import shared_relations
from diptych.articles.languages.translations.units import translated_relations

#: Pages per transaction.
PART = 200
#: Pages that are read, and compared with their rows, at a time.
READ_AT_ONCE = 1000
#: The columns of a row that are the same in every right row.
COMPARED = ("live", "is_private", "incomplete", "first_public_at", "printed_date")


def multilingual_models():
    """The page types in several languages, apart from abstract ones."""
    return [model for model in get_page_models() if issubclass(model, MultilingualPageMixin)]


def translated_pages(top=None):
    """Every page in several languages, parents first; those at and below ``top`` if given.

    Pages are read as their specific types, as their rows record how much is translated.
    """
    types = ContentType.objects.get_for_models(*multilingual_models()).values()
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(content_type__in=types)
    if top is not None:
        pages = pages.filter(path__startswith=top.path)
    yield from pages.order_by("path").specific().iterator(chunk_size=READ_AT_ONCE)


def sync_tree(top=None, record_redirects=True):
    """Write the rows of :func:`translated_pages`, yielding each page when done."""
    for page in translated_pages(top):
        sync_page(page, record_redirects=record_redirects)
        yield page


def sync_outdated():
    """Write the rows of :func:`outdated_pages` only."""
    move_branches.func()
    pages = swapper.load_model("wagtailcore", "Page").objects
    for pk in outdated_pages():
        sync_page(pages.get(pk=pk).specific)


def outdated_pages():
    """Primary keys of pages with missing or wrong rows.

    A numbered address is right if another page has the wanted one.
    """
    compared = _comparison(_stored_rows())
    return [page.pk for page, right_rows in compared if _is_outdated(right_rows)]


def _is_outdated(right_rows):
    return any(row.pk is None for row in right_rows)


def _stored_rows():
    return {(row.page_id, row.language): row for row in PageLanguage.objects.all()}


def _comparison(rows):
    """Yield every page in several languages with its rows as they should be.

    ``rows`` are those stored, by page and language. Correct rows have a primary key, rows to be
    written have none.
    """
    parents, private = {}, PrivateBranches()
    for page in translated_pages():
        parent = parents.get(page.path[: -page.steplen]) or (page.get_parent(), {})
        is_private = page.path in private
        right_rows = {
            language: _right_row(page, rows.get((page.pk, language)), language, is_private, *parent)
            for language in available_languages()
        }
        if page.numchild:
            parents[page.path] = (page, right_rows)
        yield page, list(right_rows.values())


def _right_row(page, row, language, is_private, parent, parent_rows):
    """The stored ``row`` if it is right, else a new one without a primary key."""
    parent_path = parent_path_in(page, parent, parent_rows.get(language))
    expected = expected_row(page, language, parent_path, is_private)
    if row is not None and _is_right(row, expected, parent_path):
        return row
    return PageLanguage(page=page, language=language, **expected)


def _is_right(row, expected, parent_path):
    if any(getattr(row, name) != expected[name] for name in COMPARED):
        return False
    if expected["translated"] and not row.translated:
        return False
    if row.url_path == expected["url_path"]:
        return True
    numbered = f"{parent_path}{row.slug}/" == row.url_path
    return numbered and is_numbered(row.slug, expected["slug"]) and not expected["translated"]


def rebuild():
    """Correct all rows without creating redirects, yielding ``(page, is_corrected)`` when done.

    Pages whose rows are right are only read. Each ``PART`` of the others are one transaction, so
    that the site stays usable.
    """
    shorten_chains()
    # With the redirects that these pages are still to get.
    move_branches.func()
    stored = _stored_rows()
    unknown, unrecorded, outdated, wanted = {pk for pk, _language in stored}, [], [], {}
    for page, rows, is_settled in _settled(_comparison(stored)):
        unknown.discard(page.pk)
        if is_settled:
            yield page, False
        elif _is_outdated(rows):
            outdated.append(page.pk)
            wanted |= {(row.language, row.url_path): page.pk for row in rows}
        else:
            unrecorded.append(page.pk)
    if unknown:
        PageLanguage.objects.filter(page_id__in=unknown).delete()
    _clear_the_way(outdated, wanted)
    for write, ids in ((_rebuild_part, outdated), (_record_part, unrecorded)):
        for start in range(0, len(ids), PART):
            for page in write(ids[start : start + PART]):
                yield page, True
    rows_rebuilt.send(PageLanguage)


def follow_languages(
    apps=None, using=DEFAULT_DB_ALIAS, verbosity=1, stdout=None, plan=None, **kwargs
):
    """A receiver of ``post_migrate``: adapt the rows to the languages of the settings.

    Rows of a removed language are deleted, those of a new one written. Pages keep all their texts.
    Rows are also written where migrations have recreated their table without its content, once
    every migration is applied.
    """
    if using != router.db_for_write(PageLanguage):
        return
    table, connection = PageLanguage._meta.db_table, connections[using]
    if table not in connection.introspection.table_names():
        return
    removed = PageLanguage.objects.exclude(language__in=available_languages())
    missing = _languages_missing()
    is_changed = bool(missing) or removed.exists()
    # Without a plan it is no ``migrate``, but a database that was emptied.
    if not is_changed and (plan is None or not PageLanguage.objects.exists()):
        return
    if is_to_be_migrated(connection):
        return
    if is_changed:
        removed.delete()
        languages_changed.send(PageLanguage)
    is_stale = _has_new_columns(plan or ()) or _dates_are_missing() or _headlines_are_missing()
    if verbosity and stdout and (missing or is_stale):
        stdout.write(f"  {_progress_message(missing)}\n")
    if missing or is_stale:
        for _done in rebuild():
            pass


def _progress_message(missing):
    if not missing:
        return _("Writing the addresses and dates of pages anew")
    names = ", ".join(language_name(code) for code in missing)
    return _("Writing the addresses of pages for %(languages)s") % {"languages": names}


def _has_new_columns(plan):
    """Whether ``plan`` has added a column to the table."""
    return any(
        isinstance(operation, migrations.AddField) and operation.model_name_lower == "pagelanguage"
        for migration, backwards in plan
        if migration.app_label == PageLanguage._meta.app_label and not backwards
        for operation in migration.operations
    )


def _dates_are_missing():
    """Whether a row lacks the date of first publication that its page has."""
    undated = PageLanguage.objects.order_by().filter(first_public_at=None)
    return any(
        undated.filter(language=code, page__in=_published_in(model, code)).exists()
        for code in available_languages()
        for model in multilingual_models()
    )


def _headlines_are_missing():
    """Whether a row lacks the headline that it is sorted by; those of aliases have none."""
    rows = PageLanguage.objects.order_by().filter(sorted_headline="")
    return rows.filter(page__alias_of__isnull=True).exists()


def _published_in(model, language):
    name = column("first_public_at", language)
    return model._base_manager.filter(**{f"{name}__isnull": False}).values("pk")


def _languages_missing():
    """The languages of the settings in which pages that have rows lack one."""
    rows = PageLanguage.objects.order_by().values("language")
    counts = dict(rows.values_list("language", Count("pk")))
    pages = PageLanguage.objects.aggregate(pages=Count("page", distinct=True))["pages"]
    return sorted(code for code in available_languages() if counts.get(code, 0) < pages)


def is_to_be_migrated(connection):
    """Whether a migration is left to be applied, or to be written for a page type of a host."""
    executor = MigrationExecutor(connection)
    is_left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(is_left or outdated_tables(multilingual_models(), connection))


def _settled(compared):
    """For each page and its rows of :func:`_comparison`, whether nothing is to be written."""
    reviews = TranslationAssignment.objects.exclude(review=Review.NONE)
    names = ("page_id", "language", "review")
    reviews = {(pk, code): review for pk, code, review in reviews.values_list(*names)}
    while part := list(islice(compared, READ_AT_ONCE)):
        drafts = _newest_drafts([page for page, rows in part if not _is_outdated(rows)])
        for page, rows in part:
            draft = drafts.get(page.pk)
            is_settled = draft is not None and all(
                _is_recorded(page, draft, row, reviews.get((page.pk, row.language), Review.NONE))
                for row in rows
            )
            yield page, rows, is_settled


def _newest_drafts(pages):
    """The newest draft of each of ``pages``, by primary key.

    It is the page itself if nothing has been saved since it was published.
    """
    by_type = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    for model, group in by_type.items():
        prefetch_related_objects(group, *translated_relations(model))
        prefetch_related_objects(list(filter(_is_behind, group)), *shared_relations(model))
    behind = {page.pk: page for page in pages if _is_behind(page)}
    revisions = Revision.objects.in_bulk({page.latest_revision_id for page in behind.values()})
    contents = {
        pk: without_kept(revisions[page.latest_revision_id].content) for pk, page in behind.items()
    }
    checked = unbroken({pk: (type(behind[pk]), content) for pk, content in contents.items()})
    drafts = {page.pk: page for page in pages}
    for pk, content in contents.items():
        known = CheckedContent(content) if pk in checked else content
        drafts[pk] = type(behind[pk]).from_serializable_data(known)
    return drafts


def _is_behind(page):
    """Whether ``page`` has a draft that is newer than its published version."""
    is_ahead = page.has_unpublished_changes and page.latest_revision_id
    return bool(is_ahead and not page.alias_of_id)


def _is_recorded(page, draft, row, review):
    """Whether a right ``row`` also has the right values derived from texts."""
    derived = _derived(page, draft, row, review)
    return all(getattr(row, name) == value for name, value in derived.items())


def _derived(page, draft, row, review):
    """The values of ``row`` derived from the texts of ``page`` and of its ``draft``, as a dict."""
    since = outdated_since(page, row.language) if row.live else None
    expected = {"has_draft": False, "outdated_since": since}
    if draft is not page:
        expected |= draft.state_of_draft(page if page.live else draft, row.language)
    elif page.has_unpublished_changes:
        expected["has_draft"] = bool(page.live and row.has_draft)
    if not page.alias_of_id:
        expected |= vars(standing_of(draft, row.language, row.live, review))
    return expected


def write_derived(pages):
    """Update the values that the rows of ``pages`` derive from texts, in one query for all."""
    drafts = _newest_drafts(pages)
    known = {page.pk: page for page in pages}
    rows = list(PageLanguage.objects.with_assignment().filter(page__in=known))
    names = set()
    for row in rows:
        review = row.assignment.review if row.assignment else Review.NONE
        derived = _derived(known[row.page_id], drafts[row.page_id], row, review)
        names |= derived.keys()
        for name, value in derived.items():
            setattr(row, name, value)
    if names:
        PageLanguage.objects.bulk_update(rows, sorted(names), batch_size=PART)


def _clear_the_way(outdated, wanted):
    """Give temporary addresses to pages whose addresses are swapped.

    ``wanted`` holds the page for each language and address.
    """
    for row in PageLanguage.objects.filter(page_id__in=outdated):
        if wanted.get((row.language, row.url_path), row.page_id) != row.page_id:
            PageLanguage.objects.filter(pk=row.pk).update(url_path=f"/~{row.pk}/")


@transaction.atomic
def _record_part(ids):
    """Write what is derived from texts for pages whose addresses and state are right."""
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=ids)
    pages = list(pages.order_by("path").specific())
    write_derived(pages)
    return pages


@transaction.atomic
def _rebuild_part(ids):
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=ids)
    done = []
    for page in pages.order_by("path").specific():
        sync_page(page, record_redirects=False, text_changed=False)
        if page.has_unpublished_changes and not page.alias_of_id:
            page.get_latest_revision_as_object().record_draft()
        elif not page.alias_of_id:
            record_progress(page.get_latest_revision_as_object())
        done.append(page)
    return done
