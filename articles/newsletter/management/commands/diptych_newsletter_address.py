"""Print or erase the stored data of a subscriber."""

import json

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diptych.articles.newsletter.models import Subscription


class Command(BaseCommand):
    @property
    def help(self):
        return _("Print what is stored about an e-mail address for newsletters, or erase it.")

    def add_arguments(self, parser):
        parser.add_argument("address", help=_("The e-mail address, in any letters."))
        parser.add_argument("--erase", action="store_true", help=_("Delete it."))

    def handle(self, *args, address, erase, **options):
        found = Subscription.objects.with_address(address)
        if erase:
            count = found.count()
            found.delete()
            said = ngettext("Erased: %(count)d entry.", "Erased: %(count)d entries.", count)
            self.stdout.write(said % {"count": count})
            return
        text = json.dumps(found.exported(), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        self.stdout.write(text)
