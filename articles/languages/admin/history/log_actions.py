"""How Wagtail's page history renders log entries about schedules and restored versions."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from articles.languages.available import translated_language_name
from articles.languages.dates import moment_in_words


class DateFormatter(LogFormatter):
    """An entry about a date, in the time zone of the site."""

    messages = {}

    def format_message(self, log_entry):
        data = log_entry.data
        return self.messages[data["act"]] % {
            "language": translated_language_name(data["language"]),
            "date": moment_in_words(datetime.fromisoformat(data["due_at"])),
        }

    def format_comment(self, log_entry):
        return log_entry.data.get("reason", "")


class SchedulingFormatter(DateFormatter):
    label = gettext_lazy("Schedule one language")
    messages = {
        "publish": gettext_lazy("To be published in %(language)s on %(date)s"),
        "withdraw": gettext_lazy("To be unpublished in %(language)s on %(date)s"),
    }


class UnschedulingFormatter(DateFormatter):
    label = gettext_lazy("Call off the date of one language")
    messages = {
        "publish": gettext_lazy("No longer to be published in %(language)s on %(date)s"),
        "withdraw": gettext_lazy("No longer to be unpublished in %(language)s on %(date)s"),
    }


class OvertakenFormatter(DateFormatter):
    """The language was published or unpublished by hand before the date."""

    label = gettext_lazy("Date of one language overtaken")
    messages = {
        "publish": gettext_lazy("Publication in %(language)s on %(date)s overtaken and called off"),
        "withdraw": gettext_lazy(
            "Unpublication in %(language)s on %(date)s overtaken and called off"
        ),
    }


class RefusalFormatter(DateFormatter):
    label = gettext_lazy("Date of one language not kept")
    messages = {
        "publish": gettext_lazy("Could not be published in %(language)s on %(date)s"),
        "withdraw": gettext_lazy("Could not be unpublished in %(language)s on %(date)s"),
    }


class RestorationFormatter(LogFormatter):
    label = gettext_lazy("Restore one language")

    def format_message(self, log_entry):
        data = log_entry.data
        return _("Restored in %(language)s from the version of %(moment)s") % {
            "language": translated_language_name(data["language"]),
            "moment": moment_in_words(datetime.fromisoformat(data["revision"]["created"])),
        }


def register(actions):
    """For the hook ``register_log_actions``."""
    actions.register_action("diptych.schedule_language")(SchedulingFormatter)
    actions.register_action("diptych.unschedule_language")(UnschedulingFormatter)
    actions.register_action("diptych.call_off_schedule")(OvertakenFormatter)
    actions.register_action("diptych.refuse_schedule")(RefusalFormatter)
    actions.register_action("diptych.restore_language")(RestorationFormatter)
