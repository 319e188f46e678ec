"""The view in which editors make, copy and revoke links to the draft of a page."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from diptych.articles.languages.admin.links import PageBreadcrumbsMixin
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.config.dates import moment_in_words
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.publication.draft_links import (
    DAYS,
    USUAL_DAYS,
    TooManyLinks,
    address_of,
    can_share,
    create_link,
    languages_to_share,
    revoke_link,
)
from diptych.articles.languages.publication.pages import MultilingualPageMixin


class DraftLinkForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        widget=forms.RadioSelect,
        coerce=int,
        initial=USUAL_DAYS,
    )

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(code, language_heading(code)) for code in languages]
        self.fields["language"].choices = names
        self.fields["language"].initial = languages[0] if languages else None
        self.fields["days"].choices = [
            (number, ngettext("%(count)s day", "%(count)s days", number) % {"count": number})
            for number in DAYS
        ]


class DraftLinksView(PageBreadcrumbsMixin, FormView):
    """The links to the draft of a page in the languages that the person may edit."""

    template_name = "diptych_languages/admin/draft_links.html"
    form_class = DraftLinkForm
    header_icon = "link"
    page_title = gettext_lazy("Links to the draft")

    def dispatch(self, request, page_id):
        self.page = get_object_or_404(Page, pk=page_id).specific
        if not isinstance(self.page, MultilingualPageMixin) or self.page.alias_of_id:
            raise Http404
        if not self.languages:
            raise PermissionDenied
        return super().dispatch(request)

    @cached_property
    def languages(self):
        """The languages of which the person may show the draft, once something is written."""
        user = self.request.user
        return [code for code in available_languages() if can_share(user, self.page, code)]

    @property
    def links(self):
        links = self.page.draft_links.unexpired().filter(language__in=self.languages)
        return links.select_related("user").order_by("-created_at", "-pk")

    def get_form_kwargs(self):
        draft = self.page.get_latest_revision_as_object()
        languages = languages_to_share(self.request.user, draft)
        return {**super().get_form_kwargs(), "languages": languages}

    def get_success_url(self):
        return reverse("diptych_draft_links", args=(self.page.pk,))

    def post(self, request, *args, **kwargs):
        if "revoke" in request.POST:
            return self._revoke(request.POST["revoke"])
        return super().post(request, *args, **kwargs)

    def _revoke(self, number):
        """Revoke the link with this number; one that has gone meanwhile is no error."""
        link = self.links.filter(pk=id_in(number)).first()
        if link is not None:
            revoke_link(link, self.request.user)
        messages.success(self.request, _("The link is revoked: it leads nowhere any more."))
        return redirect(self.get_success_url())

    def form_valid(self, form):
        language, days = form.cleaned_data["language"], form.cleaned_data["days"]
        try:
            link = create_link(self.page, language, self.request.user, days)
        except TooManyLinks:
            form.add_error(None, _("You have made many links within an hour. Try again later."))
            return self.form_invalid(form)
        message = _("The link to the draft in %(language)s is valid until %(date)s.")
        words = {
            "language": translated_language_name(language),
            "date": moment_in_words(link.expires_at),
        }
        messages.success(self.request, message % words)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        links = [
            {
                "link": link,
                "language": language_heading(link.language),
                "address": address_of(link, self.page, self.request),
                # Whoever made it may edit the page no more: it leads nowhere.
                "is_dead": not can_share(link.user, self.page, link.language),
            }
            for link in self.links
        ]
        return super().get_context_data(**kwargs, links=links, edit_url=self.edit_url)


def header_buttons(page, user, view_name, next_url=None):
    """For ``register_page_header_buttons``."""
    if not isinstance(page, MultilingualPageMixin) or not page.pk:
        return
    if any(can_share(user, page, language) for language in available_languages()):
        yield Button(
            _("Links to the draft"),
            reverse("diptych_draft_links", args=(page.pk,)),
            icon_name="link",
            priority=13,
        )
