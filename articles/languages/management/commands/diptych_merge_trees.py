"""Join the trees of pages that a site has for each language."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from diptych.articles.languages.adoption.pairing import Trees
from diptych.articles.languages.adoption.trees import Merged, delete_merged, merge, repoint
from diptych.articles.languages.config.language_config import available_language, default_language


class Command(BaseCommand):
    """Can be interrupted and repeated; each batch of pages is one transaction."""

    help = "Join the translations of each page, a page for each locale, into one page."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            dest="locales",
            action="append",
            metavar="LOCALE",
            help="A locale whose pages are merged into others; all others unless it is given.",
        )
        parser.add_argument("--into", help="The locale that stays; that of the default language.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Only print what would be merged."
        )

    def handle(self, *args, locales, into, dry_run, verbosity=1, **options):
        trees = _trees(locales, into)
        total, steps = Merged(), [merge(trees, dry_run)]
        if not dry_run:
            steps += [repoint(), delete_merged(trees)]
        for step in steps:
            for done in step:
                total.add(done)
                if verbosity > 1:
                    self.stdout.write(_in_words(total))
        for page, reason in total.left:
            self.stdout.write(
                self.style.WARNING(
                    _("Page %(pk)s, “%(title)s” (%(locale)s), is left: %(reason)s")
                    % {
                        "pk": page.pk,
                        "title": page.title,
                        "locale": page.locale.language_code,
                        "reason": reason,
                    }
                )
            )
        self.stdout.write(self.style.SUCCESS(_in_words(total)))


def _trees(codes, into):
    known = {each.language_code: each for each in Locale.objects.all()}
    into = into or next(
        (code for code in known if available_language(code) == default_language()), None
    )
    codes = codes or [code for code in known if code != into and available_language(code)]
    for code in [into, *codes]:
        if code not in known or (code == into and code in codes):
            raise CommandError(
                _("%(code)s is no other locale of this site: %(locales)s.")
                % {"code": code, "locales": ", ".join(sorted(known))}
            )
    return Trees(known[into], tuple(known[code] for code in codes))


def _in_words(done):
    words = _(
        "Merged: %(merged)s pages. Moved: %(moved)s pages. Deleted: %(deleted)s pages. Objects with"
        " other references: %(references)s."
    )
    return words % vars(done)
