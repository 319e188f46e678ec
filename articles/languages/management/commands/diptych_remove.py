"""Take the plugin out of a site: pages, images, tables and all rows that name them."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diptych.articles.languages.removal.exporting import export, exported_at
from diptych.articles.languages.removal.images import (
    clashing_images,
    our_image_model,
    point_to_plain_images,
    to_plain_images,
)
from diptych.articles.languages.removal.pages import (
    delete_pages,
    multilingual_types_of_projects,
    our_pages,
    pages_below_ours,
    sites_on_our_pages,
    to_plain_pages,
)
from diptych.articles.languages.removal.traces import (
    drop_tables,
    foreign_relations,
    is_installed,
    remove_rows,
)


class Command(BaseCommand):
    """Can be interrupted and repeated: each batch of pages is one transaction."""

    help = (
        "Take the plugin out of the database, before it leaves INSTALLED_APPS. Back the database"
        " up first."
    )

    def add_arguments(self, parser):
        action = parser.add_mutually_exclusive_group()
        action.add_argument(
            "--to-pages",
            action="store_true",
            help="Let the pages be plain Wagtail pages in their source language, without a body.",
        )
        action.add_argument("--delete", action="store_true", help="Delete the pages.")
        parser.add_argument(
            "--export", metavar="DIR", help="Write everything into files first, or only that."
        )
        parser.add_argument(
            "--yes", action="store_true", help="Go on without an export, or with one that is there."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only print what would be done, or refused."
        )

    def handle(self, *args, to_pages, delete, yes, dry_run, **options):
        folder = options["export"]
        if not (to_pages or delete or folder):
            raise CommandError(_("Choose --to-pages, --delete or --export."))
        if not is_installed():
            self.stdout.write(self.style.SUCCESS(_("There is nothing of Diptych left.")))
            return
        problems = list(_problems(delete)) if to_pages or delete else []
        if (to_pages or delete) and not (folder or yes):
            problems.append(_("Texts would be lost. Add --export DIR, or --yes."))
        date = folder and exported_at(folder)
        if date and not yes:
            message = _(
                "%(folder)s has an export of %(date)s. Name another folder, or go on with that"
                " one by --yes."
            )
            written = localtime(date).strftime("%Y-%m-%d %H:%M")
            problems.append(message % {"folder": folder, "date": written})
        if dry_run:
            self._report_present(problems)
            return
        if problems:
            raise CommandError("\n".join([*problems, _("Nothing has been changed.")]))
        if folder and not date:
            counts = ", ".join(f"{name} {count}" for name, count in export(folder).items())
            self.stdout.write(
                _("Written to %(folder)s: %(counts)s.") % {"folder": folder, "counts": counts}
            )
        if to_pages or delete:
            self._remove(delete)

    def _report_present(self, problems):
        self.stdout.write(_("Pages: %(count)s.") % {"count": our_pages().count()})
        if model := our_image_model():
            self.stdout.write(_("Images: %(count)s.") % {"count": model.objects.count()})
        for problem in problems:
            self.stdout.write(self.style.WARNING(problem))

    def _remove(self, delete):
        if delete:
            self._delete_pages()
        else:
            self._convert_pages()
        if our_image_model():
            count, fields = to_plain_images(), point_to_plain_images()
            message = ngettext(
                "%(count)s image is one of Wagtail’s own.",
                "%(count)s images are Wagtail’s own.",
                count,
            )
            self.stdout.write(message % {"count": count})
            for field in fields:
                self.stdout.write(_("%(field)s refers to them.") % {"field": field})
        remove_rows()
        drop_tables()
        self.stdout.write(
            self.style.SUCCESS(_("Done. Take the applications out of INSTALLED_APPS now."))
        )

    def _convert_pages(self):
        pages = redirects = 0
        for done in to_plain_pages():
            pages, redirects = pages + done.pages, redirects + done.redirects
            self.stdout.write(
                _("Plain pages: %(pages)s. Redirects: %(redirects)s.")
                % {"pages": pages, "redirects": redirects}
            )

    def _delete_pages(self):
        pages = 0
        for count in delete_pages():
            pages += count
            self.stdout.write(_("Pages deleted: %(count)s.") % {"count": pages})


def _problems(delete):
    """Messages on why pages and tables cannot be removed, each with a remedy."""
    for model in multilingual_types_of_projects():
        yield _(
            "%(model)s has the mixin of the engine: run diptych_release, take the mixin out of the"
            " class, and migrate."
        ) % {"model": model._meta.label}
    for field in foreign_relations(apart_from=our_image_model()):
        yield _("%(field)s refers to a model of Diptych: remove the field first, and migrate.") % {
            "field": field
        }
    if our_image_model() and (count := clashing_images()):
        yield _("Images of Wagtail’s own model have the same keys as others: %(count)s.") % {
            "count": count
        }
    if delete:
        for site in sites_on_our_pages():
            yield _("The site %(site)s starts at a page that would go: choose another.") % {
                "site": site
            }
        for page in pages_below_ours():
            yield _("“%(title)s” stands below a page that would go: move it first.") % {
                "title": page.title
            }
