"""The site that a command is about."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from wagtail.models import Site


def chosen_site(host=None):
    """The site at ``host``, such as ``example.org`` or ``example.org:8000``, else the default one.

    Raises ``CommandError`` where there is none.
    """
    if host is None:
        site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
        if site is None:
            raise CommandError(_("There is no site yet."))
        return site
    name, _colon, port = host.partition(":")
    sites = Site.objects.filter(hostname=name)
    site = (sites.filter(port=port) if port.isdecimal() else sites).first()
    if site is None:
        known = ", ".join(Site.objects.values_list("hostname", flat=True))
        raise CommandError(
            _("There is no site at “%(host)s”, only %(known)s.") % {"host": host, "known": known}
        )
    return site
