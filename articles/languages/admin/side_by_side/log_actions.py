"""How Wagtail's page history renders log entries about translations."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.languages.admin.log_actions import LanguageFormatter


class TranslationFormatter(LanguageFormatter):
    """An entry about a translation, or about one unit of it with the texts of its source."""

    def format_comment(self, log_entry):
        before, after = log_entry.data.get("before"), log_entry.data.get("after")
        if before and after and before != after:
            texts = dict(zip(("before", "after"), _from_difference(before, after), strict=True))
            return _("“%(before)s” became “%(after)s”") % texts
        return _shortened(after or before or "")


def _from_difference(before, after):
    """Both texts, from four words before the first difference."""
    words = [text.split() for text in (before, after)]
    same = 0
    while same < min(map(len, words)) and words[0][same] == words[1][same]:
        same += 1
    start = max(same - 4, 0)
    mark = "… " if start else ""
    return [_shortened(mark + " ".join(each[start:])) for each in words]


def _shortened(text):
    return Truncator(" ".join(text.split())).chars(120)


class ConfirmationFormatter(TranslationFormatter):
    label = gettext_lazy("Confirm a translation")
    message = gettext_lazy("Translation into %(language)s still valid")


class KeepingFormatter(TranslationFormatter):
    label = gettext_lazy("Keep a text without a source")
    message = gettext_lazy("Kept in %(language)s though deleted in the source")


class MinorEditFormatter(TranslationFormatter):
    label = gettext_lazy("Minor edit of a source")
    message = gettext_lazy("Minor edit in %(language)s, no translation concerned")


class StartFormatter(TranslationFormatter):
    label = gettext_lazy("Start a translation")
    message = gettext_lazy("Translation into %(language)s started")


class PairingFormatter(TranslationFormatter):
    label = gettext_lazy("Connect a translation with its source")
    message = gettext_lazy("Blocks in %(language)s connected with those of the source")


class SourceFormatter(TranslationFormatter):
    label = gettext_lazy("Change the source language")
    message = gettext_lazy("%(language)s made the source")


def register(actions):
    """For the hook ``register_log_actions``."""
    actions.register_action("diptych.confirm_translation")(ConfirmationFormatter)
    actions.register_action("diptych.keep_translation")(KeepingFormatter)
    actions.register_action("diptych.minor_edit")(MinorEditFormatter)
    actions.register_action("diptych.start_translation")(StartFormatter)
    actions.register_action("diptych.pair_blocks")(PairingFormatter)
    actions.register_action("diptych.change_source")(SourceFormatter)
