"""The report on background work: waiting and failed tasks, and last runs of timers."""

import re

from django.apps import apps
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from diptych.articles.languages.bin.branches import pages_left
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.models import BranchDeletion, UnmovedBranch
from diptych.articles.languages.routes.moving_branches import left_to_move
from operations.maintenance.timers import missed, timed
from operations.models import TimedCommand

#: The application of the queue, and its label.
QUEUE, QUEUE_LABEL = "django_tasks_db", "django_tasks_database"
#: The application that suggests articles, and its label.
RELATED, RELATED_LABEL = "diptych.articles.related", "diptych_related"
#: The application of the drafts by a machine, and its label.
TRANSLATING, TRANSLATING_LABEL = "diptych.articles.translation_tools", "diptych_translation_tools"
#: How many failed tasks are listed, newest first.
LISTED = 50
#: For how many articles suggestions are made at a time.
RETRIED = 200
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def has_queue():
    """Whether tasks are kept in the database; else each web server has them in its memory."""
    return apps.is_installed(QUEUE)


def tasks():
    return apps.get_model(QUEUE_LABEL, "DBTaskResult").objects


def pending_updates():
    """The articles that wait for their suggestions; ``None`` where nothing suggests articles."""
    if apps.is_installed(RELATED):
        return apps.get_model(RELATED_LABEL, "PendingUpdate").objects
    return None


def machine_drafts():
    """How many drafts by a machine wait or run; ``None`` where nothing makes any."""
    if not apps.is_installed(TRANSLATING):
        return None
    return apps.get_model(TRANSLATING_LABEL, "MachineDraft").objects.under_way().count()


class BackgroundWorkView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "journal/background_work.html"
    page_title = gettext_lazy("Background work")
    header_icon = "history"

    def dispatch(self, request, *args, **kwargs):
        _require_superuser(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        queue = _queue() if has_queue() else {}
        return {
            **super().get_context_data(**kwargs),
            **queue,
            "has_queue": has_queue(),
            "branches": [_progress(each) for each in _branches()],
            "deletions": [_deleted(each) for each in _deletions()],
            "suggestions": _suggestions(),
            "machine_drafts": machine_drafts(),
            "timers": _timers(),
        }


def _queue():
    """The state of the queue: numbers, age of the oldest task, and failed tasks."""
    waiting = tasks().ready()
    failed = tasks().failed().order_by("-finished_at")
    return {
        "waiting": waiting.count(),
        "running": tasks().running().count(),
        "oldest": waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first(),
        "failed_count": failed.count(),
        "failed": [(each, _task_of(each) is not None) for each in failed[:LISTED]],
    }


def _task_of(stored):
    """The task of a stored row; ``None`` if an update took it away or gave it another name."""
    try:
        return stored.task
    except (ImportError, SuspiciousOperation):
        return None


def _suggestions():
    """How many articles wait for their suggestions, and for how many making them has failed."""
    pending = pending_updates()
    if pending is None:
        return None
    return {
        "waiting": pending.filter(attempts=0).count(),
        "failed": pending.filter(attempts__gt=0).count(),
    }


def _branches():
    return UnmovedBranch.objects.select_related("page").order_by("pk")


def _progress(branch):
    """How many pages of a branch have their new addresses, out of how many."""
    left, number = left_to_move(branch)
    return {
        "title": branch.page.specific_deferred.get_admin_display_title(),
        "language": translated_language_name(branch.language),
        "done": number - left,
        "number": number,
    }


def _deletions():
    return BranchDeletion.objects.select_related("page").order_by("pk")


def _deleted(deletion):
    """How many pages of a branch are in the bin, out of how many, and whether that has stopped."""
    number = deletion.page_count
    return {
        "title": deletion.title,
        "done": max(number - pages_left(deletion), 0),
        "number": number,
        "is_stopped": deletion.is_stopped,
    }


def _timers():
    known = TimedCommand.objects.in_bulk()
    late = missed()
    return [{"name": name, "last": known.get(name), "is_late": name in late} for name in timed()]


@require_POST
def retry_task(request, pk):
    """Put a failed task into the queue again, as a new one in its place."""
    stored = _failed_or_404(request, pk).first()
    task = stored and _task_of(stored)
    if task is not None:
        arguments = stored.args_kwargs
        task.enqueue(*arguments["args"], **arguments["kwargs"])
        stored.delete()
        messages.success(request, _("The task waits again."))
    elif stored is not None:
        messages.error(request, _("This task no longer exists: it can only be deleted."))
    return redirect("journal_background_work")


@require_POST
def delete_task(request, pk):
    """Delete a failed task, as one that no longer exists cannot be retried."""
    _failed_or_404(request, pk).delete()
    messages.success(request, _("The task is deleted."))
    return redirect("journal_background_work")


def _failed_or_404(request, pk):
    """The failed task ``pk`` as a queryset, which is empty if it has not failed or is gone."""
    _require_superuser(request)
    if not has_queue() or not _UUID.fullmatch(pk):
        raise Http404
    return tasks().failed().filter(pk=pk)


@require_POST
def retry_suggestions(request):
    """Make the suggestions that wait or failed, in the background."""
    _require_superuser(request)
    pending = pending_updates()
    if pending is None:
        raise Http404
    from diptych.articles.related.tasks import enqueue

    for pk in pending.order_by("marked_at").values_list("page_id", flat=True)[:RETRIED]:
        enqueue(pk)
    messages.success(request, _("The suggestions are made in the background."))
    return redirect("journal_background_work")


def _require_superuser(request):
    if not request.user.is_superuser:
        raise PermissionDenied


urlpatterns = [
    path("reports/background-work/", BackgroundWorkView.as_view(), name="journal_background_work"),
    path("reports/background-work/<slug:pk>/retry/", retry_task, name="journal_retry_task"),
    path("reports/background-work/<slug:pk>/delete/", delete_task, name="journal_delete_task"),
    path(
        "reports/background-work/suggestions/",
        retry_suggestions,
        name="journal_retry_suggestions",
    ),
]


class BackgroundWorkMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


def menu_item():
    url = reverse("journal_background_work")
    label = gettext_lazy("Background work")
    return BackgroundWorkMenuItem(
        label, url, name="background-work", icon_name="history", order=1300
    )
