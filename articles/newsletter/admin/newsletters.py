"""The screens of newsletters: one for each language, with its name and texts for readers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site

from diptych.articles.languages.config.language_config import (
    language_choices,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import can
from diptych.articles.newsletter.access import OwnLanguagesMixin
from diptych.articles.newsletter.models import Newsletter

FIELDS = (
    *("site", "language", "name", "description", "sender_name", "sender_address", "imprint"),
    "is_open",
)


class NewsletterForm(WagtailAdminModelForm):
    language = forms.ChoiceField(label=_("Language"))

    class Meta:
        model = Newsletter
        fields = FIELDS
        widgets = dict.fromkeys(("description", "imprint"), forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, name)
            for code, name in language_choices()
            if self.for_user is None or can(self.for_user, "publish", code)
        ]
        sites = Site.objects.all()
        self.fields["site"].label = _("Site")
        if len(sites) == 1:
            self.fields["site"].initial = sites[0]


class NewsletterEditView(OwnLanguagesMixin, generic.EditView):
    pass


class NewsletterDeleteView(OwnLanguagesMixin, generic.DeleteView):
    """Deletes a newsletter with its subscribers; the form shows their number first."""

    @property
    def confirmation_message(self):
        count = self.object.subscriptions.count()
        said = _("It goes with its addresses: %(count)d. Do you want to delete it?")
        return said % {"count": count}


class NewsletterViewSet(ModelViewSet):
    model = Newsletter
    name = "diptych_newsletters"
    url_prefix = "diptych/newsletter/newsletters"
    icon = "cog"
    menu_label = _("Newsletters by language")
    menu_name = "diptych-newsletters"
    edit_view_class = NewsletterEditView
    delete_view_class = NewsletterDeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "name",
        Column(
            "language",
            label=_("Language"),
            accessor=lambda each: translated_language_name(each.language),
        ),
        Column("subscribers", label=_("Subscribers"), accessor="subscriber_count"),
        BooleanColumn("is_open", label=_("Readers can sign up")),
    ]

    def get_form_class(self, for_update=False):
        return NewsletterForm

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(queryset=Newsletter.objects.with_counts(), **kwargs)
