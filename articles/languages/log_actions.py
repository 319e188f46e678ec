from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from articles.languages.available import translated_language_name


class WithdrawalFormatter(LogFormatter):
    """The entry in a page's history that says in which language it was taken offline."""

    label = gettext_lazy("Unpublish in one language")

    def format_message(self, log_entry):
        language = translated_language_name(log_entry.data["language"])
        return _("Unpublished in %(language)s") % {"language": language}


def register(actions):
    """Register what happens to a language of a page, for Wagtail's history and reports."""
    actions.register_action("diptych.withdraw_language")(WithdrawalFormatter)
