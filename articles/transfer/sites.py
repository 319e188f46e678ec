"""The site of a command, and the remaining tasks after an import."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from wagtail.models import Page, Site


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


def next_steps(site, has_files):
    """The front page in each language, and the remaining tasks after an import, as lines."""
    home = Page.objects.get(pk=site.root_page_id).specific
    for language in getattr(home, "live_languages", ()):
        yield home.full_url_in(language)
    if has_files:
        yield _("Run “manage.py diptych_renditions” to make the sizes of the pictures.")
    if site.hostname == "localhost":
        yield _("The site has no host name but “localhost”: write it in Settings → Sites.")
    yield _("Then choose the menu, the lead story and the texts of the journal.")
