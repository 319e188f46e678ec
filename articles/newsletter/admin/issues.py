"""The screens of issues: written, previewed, tested, sent, and followed while they are sent."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.utils.decorators import xframe_options_sameorigin_override

from diptych.articles.languages.admin.inputs.date_inputs import LocalDateTimeField
from diptych.articles.languages.admin.read_only.fields import InlinePanel
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.permissions.policy import can, languages_for
from diptych.articles.models import ArticlePage
from diptych.articles.newsletter import sending
from diptych.articles.newsletter.access import OwnLanguagesMixin
from diptych.articles.newsletter.composing import compose
from diptych.articles.newsletter.links import absolute_address
from diptych.articles.newsletter.models import Delivery, Issue, Newsletter, Subscription

SEND = "diptych_newsletter.send_issue"
#: The template of the question before an issue is sent to all.
ASK = "diptych_newsletter/admin/confirm.html"
#: Seconds after which a screen that shows progress is loaded again.
REFRESH = 3
#: The acts that an editor is asked about before they are done.
ASKED_ABOUT = ("send", "schedule")
#: Mails that are listed in each of the states that an editor has to know of.
ROWS = 200
State = Issue.State


class IssueForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user is not None and "newsletter" in self.fields:
            languages = languages_for(self.for_user, "publish")
            self.fields["newsletter"].queryset = Newsletter.objects.filter(language__in=languages)


class SendTimeForm(forms.Form):
    """When an issue is sent."""

    send_at = LocalDateTimeField(label=gettext_lazy("Send at"))

    def clean_send_at(self):
        moment = self.cleaned_data["send_at"]
        if moment <= now():
            raise forms.ValidationError(_("Give a time in the future."))
        return moment


def may_edit(user, issue):
    """Whether ``issue`` can still be changed by ``user``, who may change issues.

    A scheduled issue is sent unchanged, so only users with permission to send may edit it.
    """
    return issue.is_editable and (issue.state == State.DRAFT or user.has_perm(SEND))


def _sending_url(issue):
    return reverse("diptych_newsletter_issues:send", args=[issue.pk])


class IssueCreateView(generic.CreateView):
    def get_success_url(self):
        return _sending_url(self.object)


class IssueEditView(OwnLanguagesMixin, generic.EditView):
    def get_object(self, queryset=None):
        found = super().get_object(queryset)
        if not may_edit(self.request.user, found):
            raise PermissionDenied
        return found

    def get_success_url(self):
        return _sending_url(self.object)


class IssueDeleteView(OwnLanguagesMixin, generic.DeleteView):
    def get_object(self, queryset=None):
        found = super().get_object(queryset)
        if found.state == State.SENDING:
            raise PermissionDenied
        return found


class IssueMixin:
    """A view about one issue, for those who may change issues and publish in its language."""

    @cached_property
    def issue(self):
        issues = Issue.objects.select_related("newsletter__site")
        return get_object_or_404(issues, pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        may_change = request.user.has_perm("diptych_newsletter.change_issue")
        if not may_change or not can(request.user, "publish", self.issue.language):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@method_decorator(xframe_options_sameorigin_override, name="dispatch")
class IssuePreviewView(IssueMixin, View):
    """The mail as readers get it now, in one of its two forms."""

    def get(self, request, pk, form):
        rendered = compose(self.issue)
        unsubscribe = absolute_address(self.issue.newsletter, "diptych_newsletter")
        if form == "html":
            return HttpResponse(rendered.html_for(unsubscribe))
        if form == "text":
            kind = "text/plain; charset=utf-8"
            return HttpResponse(rendered.text_for(unsubscribe), content_type=kind)
        raise Http404


class IssueSendingView(IssueMixin, WagtailAdminTemplateMixin, TemplateView):
    """The screen of an issue before, during and after sending; each button posts an action.

    Sending to all subscribers needs a second request that confirms it.
    """

    template_name = "diptych_newsletter/admin/sending.html"
    header_icon = "mail"
    time_form = None

    @property
    def page_title(self):
        return self.issue.subject

    def get_breadcrumbs_items(self):
        index = reverse("diptych_newsletter_issues:index")
        return [
            *self.breadcrumbs_items,
            {"url": index, "label": _("Issues")},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.issue.state == State.SENDING:
            response["Refresh"] = str(REFRESH)
        elif sending.can_be_called_off(self.issue):
            left = (self.issue.send_at - now()).total_seconds()
            response["Refresh"] = str(max(REFRESH, round(left) + 1))
        return response

    def post(self, request, *args, **kwargs):
        acts = {
            "test": self._test,
            "send": self._send,
            "schedule": self._schedule,
            "cancel": lambda: self._move([State.SCHEDULED], State.DRAFT, send_at=None),
            "stop": lambda: self._move([State.SENDING], State.STOPPED),
            "resume": self._resume,
            "repeat": self._repeat,
        }
        act = request.POST.get("act")
        if act not in acts:
            raise Http404
        if act != "test" and not request.user.has_perm(SEND):
            raise PermissionDenied
        if act == "schedule" and not self._time_is_valid():
            return self.render_to_response(self.get_context_data())
        if act in ASKED_ABOUT and self.issue.is_editable and "confirmed" not in request.POST:
            return self._ask(act)
        acts[act]()
        return redirect(_sending_url(self.issue))

    def _ask(self, act):
        """The question before an issue is sent; at a later time, there may be something to send."""
        reason = sending.obstacle(self.issue) if act == "send" else ""
        if reason:
            messages.error(self.request, _(reason))
            return redirect(_sending_url(self.issue))
        return TemplateResponse(self.request, ASK, self.get_context_data(act=act))

    def _time_is_valid(self):
        self.time_form = SendTimeForm(self.request.POST)
        return self.time_form.is_valid()

    def _test(self):
        """Send it to the person who asks, alone."""
        address = self.request.user.email
        if not address:
            messages.error(self.request, _("Your account has no e-mail address."))
            return
        reader = Subscription(newsletter=self.issue.newsletter, address=address)
        try:
            # As other mails to editors, which this site keeps and sends in the background.
            sending.message(compose(self.issue), reader).send()
        except Exception as error:  # a mail server fails in many ways
            said = _("The mail server did not take it: %(error)s")
            messages.error(self.request, said % {"error": f"{type(error).__name__}: {error}"[:300]})
        else:
            messages.success(self.request, _("On its way to %(address)s.") % {"address": address})

    def _send(self):
        try:
            self._report(sending.send_in_a_minute(self.issue))
        except sending.NotSendable as reason:
            messages.error(self.request, _(str(reason)))

    def _schedule(self):
        self._report(sending.schedule(self.issue, self.time_form.cleaned_data["send_at"]))

    def _report(self, is_scheduled):
        if not is_scheduled:
            messages.error(self.request, _("It has been begun already."))

    def _move(self, states, state, **values):
        if not Issue.objects.move(self.issue, states, state, **values):
            messages.error(self.request, _("It is in another state by now."))

    def _resume(self):
        if Issue.objects.move(self.issue, [State.STOPPED], State.SENDING, error=""):
            sending.enqueue(self.issue)

    def _repeat(self):
        """Send the uncertain mails again, which an editor has decided to."""
        uncertain = self.issue.deliveries.filter(state=Delivery.State.UNKNOWN)
        uncertain.update(state=Delivery.State.WAITING, error="")
        values = {"finished_at": None, "error": ""}
        Issue.objects.move(self.issue, [State.SENT, State.STOPPED], State.SENDING, **values)
        sending.enqueue(self.issue)

    def get_context_data(self, **kwargs):
        issue, rendered = self.issue, None
        counts = issue.deliveries.counts()
        if issue.is_editable:
            rendered = compose(issue)
        time_form = self.time_form or SendTimeForm()
        told = (Delivery.State.REFUSED, Delivery.State.UNKNOWN)
        troubled = issue.deliveries.filter(state__in=told).select_related("subscription")
        total = sum(counts.values())
        labels = dict(Delivery.State.choices)
        return super().get_context_data(
            issue=issue,
            letter=rendered,
            left_out=ArticlePage.objects.filter(pk__in=rendered.left_out) if rendered else [],
            language=translated_language_name(issue.language),
            readers=issue.newsletter.subscriptions.confirmed().count(),
            can_send=self.request.user.has_perm(SEND),
            can_edit=may_edit(self.request.user, issue),
            can_be_called_off=sending.can_be_called_off(issue),
            time_form=time_form,
            media=time_form.media,
            counts=[(labels[key], number) for key, number in counts.items() if number],
            total=total,
            done=total - counts[Delivery.State.WAITING] - counts[Delivery.State.SENDING],
            uncertain=counts[Delivery.State.UNKNOWN],
            troubled=[(each, labels[each.state]) for each in troubled[:ROWS]],
            **kwargs,
        )


class IssueViewSet(ModelViewSet):
    model = Issue
    name = "diptych_newsletter_issues"
    url_prefix = "diptych/newsletter/issues"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Issues")
    menu_name = "diptych-newsletter-issues"
    add_view_class = IssueCreateView
    edit_view_class = IssueEditView
    delete_view_class = IssueDeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    list_filter = ["newsletter", "state"]
    list_display = [
        TitleColumn("subject", label=gettext_lazy("Subject"), get_url=_sending_url),
        Column("newsletter", label=gettext_lazy("Newsletter")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("send_at", label=gettext_lazy("To be sent")),
        DateColumn("started_at", label=gettext_lazy("Begun")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("newsletter"),
            FieldPanel("subject"),
            FieldPanel("introduction"),
            InlinePanel(
                "articles",
                panels=[FieldPanel("article")],
                heading=gettext_lazy("Articles"),
                label=gettext_lazy("Article"),
                add_label=gettext_lazy("Add an article"),
                help_text=gettext_lazy("Without any, the newest since the issue before are sent."),
            ),
            FieldPanel("most"),
        ],
        base_form_class=IssueForm,
    )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("send/<int:pk>/", self.construct_view(IssueSendingView), name="send"),
            path("preview/<int:pk>/<slug:form>/", IssuePreviewView.as_view(), name="preview"),
        ]
