"""How Wagtail's page history renders log entries about assignments."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.languages.admin.log_actions import LanguageFormatter
from articles.languages.available import translated_language_name
from articles.languages.dates import date_in_words


class ClaimFormatter(LanguageFormatter):
    label = gettext_lazy("Claim a translation")
    message = gettext_lazy("Claimed the translation into %(language)s")


class ReleaseFormatter(LanguageFormatter):
    label = gettext_lazy("Release a translation")
    message = gettext_lazy("Released the translation into %(language)s")


class WorkFormatter(LanguageFormatter):
    """An entry with the translator, if any, and the due date."""

    message_for = ""

    def format_message(self, log_entry):
        data = log_entry.data
        names = {
            "language": translated_language_name(data["language"]),
            "person": data.get("person", ""),
        }
        said = (self.message_for if names["person"] else self.message) % names
        if not data.get("due_date"):
            return said
        day = date_in_words(date.fromisoformat(data["due_date"]))
        return _("%(what)s, due on %(date)s") % {"what": said, "date": day}


class AssignFormatter(WorkFormatter):
    label = gettext_lazy("Assign a translation")
    message = gettext_lazy("Assigned the translation into %(language)s to nobody")
    message_for = gettext_lazy("Assigned the translation into %(language)s to %(person)s")


class AskFormatter(WorkFormatter):
    label = gettext_lazy("Ask for a translation")
    message = gettext_lazy("Asked for the translation into %(language)s")
    message_for = gettext_lazy("Asked %(person)s for the translation into %(language)s")


class PlanFormatter(LanguageFormatter):
    label = gettext_lazy("Set the due date of a translation")

    def format_message(self, log_entry):
        names = {"language": translated_language_name(log_entry.data["language"])}
        day = log_entry.data.get("due_date")
        if not day:
            return _("Removed the due date of the translation into %(language)s") % names
        names["date"] = date_in_words(date.fromisoformat(day))
        return _("Set the due date of the translation into %(language)s to %(date)s") % names


class CommentFormatter(LanguageFormatter):
    label = gettext_lazy("Comment on a translation")
    message = gettext_lazy("Commented on the translation into %(language)s")


def register(actions):
    """Register what happens to the work on a translation, for Wagtail's history and reports."""
    actions.register_action("diptych.claim_translation")(ClaimFormatter)
    actions.register_action("diptych.release_translation")(ReleaseFormatter)
    actions.register_action("diptych.assign_translation")(AssignFormatter)
    actions.register_action("diptych.ask_translation")(AskFormatter)
    actions.register_action("diptych.plan_translation")(PlanFormatter)
    actions.register_action("diptych.comment_translation")(CommentFormatter)
