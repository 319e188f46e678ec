"""Django's e-mail messages as JSON, and back."""

from base64 import b64decode, b64encode
from email.message import Message, MIMEPart
from email.mime.base import MIMEBase

from django.core.mail import EmailMultiAlternatives

#: Attributes that are stored unchanged.
PLAIN = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


def as_json(message):
    """An e-mail as JSON; :func:`from_json` is the inverse."""
    return {
        **{name: _plain(getattr(message, name)) for name in PLAIN},
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "subtype": message.content_subtype,
        "alternatives": [
            [str(content), kind] for content, kind in getattr(message, "alternatives", None) or []
        ],
        "attachments": [_attachment(each) for each in message.attachments],
    }


def from_json(kept, connection):
    """The message of :func:`as_json`, to be sent by ``connection``."""
    message = EmailMultiAlternatives(
        **{name: kept[name] for name in PLAIN}, headers=kept["headers"], connection=connection
    )
    message.content_subtype = kept["subtype"]
    for content, kind in kept["alternatives"]:
        message.attach_alternative(content, kind)
    for name, content, kind in kept["attachments"]:
        message.attach(name, b64decode(content), kind)
    return message


def _plain(value):
    # Texts may be lazy translations.
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value or "")


def _attachment(attachment):
    if isinstance(attachment, Message | MIMEBase | MIMEPart):
        content = attachment.get_payload(decode=True) or b""
        name, kind = attachment.get_filename(), attachment.get_content_type()
    else:
        name, content, kind = attachment
    if isinstance(content, str):
        content = content.encode()
    return [name, b64encode(content).decode(), kind]
