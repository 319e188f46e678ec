from django.core.management.base import BaseCommand
from django.db import connections, router
from django.utils.translation import gettext as _

from diptych.articles.languages.management.commands.rebuild_page_languages import report_outdated
from diptych.articles.search.indexing import outdated_pages, rebuild
from diptych.articles.search.inverted_index import inverted_index
from diptych.articles.search.models import SearchEntry


class Command(BaseCommand):
    help = "Write anew what readers' search knows of every page; the site is used meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "--tables",
            action="store_true",
            help="First make the database's own index anew. Nothing is found meanwhile.",
        )
        parser.add_argument(
            "--check", action="store_true", help="Only say which pages are out of date."
        )

    def handle(self, *args, tables=False, check=False, verbosity=1, **options):
        if check:
            report_outdated(self, outdated_pages())
            return
        index = inverted_index(connections[router.db_for_write(SearchEntry)])
        if tables:
            index.install()
        done, said = 0, 0
        for done in rebuild():
            if verbosity and done - said >= 500:
                said = done
                self.stdout.write(_("%(count)s pages written…") % {"count": done})
        index.optimise()
        if verbosity:
            self.stdout.write(
                self.style.SUCCESS(_("Pages that can be searched: %(done)s.") % {"done": done})
            )
