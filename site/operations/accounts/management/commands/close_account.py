"""Close the account of a user who leaves."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from operations.accounts.closing import NotClosable, close_account, work_left_by


class Command(BaseCommand):
    help = "Hand over the open work of an account to another one and close it."

    def add_arguments(self, parser):
        parser.add_argument("name", help="The name with which the person signs in.")
        parser.add_argument("--to", help="Who goes on with the open work.")
        parser.add_argument("--dry-run", action="store_true", help="Only list the open work.")

    def handle(self, *args, name, to, dry_run, **options):
        user = _account(name)
        if dry_run:
            self.stdout.writelines(f"{each}\n" for each in work_left_by(user))
            return
        try:
            closing = close_account(user, successor=_account(to) if to else None)
        except NotClosable as reason:
            raise CommandError(str(reason)) from reason
        for line in closing.reassigned:
            self.stdout.write(_("Handed over: %(work)s") % {"work": line})
        for line in closing.ended:
            self.stdout.write(line)


def _account(name):
    model = get_user_model()
    try:
        return model._default_manager.get_by_natural_key(name)
    except model.DoesNotExist:
        raise CommandError(_("There is no account “%(name)s”.") % {"name": name}) from None
