"""Export and erasure of the stored data of the person who has an account."""

from email.utils import parseaddr

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    Revision,
)
from wagtail.users.models import UserProfile

from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.config.fields import text_columns
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import DraftLink, Notification, TranslationAssignment
from diptych.articles.models import AuthorPage
from operations.accounts.sessions import end_sessions
from operations.mail.models import OutgoingMail
from operations.mail.password_reset import stored_requests

#: The columns of an account that are about the person.
OF_ACCOUNTS = ("username", "first_name", "last_name", "email", "date_joined", "last_login")
#: By kind: the tables of django-allauth, where it is set, and the columns of them to export.
OF_ALLAUTH = {
    "single_sign_on": (
        "socialaccount.SocialAccount",
        ("provider", "uid", "date_joined", "last_login", "extra_data"),
    ),
    "addresses": ("account.EmailAddress", ("email", "verified")),
    "factors": ("mfa.Authenticator", ("type", "created_at", "last_used_at")),
}


class NotErasable(Exception):
    """Raised if a person cannot be erased; the message is shown to the user."""


def _belonging_to(user):
    """By kind: the rows that are about the person, and the columns of them to export."""
    name = user.get_username()
    return {
        "profile": (UserProfile.objects.filter(user=user), ("preferred_language", "avatar")),
        "sign_ins": (
            AccessLog.objects.filter(username=name),
            ("attempt_time", "logout_time", "ip_address", "user_agent"),
        ),
        "failed_sign_ins": (
            AccessFailureLog.objects.filter(username=name),
            ("attempt_time", "ip_address", "user_agent"),
        ),
        "attempts": (
            AccessAttempt.objects.filter(username=name),
            ("attempt_time", "ip_address", "user_agent"),
        ),
        "notifications": (
            Notification.objects.filter(Q(recipient=user) | Q(sender=user)),
            ("created_at", "subject", "text", "url"),
        ),
        "draft_links": (
            DraftLink.objects.filter(user=user),
            ("page_id", "language", "created_at", "expires_at"),
        ),
        **_newsletters_of(user),
        **{
            kind: (apps.get_model(model).objects.filter(user=user), names)
            for kind, (model, names) in OF_ALLAUTH.items()
            if apps.is_installed(f"allauth.{model.partition('.')[0]}")
        },
    }


def _newsletters_of(user):
    if not apps.is_installed("diptych.articles.newsletter"):
        return {}
    from diptych.articles.newsletter.models import EXPORTED

    found = apps.get_model("diptych_newsletter", "Subscription").objects
    return {"newsletters": (found.with_address(user.email), EXPORTED)}


def _made_by(user):
    """Objects that the person created, which are not erased, by kind, with columns to export."""
    return {
        "history_of_pages": (
            PageLogEntry.objects.filter(user=user),
            ("timestamp", "action", "label", "page_id"),
        ),
        "history": (
            ModelLogEntry.objects.filter(user=user),
            ("timestamp", "action", "label", "object_id"),
        ),
        "versions": (Revision.objects.filter(user=user), ("created_at", "object_id")),
        "comments": (Comment.objects.filter(user=user), ("created_at", "page_id", "text")),
        "replies": (CommentReply.objects.filter(user=user), ("created_at", "text")),
        "translations": (
            TranslationAssignment.objects.filter(translator=user),
            ("page_id", "language"),
        ),
        "images": (get_image_model().objects.filter(uploaded_by_user=user), ("pk", "title")),
        "documents": (get_document_model().objects.filter(uploaded_by_user=user), ("pk", "title")),
        "author_pages": (AuthorPage.objects.filter(account=user), ("pk", "title")),
    }


def exported(user):
    """All that is stored about the person of an account, for a JSON file."""
    kinds = {**_belonging_to(user), **_made_by(user)}
    return {
        "account": {name: getattr(user, name, None) for name in OF_ACCOUNTS},
        "groups": list(user.groups.values_list("name", flat=True)),
        **{kind: list(rows.order_by("pk").values(*names)) for kind, (rows, names) in kinds.items()},
    }


@transaction.atomic
def erase(user):
    """Anonymize the account: personal data is deleted, created objects are not.

    The account has to be closed. Returns its new name, which is shown in the history.
    """
    if user.is_active:
        raise NotErasable(_("Close the account first: somebody may have to go on with its work."))
    name, full_name = user.get_username(), user.get_full_name()
    end_sessions(user)
    if user.email:
        _forget_address(user.email)
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        storage, path = profile.avatar.storage, profile.avatar.name
        after_commit(storage.delete, path)
    for rows, _names in _belonging_to(user).values():
        rows.delete()
    AuthorPage.objects.filter(account=user).update(account=None)
    user.username = f"erased-{user.pk}"
    user.first_name = user.last_name = user.email = ""
    user.set_unusable_password()
    user.save()
    _rename_in_history(user, {name, full_name} - {""})
    return user.get_username()


def _forget_address(address):
    """Send nothing to ``address`` that waits, and delete its requests for a new password."""
    for mail in OutgoingMail.objects.filter(recipients__icontains=address):
        sent_to = {name: mail.message.get(name) or [] for name in ("to", "cc", "bcc")}
        others = {
            name: [each for each in each_to if not _is_address(each, address)]
            for name, each_to in sent_to.items()
        }
        if not any(others.values()):
            mail.delete()
        elif others != sent_to:
            mail.message = {**mail.message, **others}
            mail.recipients = ", ".join([*others["to"], *others["cc"], *others["bcc"]])
            mail.save(update_fields=["message", "recipients"])
    if apps.is_installed("django_tasks_db"):
        for request in stored_requests():
            if any(_is_address(each, address) for each in request.args_kwargs["args"][:1]):
                request.delete()


def _is_address(text, address):
    return parseaddr(text)[1].casefold() == address.casefold()


@transaction.atomic
def erase_author(page):
    """Anonymize the page of an author, whose name becomes « Anonymous ».

    Texts, photo, old versions and redirects of the page are deleted, its articles are not.
    """
    page = page.stored()
    live, empty = page.live_languages, type(page)()
    for language in available_languages():
        for name in text_columns(type(page), language):
            setattr(page, name, getattr(empty, name))
        with override(language):
            page.set_text("headline", language, gettext("Anonymous"))
        page.set_text("url_slug", language, f"author-{page.pk}")
    page.title = page.draft_title = page.text_in("headline", page.source_language)
    page.photo = page.account = None
    page.save(clean=False)
    newest = page.save_revision(clean=False)
    if live:
        page.publish_languages(live)
        newest = page.stored().get_latest_revision()
    page.revisions.exclude(pk=newest.pk).delete()
    Redirect.objects.filter(redirect_page=page.pk).delete()
    PageLogEntry.objects.filter(page=page.pk).update(label=page.stored().title)


def _rename_in_history(user, names):
    """Remove the ``names`` of the person from all entries of the history."""
    about = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(user), object_id=str(user.pk)
    )
    about.update(label=user.get_username())
    for model in (PageLogEntry, ModelLogEntry):
        for key in ("person", "successor"):
            for entry in model.objects.filter(**{f"data__{key}__in": list(names)}):
                data = {**entry.data, key: user.get_username()}
                model.objects.filter(pk=entry.pk).update(data=data)
