"""The report of e-mails that wait or were given up, with a button to send them again."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, DateColumn

from diptych.articles.languages.admin.listings.reports import Report, ReportMenuItem, ReportViewSet
from operations.mail.models import OutgoingMail
from operations.mail.sending import enqueue, server

PERMISSION = "journal_mail.change_outgoingmail"


class MailColumn(BaseColumn):
    """The subject and to whom it is written."""

    cell_template_name = "journal_mail/mail_cell.html"


class StateColumn(BaseColumn):
    """The state of an e-mail, the answer of the mail server, and the button."""

    cell_template_name = "journal_mail/state_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": parent_context.get("csrf_token")}


class MailReport(Report):
    model = OutgoingMail
    page_title = gettext_lazy("E-mails")
    header_icon = "mail"
    default_ordering = "-made_at"
    columns = [
        MailColumn("mail", label=gettext_lazy("E-mail"), width="40%"),
        DateColumn("made_at", label=gettext_lazy("Written on"), sort_key="made_at"),
        StateColumn("state", label=gettext_lazy("State")),
    ]
    list_export = ["subject", "recipients", "made_at", "attempts", "error", "due_at"]
    export_filename = "e-mails"

    @staticmethod
    def can_see(user):
        return user.has_perm(PERMISSION)

    def get_base_queryset(self):
        return OutgoingMail.objects.all()

    @property
    def no_results_message(self):
        return _("All e-mails were sent.")


class MailViewSet(ReportViewSet):
    report_class = MailReport
    url_prefix = "journal/mail"

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("retry/", retry, name="retry")]


@require_POST
def retry(request):
    """Send one e-mail again, or all that were given up."""
    if not MailReport.can_see(request.user):
        raise PermissionDenied
    mails = OutgoingMail.objects.all()
    pk = request.POST.get("mail", "")
    mails = mails.filter(pk=pk) if pk.isdecimal() and len(pk) < 19 else mails.given_up()
    count = mails.retry()
    server.closed_until = 0
    enqueue()
    said = ngettext(
        "%(count)d e-mail is being sent again.", "%(count)d e-mails are being sent again.", count
    )
    messages.success(request, said % {"count": count})
    return redirect(reverse("journal_mail:index"))


def menu_item():
    """For the hook ``register_reports_menu_item``."""
    return ReportMenuItem(MailReport, "journal_mail", order=900)
