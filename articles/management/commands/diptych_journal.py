from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.models.new_journal import HasOtherPages, make_journal


class Command(BaseCommand):
    help = "Give a site a front page, the lists of a journal and a name, where it has none."

    def add_arguments(self, parser):
        parser.add_argument("--name", default="", help="what the journal is called")
        parser.add_argument(
            "--site", metavar="HOST", help="the host of the site; the default one if left out"
        )

    def handle(self, name="", site=None, **options):
        with override(settings.LANGUAGE_CODE):
            try:
                home, made = make_journal(self._site(site), name)
            except HasOtherPages as found:
                raise CommandError(
                    _(
                        "The site starts at “%(title)s”, which is no front page of a journal."
                        " Nothing has been changed."
                    )
                    % {"title": found.page.get_admin_display_title()}
                ) from None
            for page in made:
                said = _("%(type)s: made, “%(title)s”.")
                self.stdout.write(said % {"type": page.page_type_display_name, "title": page.title})
            if not made:
                self.stdout.write(_("The journal was there and lacked no page."))
            for address in filter(None, map(home.full_url_in, home.live_languages)):
                self.stdout.write(address)

    @staticmethod
    def _site(host):
        if host is None:
            return None
        site = Site.objects.filter(hostname=host).first()
        if site is None:
            raise CommandError(_("There is no site at “%(host)s”.") % {"host": host})
        return site
