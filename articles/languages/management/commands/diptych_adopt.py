"""Adopt the pages that a page type had before it had several languages."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diptych.articles.languages.adoption.adopting import Done, adopt
from diptych.articles.languages.adoption.correcting import movable_pages, pages_elsewhere
from diptych.articles.languages.adoption.from_before import (
    comments_from_before,
    find_model,
    languages_of,
    pages_from_before,
    revisions_from_before,
)
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)


class Command(BaseCommand):
    """Can be interrupted and repeated; each batch of pages is one transaction."""

    help = "Adopt the pages of a type that were written before it had several languages."

    def add_arguments(self, parser):
        parser.add_argument("model", help="The page type, such as “app.StandardPage”.")
        parser.add_argument(
            "--language",
            help="The language they are written in; that of their locale unless it is given.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only print what would be adopted."
        )

    def handle(self, *args, model, language, dry_run, verbosity=1, **options):
        model = known_model(model)
        if language is not None and language not in available_languages():
            raise CommandError(
                _("%(code)s is no language of the pages: %(languages)s.")
                % {"code": language, "languages": ", ".join(available_languages())}
            )
        if dry_run:
            self._report_present(model, language)
            return
        total = Done()
        for done in adopt(model, language):
            total.add(done)
            if verbosity:
                self.stdout.write(_in_words(total))
        self._report(total)

    def _report_present(self, model, language):
        for code, keys in languages_of(pages_from_before(model), language).items():
            message = ngettext(
                "%(count)s page would be adopted in %(language)s.",
                "%(count)s pages would be adopted in %(language)s.",
                len(keys),
            )
            values = {"count": len(keys), "language": translated_language_name(code)}
            self.stdout.write(message % values)
        if language:
            found = pages_elsewhere(model, language)
            count = len(movable_pages(model, found))
            message = _(
                "Pages in another language: %(pages)s. Of these, %(count)s would be moved to"
                " %(language)s, the others have been edited."
            )
            values = {"count": count, "pages": len(found)}
            values["language"] = translated_language_name(language)
            self.stdout.write(message % values)
        self.stdout.write(
            _("Revisions to convert: %(revisions)s. Comments to convert: %(comments)s.")
            % {
                "revisions": revisions_from_before(model).count(),
                "comments": comments_from_before(model).count(),
            }
        )

    def _report(self, total):
        for pk, title in total.refused:
            self.stdout.write(
                self.style.WARNING(
                    _("Page %(pk)s, “%(title)s”, stays in another language: it has been edited.")
                    % {"pk": pk, "title": title}
                )
            )
        if total.is_empty:
            self.stdout.write(self.style.SUCCESS(_("There is nothing to adopt.")))
        else:
            self.stdout.write(self.style.SUCCESS(_("Done. %(what)s") % {"what": _in_words(total)}))


def known_model(label):
    """The page type with this label; raises ``CommandError`` unless it has several languages."""
    try:
        return find_model(label)
    except LookupError as error:
        raise CommandError(
            _("%(label)s is no page type in several languages.") % {"label": label}
        ) from error


def _in_words(done):
    words = _(
        "Served by language: %(served)s pages. With drafts and history: %(pages)s pages,"
        " %(revisions)s revisions, %(comments)s comments. Redirects: %(redirects)s."
    )
    return words % vars(done)
