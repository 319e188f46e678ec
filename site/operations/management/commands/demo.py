"""`manage.py demo` loads the demo journal and runs the development server."""

import io
import os
import sys
import time

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from tqdm import tqdm

from diptych.articles.models import ArticlePage
from operations.demo import loader, logins
from operations.demo.plan import ContentError, read_plan

ADDRESS = "127.0.0.1"
PORT = "8000"
#: The characters of passwords, without those that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def terminal_language():
    """The language of the terminal if it is in ``LANGUAGES``, else English."""
    #: In whose language the demo is printed: the first of these that is set. Example: `fr_FR.UTF-8`
    language = (
        os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    )
    return language[:2] if language[:2] in dict(settings.LANGUAGES) else "en"


def split_address(text):
    """``(address, port)`` from the argument: ``8765`` or ``0.0.0.0:8765``."""
    address, _colon, port = text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(_("“%(text)s” is neither a port nor address:port.") % {"text": text})
    return address or ADDRESS, int(port)


class Command(BaseCommand):
    help = "Fills an empty database with a journal in two languages and serves it."
    #: They are run once the catalogues are compiled, which one of them looks at.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "addrport",
            nargs="?",
            default=PORT,
            metavar="[ADDRESS:]PORT",
            help=f"where to serve it, {ADDRESS}:{PORT} by default",
        )
        parser.add_argument("--no-serve", action="store_true", help="only fill the database")

    def handle(self, addrport, no_serve, **options):
        if not settings.DEBUG:
            raise CommandError("The demo makes logins for everybody to see: not on a server.")
        call_command("diptych_catalogues", compile=True, stdout=io.StringIO())
        self.check()
        with override(terminal_language()):
            address, port = split_address(addrport)
            self.prepare(port)
            self.print_addresses(address, port)
        if not no_serve:
            # The reloader would run this command a second time.
            call_command("runserver", f"{address}:{port}", use_reloader=False)

    def prepare(self, port):
        """Migrate the database, load the demo unless it is loaded, and set a new password."""
        self.stdout.write(_("Preparing the database…"))
        call_command("migrate", interactive=False, verbosity=0)
        started = time.monotonic()
        try:
            plan = read_plan()
            if loader.is_loaded():
                self.stdout.write(_("The journal is already loaded; nothing in it was changed."))
                loader.fit_address(port)
            else:
                loader.load(plan, port, self.progress)
                self.report(time.monotonic() - started)
        except ContentError as error:
            raise CommandError(str(error)) from None
        except loader.OccupiedError:
            raise CommandError(
                _("This database holds pages of another site: the demo needs an empty one.")
            ) from None
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted: nothing was loaded.")) from None
        self.logins = plan.logins
        logins.make_logins(self.logins)
        #: The password of all accounts of the demo; made up by default.
        self.password = os.environ.get("DEMO_PASSWORD") or get_random_string(10, LETTERS)
        logins.set_password(list(self.logins), self.password)

    def progress(self, label, items):
        """``items`` with a progress bar on a terminal; elsewhere one line is printed."""
        if not sys.stderr.isatty():
            self.stdout.write(f"{label}: {len(items)}")
            return items
        return tqdm(items, desc=label, bar_format="{desc:<10} {bar:30} {n_fmt}/{total_fmt}")

    def report(self, seconds):
        count = ArticlePage.objects.count()
        sentence = ngettext(
            "The journal is ready: %(count)s article, in %(seconds)s s.",
            "The journal is ready: %(count)s articles, in %(seconds)s s.",
            count,
        )
        self.stdout.write(sentence % {"count": count, "seconds": round(seconds)})

    def print_addresses(self, address, port):
        """Print the URLs, the users and their password."""
        host = ADDRESS if address == "0.0.0.0" else address  # noqa: S104 compared, not listened at
        lines = [
            (_("the journal"), f"http://{host}:{port}/"),
            (_("the editor"), f"http://{host}:{port}/admin/"),
        ]
        width = max(len(label) for label, _address in lines)
        self.stdout.write("")
        for label, url in lines:
            self.stdout.write(f"  {label:<{width}}  {url}")
        secret = {"password": self.style.SUCCESS(self.password)}
        self.stdout.write("\n" + _("Sign in with the password %(password)s as") % secret)
        for name, table in self.logins.items():
            self.stdout.write(f"  {name:<{width}}  {logins.group_of(table).name}")
        self.stdout.write("")
