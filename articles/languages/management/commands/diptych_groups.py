from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Page

from diptych.articles.languages.permissions.groups import complete_group, make_group, recipes


class Command(BaseCommand):
    help = "Make groups of editors and translators for the languages of the site."

    def add_arguments(self, parser):
        parser.add_argument(
            "--below",
            type=int,
            metavar="PAGE",
            help="the id of the page at and below which they work; the whole tree by default",
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help="give groups that exist the permissions they lack",
        )

    def handle(self, below=None, complete=False, verbosity=1, **options):
        with override(settings.LANGUAGE_CODE):
            page = self._page(below)
            for recipe in recipes():
                group, is_new = make_group(recipe, page)
                lacked = complete_group(recipe, group, page) if complete and not is_new else 0
                if verbosity:
                    self.stdout.write(self._account(group.name, is_new, lacked, complete))

    @staticmethod
    def _page(pk):
        if pk is None:
            return None
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            raise CommandError(_("There is no page with the id %(pk)s.") % {"pk": pk})
        return page

    def _account(self, name, is_new, lacked, complete):
        """One line of output about a group."""
        if is_new:
            return self.style.SUCCESS(_("%(name)s: made.") % {"name": name})
        if lacked:
            line = ngettext(
                "%(name)s: was there; given the permission it lacked.",
                "%(name)s: was there; given the %(count)s permissions it lacked.",
                lacked,
            )
            return self.style.SUCCESS(line % {"name": name, "count": lacked})
        if complete:
            return _("%(name)s: was there and lacked nothing.") % {"name": name}
        return _(
            "%(name)s: was there and has been left as it is, since its permissions may have been"
            " chosen by hand. --complete gives it what it lacks."
        ) % {"name": name}
