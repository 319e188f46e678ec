"""Write the site as files that any web server hands out."""

from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from diptych.articles.transfer.export_folder import FolderInUse
from diptych.articles.transfer.sites import chosen_site
from diptych.articles.transfer.static_site.exporting import CannotExport, Export, has_search
from diptych.articles.transfer.static_site.search_index import is_available


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Write all that readers see of the site into a folder, for any web server: pages of "
            "all languages, feeds, sitemaps, pictures, documents and redirects. See "
            "docs/static-site.md."
        )

    def add_arguments(self, parser):
        parser.add_argument("folder", help=_("where to write; empty, or written by this command"))
        parser.add_argument(
            "--url", default="", help=_("where the copy will stand; links to pages begin with it")
        )
        parser.add_argument(
            "--relative",
            action="store_true",
            help=_("write relative links, so that the copy can stand in any folder of a host"),
        )
        parser.add_argument(
            "--no-search", action="store_false", dest="search", help=_("leave out the search")
        )
        parser.add_argument(
            "--search",
            action="store_true",
            dest="search",
            help=_("make an index for a search without a server, by Pagefind (the default)"),
        )
        parser.set_defaults(search=None)
        parser.add_argument("--site", help=_("the host of the site; the default one without it"))

    def handle(self, *args, folder, url, relative, search, site, verbosity, **options):
        if search is None:
            search = has_search()
        self._check(url, search)
        bar = tqdm(unit=_("addresses"), disable=None if verbosity else True)

        def advance(known, done):
            bar.total, bar.n = known, done
            bar.update(0)

        try:
            export = Export(chosen_site(site), folder, url, relative, search, advance)
            result = export.run()
        except (CannotExport, FolderInUse) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                _("“%(folder)s” cannot be written: %(error)s") % {"folder": folder, "error": error}
            ) from None
        finally:
            bar.close()
        self._report(result, verbosity)

    def _check(self, url, search):
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
            raise CommandError(
                _("%(url)s is not an address like https://journal.example.") % {"url": url}
            )
        if search and not has_search():
            raise CommandError(_("The site has no search: leave out --search."))
        if search and not is_available():
            message = _(
                "The search of a copy needs Pagefind: install %(package)s, or use --no-search."
            )
            raise CommandError(message % {"package": "pagefind[bin]"})

    def _report(self, result, verbosity):
        if verbosity:
            message = _(
                "Files written: %(written)s, unchanged: %(unchanged)s, deleted: %(deleted)s."
            )
            self.stdout.write(self.style.SUCCESS(message % vars(result)))
        for address, page in result.broken:
            message = _("%(page)s leads to %(address)s, which readers cannot see.")
            self.stderr.write(message % {"address": address, "page": page})
        for line in result.failed:
            self.stderr.write(self.style.ERROR(line))
        if result.failed:
            raise CommandError(
                _("Not written: %(count)s. Files of an earlier export were left as they are.")
                % {"count": len(result.failed)}
            )
