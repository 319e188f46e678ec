"""How a list of sessions calls a browser."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

#: Marks in the user agent and names of browsers; those that contain marks of others first.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrom": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@register.filter
def browser_name(user_agent):
    """The names of the browser and of its system, as "Firefox, Linux"."""
    names = (
        next((name for part, name in known.items() if part in user_agent), None)
        for known in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in names if name) or _("Unknown browser")
