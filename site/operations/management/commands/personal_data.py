"""Export or erase the stored data of the person who has an account."""

import json
import os
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from diptych.articles.models import AuthorPage
from operations.privacy import people


class Command(BaseCommand):
    help = "Export what is stored about a person as JSON, or erase it."

    def add_arguments(self, parser):
        parser.add_argument("name", help="The name with which the person signs in.", nargs="?")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--export", type=Path, metavar="FILE", help="Write it into this file.")
        what.add_argument("--erase", action="store_true", help="Make a closed account nobody's.")
        what.add_argument(
            "--erase-author",
            type=int,
            metavar="ID",
            help="Make the page of an author with this id nobody's; its articles stay.",
        )

    def handle(self, *args, name, export, erase, erase_author, **options):
        if erase_author is not None:
            self.stdout.write(_author_erased(erase_author))
            return
        user = get_user_model()._default_manager.filter(username=name).first()
        if user is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": name})
        if erase:
            self.stdout.write(_erased(user))
            return
        text = json.dumps(
            people.exported(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
        )
        try:
            write_private(export, text)
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Written: %(file)s") % {"file": export})


def write_private(path, text):
    """Write a file that only the account which runs the command can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)


def _author_erased(pk):
    page = AuthorPage.objects.filter(pk=pk).first()
    if page is None:
        raise CommandError(_("There is no author with the id %(id)s.") % {"id": pk})
    people.erase_author(page)
    return _("Erased. Articles name nobody in place of this author.")


def _erased(user):
    try:
        name = people.erase(user)
    except people.NotErasable as reason:
        raise CommandError(str(reason)) from reason
    return _("Erased. The history names the account “%(name)s”.") % {"name": name}
