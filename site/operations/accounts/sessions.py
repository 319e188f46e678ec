"""The sessions of an account, found in Django's table of sessions, and its sign-ins."""

from hashlib import sha256
from importlib import import_module

from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.encoding import force_bytes
from django.utils.timezone import now

#: How many entries of the log a screen shows.
SHOWN = 50


def digest(session_key):
    """The digest of a session key that django-axes keeps with a sign-in, never the key."""
    return sha256(force_bytes(session_key)).hexdigest()


def sessions_of(user):
    """The rows of the sessions in which ``user`` is signed in; all unexpired ones are decoded."""
    unexpired = Session.objects.filter(expire_date__gt=now()).order_by("-expire_date")
    return [
        session
        for session in unexpired.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]


def end_sessions(user, digests=None, keep=None):
    """End the sessions with these digests, or all but the one with the key ``keep``.

    Returns how many there were. The sign-ins are logged as ended.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = []
    for session in sessions_of(user):
        key = session.session_key
        if key != keep and (digests is None or digest(key) in digests):
            store(key).delete()
            ended.append(digest(key))
    log = AccessLog.objects.filter(session_hash__in=ended, logout_time__isnull=True)
    log.update(logout_time=now())
    return len(ended)


def listed_sessions(user, current_key):
    """For a screen: each session with its sign-in, if that is logged, the newest sign-in first."""
    sessions = {digest(each.session_key): each for each in sessions_of(user)}
    log = AccessLog.objects.filter(session_hash__in=sessions, username=user.get_username())
    signed_in = {each.session_hash: each for each in log.order_by("attempt_time")}
    listed = [
        {
            "digest": key,
            "sign_in": signed_in.get(key),
            "expires_at": session.expire_date,
            "is_current": session.session_key == current_key,
        }
        for key, session in sessions.items()
    ]
    return sorted(
        listed,
        key=lambda each: (
            each["is_current"],
            each["sign_in"].attempt_time.timestamp() if each["sign_in"] else 0,
        ),
        reverse=True,
    )


def sign_ins_of(user):
    """The last sign-ins of an account and attempts that failed, the newest first."""
    username = user.get_username()
    succeeded = AccessLog.objects.filter(username=username)[:SHOWN]
    failed = AccessFailureLog.objects.filter(username=username)[:SHOWN]
    entries = [{"entry": each, "failed": False} for each in succeeded]
    entries += [{"entry": each, "failed": True} for each in failed]
    entries.sort(key=lambda each: each["entry"].attempt_time, reverse=True)
    return entries[:SHOWN]
