from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from articles.languages.available import translated_language_name


class LanguageFormatter(LogFormatter):
    """Formats a log entry about a language, with its comment."""

    message = ""

    def format_message(self, log_entry):
        language = translated_language_name(log_entry.data["language"])
        return self.message % {"language": language}

    def format_comment(self, log_entry):
        return log_entry.data.get("comment", "")


class WithdrawalFormatter(LanguageFormatter):
    label = gettext_lazy("Unpublish in one language")
    message = gettext_lazy("Unpublished in %(language)s")


class SubmissionFormatter(LanguageFormatter):
    label = gettext_lazy("Hand in one language")
    message = gettext_lazy("Handed in for review in %(language)s")


class TakingBackFormatter(LanguageFormatter):
    label = gettext_lazy("Take one language back from review")
    message = gettext_lazy("Taken back from review in %(language)s")


class ApprovalFormatter(LanguageFormatter):
    label = gettext_lazy("Approve one language")
    message = gettext_lazy("Approved in %(language)s")


class SendingBackFormatter(LanguageFormatter):
    label = gettext_lazy("Send one language back")
    message = gettext_lazy("Sent back in %(language)s")


def register(actions):
    """Register the log actions for languages of pages."""
    actions.register_action("diptych.submit_language")(SubmissionFormatter)
    actions.register_action("diptych.take_back_language")(TakingBackFormatter)
    actions.register_action("diptych.approve_language")(ApprovalFormatter)
    actions.register_action("diptych.send_back_language")(SendingBackFormatter)
    actions.register_action("diptych.withdraw_language")(WithdrawalFormatter)
