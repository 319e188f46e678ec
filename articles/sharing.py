"""Where a reader can send an article to."""

from django.utils.translation import gettext_lazy as _

#: What editors choose from; how each is linked to is up to the theme.
SHARE_LINKS = (
    ("mail", _("E-mail")),
    ("whatsapp", "WhatsApp"),
    ("telegram", "Telegram"),
    ("bluesky", "Bluesky"),
    ("linkedin", "LinkedIn"),
    ("facebook", "Facebook"),
    ("reddit", "Reddit"),
    ("x", "X"),
)


def default_share_links():
    return ["mail", "whatsapp", "bluesky", "linkedin"]
