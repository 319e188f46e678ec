"""Wagtail's command, extended by the schedules of single languages and links to drafts."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.management.commands import publish_scheduled

from diptych.articles.languages.bin.branches import delete_branches
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.config.signals import work_due
from diptych.articles.languages.index.statistics import analyse
from diptych.articles.languages.models import DraftLink, Notification
from diptych.articles.languages.publication.schedules.scheduling import (
    PUBLISH,
    Refused,
    carry_out,
    due_schedules,
    problems_of,
)
from diptych.articles.languages.routes.frontend_caches import purge_due
from diptych.articles.languages.routes.moving_branches import move_branches

#: For how many seconds one run moves pages to the bin: other schedules wait for the next one.
SHARE = 60


class Command(publish_scheduled.Command):
    """Carries out schedules of whole pages first, then those of languages.

    Deletes expired links to drafts and old notifications, goes on with large branches that are
    moved or deleted, purges what was left before, has other work taken up, and lets SQLite analyse
    its tables.
    """

    help = "Publish and unpublish what is due: whole pages, then single languages."

    def handle(self, *args, **options):
        try:
            super().handle(*args, **options)
        finally:
            self._keep_dates(options["dryrun"])
            if not options["dryrun"]:
                DraftLink.objects.expired().delete()
                Notification.objects.outdated().delete()
                analyse()
                move_branches.func()
                purge_due()
                work_due.send_robust(type(self))
                delete_branches.func(SHARE)

    def _keep_dates(self, is_dry_run):
        done = refused = 0
        for schedule in due_schedules():
            if is_dry_run:
                self._announce(schedule)
            elif self._carry_out(schedule):
                done += 1
            else:
                refused += 1
        if done or refused:
            message = _("Languages: %(done)s carried out, %(refused)s refused.")
            self.stdout.write(message % {"done": done, "refused": refused})

    def _carry_out(self, schedule):
        line = self._line(schedule)
        try:
            idle = carry_out(schedule)
        except Refused as reason:
            message = _("Refused: %(what)s. %(reason)s It is tried again with the next run.")
            self.stderr.write(message % {"what": line, "reason": reason})
            return False
        self.stdout.write(f"{line}. {idle}" if idle else line)
        return True

    def _announce(self, schedule):
        problems = " ".join(problems_of(schedule))
        line = self._line(schedule)
        self.stdout.write(
            _("Refused: %(what)s. %(reason)s") % {"what": line, "reason": problems}
            if problems
            else line
        )

    def _line(self, schedule):
        if schedule.act == PUBLISH:
            message = _("Publish “%(page)s” in %(language)s (%(date)s)")
        else:
            message = _("Unpublish “%(page)s” in %(language)s (%(date)s)")
        return message % {
            "page": schedule.page.get_admin_display_title(),
            "language": translated_language_name(schedule.language),
            "date": localtime(schedule.due_at).strftime("%Y-%m-%d %H:%M"),
        }
