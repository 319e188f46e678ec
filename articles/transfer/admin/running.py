"""An import in the background, which stores its progress."""

import json
import logging
import time

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Site
from wagtail.users.models import UserProfile

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.transfer.admin.folder import imports_folder
from diptych.articles.transfer.models import ImportRun
from diptych.articles.transfer.report import Report

logger = logging.getLogger(__name__)

#: The queue of imports, where the project has one of its own.
BACKEND = "imports"
#: How often it is written how far an import is, in seconds.
INTERVAL = 1


class GivenUp(Exception):
    """Ends a run that was marked as stopped while it was silent."""


def start(run):
    """Have a stored ``run`` imported in the background."""
    after_commit(on_backend(run_import, BACKEND).enqueue, run.pk, translation.get_language())


def start_waiting():
    """Queue the runs once more that wait although they should have begun.

    One that still cannot be queued waits for the next time.
    """
    for run in ImportRun.objects.left_waiting().select_related("started_by"):
        try:
            on_backend(run_import, BACKEND).enqueue(run.pk, _language_of(run.started_by))
        except Exception:  # backends fail in many ways
            logger.exception("The import %s could not be queued.", run.pk)
            ImportRun.objects.filter(pk=run.pk).wait_on()


def _language_of(user):
    """The language in which ``user`` reads the admin."""
    if user is None:
        return settings.LANGUAGE_CODE
    return UserProfile.get_for_user(user).get_preferred_language()


@task()
def run_import(pk, language):
    """Run the import of the :class:`ImportRun` ``pk``; its messages are in ``language``."""
    waiting = ImportRun.objects.filter(pk=pk, state=ImportRun.State.WAITING)
    if not waiting.update(state=ImportRun.State.RUNNING, heard_at=timezone.now()):
        return
    run = ImportRun.objects.select_related("started_by").get(pk=pk)
    with translation.override(language):
        report = Report(is_dry=run.is_dry)
        try:
            _import(run, report)
            run.state = ImportRun.State.DONE
        except Exception as error:
            # Report any exception to the waiting user.
            logger.exception("The import %s was stopped.", pk)
            run.state, run.error = ImportRun.State.STOPPED, f"{error}" or type(error).__name__
    run.heard_at, run.counts = timezone.now(), report.counts
    run.report = json.dumps(report.as_dict(), ensure_ascii=False)
    run.save(update_fields=["state", "error", "heard_at", "counts", "report"])


def _import(run, report):
    # They need lxml, an extra.
    from diptych.articles.transfer.wordpress.export import Export
    from diptych.articles.transfer.wordpress.importing import Options, WordPressImport, source_of
    from diptych.articles.transfer.wordpress.media import Media

    options, progress = run.options, _Progress(run)
    paths = [imports_folder() / name for name in options["exports"]]
    export = Export(
        paths,
        options["language"] or None,
        options.get("old_host") or None,
        progress.reading(_("Reading")),
    )
    uploads = imports_folder() / options["uploads"] if options["uploads"] else None
    site = Site.objects.select_related("root_page").get(pk=options["site"])
    source, user = source_of(export, site), run.started_by
    with Media(export, uploads, source=source, report=report, user=user) as media:
        WordPressImport(
            export,
            site,
            media=media,
            report=report,
            owner=user,
            options=Options(
                tags=options["tags"],
                series=options["series"],
                articles=options.get("articles", []),
                lead_from_text=options["lead_from_text"],
            ),
            progress=progress,
            is_dry=run.is_dry,
        ).run()


class _Progress:
    """Writes how far a run is, at most once in an interval."""

    def __init__(self, run):
        self.run, self.written_at = run, 0

    def __call__(self, label, items, total):
        """``items``, counted."""
        for number, item in enumerate(items, 1):
            yield item
            self._write(label, number, total)

    def reading(self, label):
        """A function that is told the numbers of bytes read."""
        read = 0

        def add(count):
            nonlocal read
            read += count
            self._write(label, read, None)

        return add

    def _write(self, label, number, total):
        if time.monotonic() - self.written_at < INTERVAL:
            return
        self.written_at = time.monotonic()
        running = ImportRun.objects.filter(pk=self.run.pk, state=ImportRun.State.RUNNING)
        if not running.update(step=str(label), number=number, total=total, heard_at=timezone.now()):
            raise GivenUp(_("It was silent for too long, and another import may have begun."))
