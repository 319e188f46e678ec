"""Convert pages from before their type had several languages to pages of one language.

Public data come first, as part of ``migrate``: texts, state, addresses and redirects
(:func:`adopt_served`). Drafts, history and comments follow with the command ``diptych_adopt``
(:func:`adopt`); until then, revisions are converted whenever they are read. All of it can be
interrupted and repeated: converted objects are recognised by their content.
"""

from dataclasses import dataclass, field

import swapper
from django.apps import apps
from django.db import connections, router, transaction
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelsearch.backends import get_search_backends
from wagtail.models import Comment, ReferenceIndex, Revision

from diptych.articles.languages.adoption.correcting import (
    movable_pages,
    move_pages,
    pages_elsewhere,
)
from diptych.articles.languages.adoption.former_addresses import record_former
from diptych.articles.languages.adoption.from_before import (
    BATCH,
    REVISIONS,
    comments_from_before,
    languages_of,
    pages_from_before,
    pages_of,
    revisions_from_before,
)
from diptych.articles.languages.config.columns import outdated_tables
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.config.signals import rows_written
from diptych.articles.languages.index.privacy import PrivateBranches
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.models import PageLanguage, Progress, RevisionLanguage
from diptych.articles.languages.models.revisions import changed_languages
from diptych.articles.languages.publication.plain_columns import (
    adopt_columns,
    adopted_content,
    adopted_path,
)
from diptych.articles.languages.publication.rebuilding import (
    is_to_be_migrated,
    multilingual_models,
    write_derived,
)
from diptych.articles.languages.routes.addresses import expected_row, parent_path_in, sync_page
from diptych.articles.languages.translations.progress import headline_to_sort


@dataclass
class Done:
    """The numbers of objects of one page type that were, or would be, adopted."""

    #: Pages that have come to be served by language, and those whose drafts and history were done.
    served: int = 0
    pages: int = 0
    revisions: int = 0
    comments: int = 0
    redirects: int = 0
    #: ``(primary key, title)`` of pages that stay in another language than the one asked for.
    refused: list = field(default_factory=list)

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def is_empty(self):
        return not any(vars(self).values())


def _batches(keys):
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


# Public data


def adopt_served(model, language=None):
    """Let the pages from before answer in their language; yields how many, batch by batch."""
    for code, keys in languages_of(pages_from_before(model), language).items():
        for part in _batches(keys):
            with transaction.atomic():
                adopt_columns(model, part, code)
                redirects = _write_rows(part, code)
            yield Done(served=len(part), redirects=redirects)


def _write_rows(keys, language):
    """Write the rows of the page × language table of pages that have none, and their redirects."""
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=keys)
    pages = list(pages.order_by("path").specific())
    writer = _Rows(pages)
    for page in pages:
        writer.add(page)
    writer.flush()
    served = [page for page in pages if page.live]
    return record_former(language, [(page.url_path, page.address_in(language)) for page in served])


class _Rows:
    """Writes the rows of new pages many at a time, and one by one where addresses are taken."""

    def __init__(self, pages):
        self.private = PrivateBranches()
        self.parents = _parents_of(pages)
        self.rows = _rows_of([*self.parents.values(), *pages])
        self.known = {page.pk for page in pages if page.pk in self.rows}
        self.waiting = []
        wanted = {row.url_path for rows in self.rows.values() for row in rows.values()}
        self.taken = {(code, path) for path in wanted for code in available_languages()}

    def add(self, page):
        parent = self.parents.get(page.path[: -page.steplen])
        self.parents[page.path] = page
        above = self.rows.get(parent.pk, {}) if parent else {}
        rows = {}
        for code in available_languages():
            path = parent_path_in(page, parent, above.get(code))
            values = expected_row(page, code, path, page.path in self.private)
            values["sorted_headline"] = headline_to_sort(page, code)
            rows[code] = PageLanguage(page=page, language=code, **values)
        if page.pk in self.known or self._is_taken(rows):
            self.flush()
            rows = sync_page(page, record_redirects=False)
        else:
            self.waiting.append((page, rows))
        self.rows[page.pk] = rows
        self.taken |= {(code, row.url_path) for code, row in rows.items()}

    def _is_taken(self, rows):
        if any((code, row.url_path) in self.taken for code, row in rows.items()):
            return True
        taken = Q()
        for code, row in rows.items():
            taken |= Q(language=code, url_path=row.url_path)
        return PageLanguage.objects.filter(taken).exists()

    def flush(self):
        PageLanguage.objects.bulk_create(
            row for _page, rows in self.waiting for row in rows.values()
        )
        for page, rows in self.waiting:
            page.clear_language_rows()
            rows_written.send(type(page), page=page, rows=rows, text_changed=False)
        self.waiting = []


def _parents_of(pages):
    """The pages directly above ``pages``, by their path."""
    paths = {page.path[: -page.steplen] for page in pages}
    found = swapper.load_model("wagtailcore", "Page").objects.filter(path__in=paths)
    return {page.path: page for page in found}


def _rows_of(pages):
    found = {}
    for row in PageLanguage.objects.filter(page__in=[page.pk for page in pages]):
        found.setdefault(row.page_id, {})[row.language] = row
    return found


# Drafts, history and comments


def adopt(model, language=None):
    """Adopt everything of the pages of ``model``; yields a :class:`Done` for each batch."""
    refused = []
    if language:
        found = pages_elsewhere(model, language)
        movable = movable_pages(model, found)
        for part in _batches(movable):
            yield Done(served=len(part), redirects=move_pages(model, part, language))
        kept = plain(model).filter(pk__in=found.keys() - set(movable))
        refused = list(kept.order_by("path").values_list("pk", "title"))
    yield from adopt_served(model, language)
    for part in _batches(list(_with_history(model).values_list("pk", flat=True))):
        yield _adopt_history(model, part)
    if refused:
        yield Done(refused=refused)


def _with_history(model):
    """The pages with revisions or comments to convert, or with rows that are not derived yet."""
    revised = revisions_from_before(model).order_by().values_list("object_id", flat=True)
    keys = {int(pk) for pk in revised.distinct()}
    keys.update(comments_from_before(model).values_list("page_id", flat=True))
    unlisted = PageLanguage.objects.filter(translated=True, progress=Progress.MISSING)
    own = unlisted.filter(page__in=pages_of(model).filter(alias_of=None).values("pk"))
    keys.update(own.values_list("page_id", flat=True))
    in_use = plain(model).filter(source_language__in=available_languages())
    return pages_of(model).filter(pk__in=keys).filter(pk__in=in_use.values("pk"))


@transaction.atomic
def _adopt_history(model, keys):
    """Convert the revisions and comments of these pages, and update their rows for lists."""
    sources = dict(plain(model).filter(pk__in=keys).values_list("pk", "source_language"))
    _readopt_published(model, sources)
    revisions = _adopt_revisions(model, sources)
    comments = list(comments_from_before(model).filter(page__in=sources))
    for comment in comments:
        comment.contentpath = adopted_path(comment.contentpath, sources[comment.page_id])
    Comment.objects.bulk_update(comments, ["contentpath"])
    pages = list(pages_of(model).filter(pk__in=sources).specific())
    write_derived(pages)
    _record_editors(sources)
    reindex(model, [*pages, *pages_of(model).filter(alias_of__in=sources).specific()])
    return Done(pages=len(pages), revisions=revisions, comments=len(comments))


def _record_editors(sources):
    """Record the last editor and the time of editing in the rows for lists."""
    rows = PageLanguage.objects.filter(
        page__in=sources, edited_at=None, page__latest_revision__isnull=False
    ).select_related("page__latest_revision")
    rows = [row for row in rows if row.language == sources[row.page_id]]
    for row in rows:
        revision = row.page.latest_revision
        row.edited_at, row.edited_by_id = revision.created_at, revision.user_id
    PageLanguage.objects.bulk_update(rows, ["edited_at", "edited_by"])


def _readopt_published(model, sources):
    """Adopt texts that an earlier release has published after ``migrate`` had adopted the page."""
    is_old = revisions_from_before(model).values("pk")
    pages = pages_of(model).filter(pk__in=sources, live_revision__in=is_old)
    changed = {}
    for page in pages.specific():
        if _is_behind(model, page, sources[page.pk]):
            changed.setdefault(sources[page.pk], []).append(page.pk)
    for code, keys in changed.items():
        adopt_columns(model, keys, code)
        for page in pages_of(model).filter(pk__in=keys).specific():
            sync_page(page)


def _is_behind(model, page, language):
    """Whether an earlier release has published another text than ``page`` has.

    Texts published by this release are in the columns of the language already, and dated there.
    """
    public_at, published_at = page.text_in("last_public_at", language), page.last_published_at
    if not published_at or (public_at and public_at >= published_at):
        return False
    published = adopted_content(model, page.live_revision.content, language)
    return language in changed_languages(model, page.serializable_data(), published)


def _adopt_revisions(model, sources):
    """Convert the revisions of pages, whose languages ``sources`` holds; returns how many."""
    found = revisions_from_before(model).filter(object_id__in=[str(pk) for pk in sources])
    keys = list(found.order_by("object_id", "created_at", "pk").values_list("pk", flat=True))
    last = {}
    for start in range(0, len(keys), REVISIONS):
        part, changed = Revision.objects.in_bulk(keys[start : start + REVISIONS]), []
        for revision in (part[pk] for pk in keys[start : start + REVISIONS]):
            language = sources[int(revision.object_id)]
            revision.content = adopted_content(model, revision.content, language)
            _adopt_comments_in(revision.content, language)
            before = last.get(revision.object_id)
            last = {revision.object_id: revision.content}
            languages = changed_languages(model, before, revision.content)
            changed += [RevisionLanguage(revision=revision, language=code) for code in languages]
        Revision.objects.bulk_update(part.values(), ["content"])
        RevisionLanguage.objects.bulk_create(changed, ignore_conflicts=True)
    return len(keys)


def _adopt_comments_in(content, language):
    """Convert the places of the comments that a revision keeps a copy of."""
    for comment in content.get("wagtail_admin_comments", ()):
        comment["contentpath"] = adopted_path(comment["contentpath"], language)


def reindex(model, pages):
    """Rebuild the search and reference indexes of ``pages`` from the columns of languages."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, [page for page in pages if page.get_indexed_instance()])
    if ReferenceIndex.model_is_indexable(model):
        for page in pages:
            ReferenceIndex.create_or_update_for_object(page)


# As part of migrate


def connect():
    """Adopt pages once ``migrate`` has done all that the engine does after it."""
    sender = apps.get_app_config(PageLanguage._meta.app_label)
    post_migrate.connect(pages_migrated, sender=sender, dispatch_uid="diptych_pages_migrated")


def pages_migrated(using, verbosity=1, **kwargs):
    """A receiver of ``post_migrate``: adopt public data, once every column exists."""
    is_of_pages = router.db_for_write(PageLanguage) == using
    if "plan" not in kwargs or not is_of_pages:
        return
    if is_to_be_migrated(connections[using]):
        _report_missing_migrations(connections[using], kwargs.get("stdout") if verbosity else None)
        return
    for model in multilingual_models():
        total = Done()
        for done in adopt_served(model):
            total.add(done)
        if total.served and verbosity and kwargs.get("stdout"):
            message = ngettext(
                "%(count)s page of the type %(model)s is served by language now. Go on with"
                " manage.py diptych_adopt %(model)s.",
                "%(count)s pages of the type %(model)s are served by language now. Go on with"
                " manage.py diptych_adopt %(model)s.",
                total.served,
            )
            values = {"count": total.served, "model": model._meta.label}
            kwargs["stdout"].write(f"  {message % values}\n")


def _report_missing_migrations(connection, stdout):
    for model in outdated_tables(multilingual_models(), connection) if stdout else ():
        message = _(
            "%(model)s has no columns for its languages yet: run manage.py makemigrations, then"
            " manage.py migrate again."
        )
        stdout.write(f"  {message % {'model': model._meta.label}}\n")
