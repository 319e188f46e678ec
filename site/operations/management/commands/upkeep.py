"""`manage.py upkeep`: check pages, indexes and files, and fix them."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from operations.maintenance.parts import installed_parts


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Check tree, addresses, references, search, suggestions and files; "
            "with --fix, mend them."
        )

    def add_arguments(self, parser):
        modes = parser.add_mutually_exclusive_group()
        modes.add_argument(
            "--check", action="store_true", help=_("Only say what is wrong, which is the default.")
        )
        modes.add_argument("--fix", action="store_true", help=_("Mend what is wrong."))

    def handle(self, *, fix=False, verbosity=1, **options):
        is_good = True
        for part in installed_parts():
            if part.find is None:
                if fix:
                    self._write_anew(part, verbosity)
                continue
            faults = part.find()
            if faults and fix and part.fix:
                self._say(part, faults, self.stdout)
                part.fix()
                faults = part.find()
            if faults:
                is_good = False
                self._say(part, faults, self.stderr)
            elif verbosity:
                self.stdout.write(self.style.SUCCESS(_("%s: in order.") % part.title))
        if not is_good:
            raise SystemExit(1)

    def _write_anew(self, part, verbosity):
        part.fix()
        if verbosity:
            self.stdout.write(self.style.SUCCESS(_("%s: written anew.") % part.title))

    def _say(self, part, faults, stream):
        for fault in faults:
            stream.write(f"{part.title}: {fault}")
