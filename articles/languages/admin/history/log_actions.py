"""How Wagtail's history and reports render log entries about the languages of a page."""

from datetime import date, datetime

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogFormatter

from diptych.articles.languages.config.dates import date_in_words, moment_in_words
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.permissions import auditing
from diptych.articles.languages.publication import draft_links

#: The log entry of a page whose texts have become those of another; ``into`` in its data.
MERGED = "diptych.merge_translation"


class LanguageFormatter(LogFormatter):
    """Formats a log entry about a language, with its comment."""

    message = ""

    def format_message(self, log_entry):
        language = translated_language_name(log_entry.data["language"])
        return self.message % {"language": language}

    def format_comment(self, log_entry):
        return log_entry.data.get("comment", "")


class IncompletePublicationFormatter(LogFormatter):
    label = gettext_lazy("Publish what is incomplete")

    def format_message(self, log_entry):
        data = log_entry.data
        message = ngettext(
            "Confirmed that %(language)s goes live with %(count)s open place",
            "Confirmed that %(language)s goes live with %(count)s open places",
            data["count"],
        )
        language = translated_language_name(data["language"])
        return message % {"language": language, "count": data["count"]}

    def format_comment(self, log_entry):
        return "\n".join(log_entry.data["places"])


class PublicationAsItIsFormatter(LogFormatter):
    label = gettext_lazy("Publish as it is")

    def format_message(self, log_entry):
        language = translated_language_name(log_entry.data["language"])
        return _("%(language)s published as it is") % {"language": language}

    def format_comment(self, log_entry):
        return "\n".join(log_entry.data["reasons"])


class RefusedPublicationFormatter(LogFormatter):
    label = gettext_lazy("Date of the page not kept")
    message = gettext_lazy("Could not be published at its date")

    def format_comment(self, log_entry):
        return log_entry.data["reason"]


class UnpublicationFormatter(LanguageFormatter):
    label = gettext_lazy("Unpublish in one language")
    message = gettext_lazy("Unpublished in %(language)s")


class MergeFormatter(LanguageFormatter):
    label = gettext_lazy("Merge a translation")
    message = gettext_lazy("Merged into another page, as its text in %(language)s")


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
        "unpublish": gettext_lazy("To be unpublished in %(language)s on %(date)s"),
    }


class UnschedulingFormatter(DateFormatter):
    label = gettext_lazy("Call off the date of one language")
    messages = {
        "publish": gettext_lazy("No longer to be published in %(language)s on %(date)s"),
        "unpublish": gettext_lazy("No longer to be unpublished in %(language)s on %(date)s"),
    }


class OvertakenFormatter(DateFormatter):
    """The language was published or unpublished by hand before the date."""

    label = gettext_lazy("Date of one language overtaken")
    messages = {
        "publish": gettext_lazy("Publication in %(language)s on %(date)s overtaken and called off"),
        "unpublish": gettext_lazy(
            "Unpublication in %(language)s on %(date)s overtaken and called off"
        ),
    }


class RefusalFormatter(DateFormatter):
    label = gettext_lazy("Date of one language not kept")
    messages = {
        "publish": gettext_lazy("Could not be published in %(language)s on %(date)s"),
        "unpublish": gettext_lazy("Could not be unpublished in %(language)s on %(date)s"),
    }


class RestorationFormatter(LogFormatter):
    label = gettext_lazy("Restore one language")

    def format_message(self, log_entry):
        data = log_entry.data
        return _("Restored in %(language)s from the version of %(moment)s") % {
            "language": translated_language_name(data["language"]),
            "moment": moment_in_words(datetime.fromisoformat(data["revision"]["created"])),
        }


class DraftLinkFormatter(LogFormatter):
    """An entry about a link to a draft, with the date until which it is valid."""

    message = ""

    def format_message(self, log_entry):
        data = log_entry.data
        return self.message % {
            "language": translated_language_name(data["language"]),
            "date": moment_in_words(datetime.fromisoformat(data["expires_at"])),
        }


class DraftLinkCreationFormatter(DraftLinkFormatter):
    label = gettext_lazy("Make a link to a draft")
    message = gettext_lazy("Link to the draft in %(language)s made, valid until %(date)s")


class DraftLinkRevocationFormatter(DraftLinkFormatter):
    label = gettext_lazy("Revoke a link to a draft")
    message = gettext_lazy("Link to the draft in %(language)s revoked, valid until %(date)s")


class BinRestorationFormatter(LogFormatter):
    label = gettext_lazy("Restore from the bin")

    def format_message(self, log_entry):
        names = [translated_language_name(code) for code in log_entry.data["live_in"]]
        if not names:
            return _("Restored from the bin")
        return _("Restored from the bin, live in: %(languages)s") % {"languages": ", ".join(names)}


class FinalDeletionFormatter(LogFormatter):
    label = gettext_lazy("Delete for good")
    message = gettext_lazy("Deleted for good")


class GrantFormatter(LogFormatter):
    """An entry with the names ``added`` and ``removed``."""

    def format_comment(self, log_entry):
        sentences = []
        if added := log_entry.data.get("added"):
            sentences.append(_("Added: %(names)s.") % {"names": ", ".join(added)})
        if removed := log_entry.data.get("removed"):
            sentences.append(_("Removed: %(names)s.") % {"names": ", ".join(removed)})
        return " ".join(sentences)


class PermissionsFormatter(GrantFormatter):
    label = gettext_lazy("Change permissions")
    message = gettext_lazy("Permissions changed")


class GroupsFormatter(GrantFormatter):
    label = gettext_lazy("Change the groups of an account")
    message = gettext_lazy("Groups of the account changed")


class AccountFormatter(LogFormatter):
    label = gettext_lazy("Change an account")
    message = gettext_lazy("Account changed")
    names = {
        "is_active": gettext_lazy("whether it is active"),
        "is_superuser": gettext_lazy("whether it may do everything"),
        "password": gettext_lazy("password"),
    }

    def format_comment(self, log_entry):
        changed = dict.fromkeys(log_entry.data["changed"])
        return ", ".join(str(self.names[each]) for each in changed)


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
        message = (self.message_for if names["person"] else self.message) % names
        if not data.get("due_date"):
            return message
        day = date_in_words(date.fromisoformat(data["due_date"]))
        return _("%(what)s, due on %(date)s") % {"what": message, "date": day}


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
    """Hook for ``register_log_actions``."""
    actions.register_action("diptych.submit_language")(SubmissionFormatter)
    actions.register_action("diptych.take_back_language")(TakingBackFormatter)
    actions.register_action("diptych.approve_language")(ApprovalFormatter)
    actions.register_action("diptych.send_back_language")(SendingBackFormatter)
    actions.register_action("diptych.unpublish_language")(UnpublicationFormatter)
    actions.register_action("diptych.publish_incomplete")(IncompletePublicationFormatter)
    actions.register_action("diptych.publish_as_it_is")(PublicationAsItIsFormatter)
    actions.register_action("diptych.refuse_publication")(RefusedPublicationFormatter)
    actions.register_action("diptych.schedule_language")(SchedulingFormatter)
    actions.register_action("diptych.unschedule_language")(UnschedulingFormatter)
    actions.register_action("diptych.call_off_schedule")(OvertakenFormatter)
    actions.register_action("diptych.refuse_schedule")(RefusalFormatter)
    actions.register_action("diptych.restore_language")(RestorationFormatter)
    actions.register_action(draft_links.CREATION)(DraftLinkCreationFormatter)
    actions.register_action(draft_links.REVOCATION)(DraftLinkRevocationFormatter)
    actions.register_action("diptych.restore_from_bin")(BinRestorationFormatter)
    actions.register_action("diptych.delete_for_good")(FinalDeletionFormatter)
    actions.register_action(auditing.PERMISSIONS)(PermissionsFormatter)
    actions.register_action(auditing.GROUPS)(GroupsFormatter)
    actions.register_action(auditing.ACCOUNT)(AccountFormatter)
    actions.register_action("diptych.claim_translation")(ClaimFormatter)
    actions.register_action("diptych.release_translation")(ReleaseFormatter)
    actions.register_action("diptych.assign_translation")(AssignFormatter)
    actions.register_action("diptych.ask_translation")(AskFormatter)
    actions.register_action("diptych.plan_translation")(PlanFormatter)
    actions.register_action("diptych.comment_translation")(CommentFormatter)
    actions.register_action("diptych.confirm_translation")(ConfirmationFormatter)
    actions.register_action("diptych.keep_translation")(KeepingFormatter)
    actions.register_action("diptych.minor_edit")(MinorEditFormatter)
    actions.register_action("diptych.start_translation")(StartFormatter)
    actions.register_action(MERGED)(MergeFormatter)
    actions.register_action("diptych.pair_blocks")(PairingFormatter)
    actions.register_action("diptych.change_source")(SourceFormatter)
