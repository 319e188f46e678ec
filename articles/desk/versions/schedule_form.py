from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from articles.languages.admin.dates import limit_years


def _input():
    """Wagtail's, whose calendar opens where it covers neither date nor any button."""
    return AdminDateTimeInput(js_overlay_parent_selector="#diptych-dates")


class ScheduleForm(forms.Form):
    """When a language of a page is published, and when it is taken offline; either may be empty.

    ``problems`` keep the newest text from being scheduled; ``page`` has dates of its own.
    """

    publish_at = forms.DateTimeField(
        label=gettext_lazy("Publish on"), required=False, widget=_input()
    )
    withdraw_at = forms.DateTimeField(
        label=gettext_lazy("Unpublish on"), required=False, widget=_input()
    )
    with_newest_text = forms.BooleanField(
        label=gettext_lazy("Schedule the newest text instead"),
        required=False,
        help_text=gettext_lazy(
            "The text has changed since the date was set. Without this, it is published as it was."
        ),
    )

    def __init__(self, *args, page, has_text, has_newer_text, problems, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.has_text = has_text
        self.problems = problems
        if not has_newer_text:
            del self.fields["with_newest_text"]
        limit_years(self.fields)

    def clean(self):
        data = super().clean()
        for name in ("publish_at", "withdraw_at"):
            moment = data.get(name)
            if moment and name in self.changed_data and moment <= timezone.now():
                self.add_error(name, _("Choose a date in the future."))
        publish_at, withdraw_at = data.get("publish_at"), data.get("withdraw_at")
        if publish_at and withdraw_at and withdraw_at <= publish_at:
            self.add_error("withdraw_at", _("Choose a date after that of the publication."))
        expire_at = self.page.expire_at
        if publish_at and expire_at and expire_at <= publish_at:
            self.add_error("publish_at", _("The whole page goes offline before that."))
        if data.get("with_newest_text") and "publish_at" in data and not publish_at:
            self.add_error("publish_at", _("Say when the newest text is to be published."))
        takes_newest = data.get("with_newest_text") or not self.has_text
        if publish_at and takes_newest and self.problems:
            self.add_error("publish_at", " ".join([_("It is not complete yet."), *self.problems]))
        return data

    def date(self, name, known):
        """The date to set: the stored one, seconds included, where the input was left alone."""
        return self.cleaned_data[name] if name in self.changed_data else known
