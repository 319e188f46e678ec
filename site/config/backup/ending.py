"""What a restored database must not bring back: sessions and e-mails that were waiting."""

from django.db import connection
from django.utils.timezone import now

#: Statements by table. The tables are those of the backup, of whichever version of the code.
ENDED = {
    "django_session": "DELETE FROM django_session",
    "journal_mail_outgoingmail": (
        "UPDATE journal_mail_outgoingmail SET due_at = NULL WHERE due_at IS NOT NULL"
    ),
}
REVOKED = "UPDATE wagtailcore_apitoken SET revoked_at = %s WHERE revoked_at IS NULL"


def end_access(revoke_tokens=False):
    """Delete sessions and give waiting e-mails up; on demand, revoke tokens for the API."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table, statement in ENDED.items():
            if table in tables:
                cursor.execute(statement)
        if revoke_tokens and "wagtailcore_apitoken" in tables:
            moment = connection.ops.adapt_datetimefield_value(now())
            cursor.execute(REVOKED, [moment])
