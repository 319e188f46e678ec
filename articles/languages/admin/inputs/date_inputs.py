"""Date inputs that read and show dates as the language of the admin writes them."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import get_format, localize_input
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.panels import PublishingPanel
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from diptych.articles.languages.admin.inputs.frames import FramedInput

#: Accepted years; dates near the limits of Python overflow in some time zones.
YEARS = range(1800, 3000)


class LocalFormatMixin(FramedInput):
    """For a date input of Wagtail: the format of the active language, and a note on it."""

    template_name = "diptych_languages/admin/date_input.html"

    @property
    def local_format(self):
        """The first input format of the active language that has no seconds."""
        return next(style for style in get_format(self.format_key) if "%S" not in style)

    def format_value(self, value):
        return None if value in (None, "") else localize_input(value, self.local_format)

    def get_config(self):
        return {**super().get_config(), "format": to_datetimepicker_format(self.local_format)}

    def shown_beside(self):
        return self.note, str(self.get_config())

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["note"] = self.note
        widget["input_template"] = super().template_name
        if "id" in widget["attrs"]:
            widget["note_id"] = f"{widget['attrs']['id']}_note"
            known = widget["attrs"].get("aria-describedby", "")
            widget["attrs"]["aria-describedby"] = f"{known} {widget['note_id']}".strip()
        return context


class LocalDateInput(LocalFormatMixin, AdminDateInput):
    @property
    def note(self):
        example = localize_input(date(timezone.localdate().year, 12, 31), self.local_format)
        return _("For example %(example)s.") % {"example": example}


class LocalDateTimeInput(LocalFormatMixin, AdminDateTimeInput):
    """Shows the time zone, and for an ambiguous time its offset from UTC."""

    @property
    def note(self):
        moment = datetime(timezone.localdate().year, 12, 31, 14, 30)
        words = {
            "example": localize_input(moment, self.local_format),
            "zone": timezone.get_current_timezone_name(),
        }
        return _("For example %(example)s. Time zone: %(zone)s.") % words

    def format_value(self, value):
        if isinstance(value, datetime) and len(_offsets(value)) > 1:
            return _with_offset(value)
        return super().format_value(value)


def _offsets(moment):
    """The offsets of a naive local time from UTC: two at a change of the clocks, else one."""
    zone = timezone.get_current_timezone()
    first, second = (zone.utcoffset(moment.replace(fold=fold)) for fold in (0, 1))
    return [first] if first == second else [first, second]


def _with_offset(moment):
    """A naive local time in the ISO format with its offset, which Django's fields read."""
    return moment.replace(tzinfo=timezone.get_current_timezone()).isoformat(" ", "minutes")


def _validate_year(day):
    if day.year not in YEARS:
        raise ValidationError(
            _("Choose a date between the years %(first)s and %(last)s."),
            params={"first": YEARS[0], "last": YEARS[-1]},
        )


class LocalDateField(forms.DateField):
    widget = LocalDateInput
    default_validators = [_validate_year]


class LocalDateTimeField(forms.DateTimeField):
    """Explains why it refuses a time that a change of the clocks leaves out or repeats."""

    widget = LocalDateTimeInput
    default_validators = [_validate_year]

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise _clock_change(error) from error


def _clock_change(error):
    """The error to show for a time that Django could not place in the time zone."""
    moment = error.params["datetime"]
    offsets = _offsets(moment)
    if len(offsets) < 2:
        return error
    words = {"zone": timezone.get_current_timezone_name()}
    if offsets[0] < offsets[1]:
        message = _("The clocks go forward then: this time does not exist in %(zone)s.")
    else:
        message = _(
            "The clocks go back then: this time comes twice in %(zone)s. Write %(first)s or"
            " %(second)s."
        )
        words["first"], words["second"] = (
            _with_offset(moment.replace(fold=fold)) for fold in (0, 1)
        )
    return ValidationError(message % words, code=error.code)


class LocalPublishingPanel(PublishingPanel):
    """Wagtail's dialog of dates for the whole page."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for panel in self.children:
            panel.widget = LocalDateTimeInput(
                attrs=panel.widget.attrs,
                js_overlay_parent_selector=panel.widget.js_overlay_parent_selector,
            )


def script():
    """Hook for ``insert_global_admin_js``: calendars that do not change typed dates."""
    return format_html(
        '<script src="{}"></script>', static("diptych_languages/wagtail/date_inputs.js")
    )
