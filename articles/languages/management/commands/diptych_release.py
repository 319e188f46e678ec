"""Put the texts of one language back, so that a page type can do without several."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diptych.articles.languages.adoption.releasing import (
    Released,
    other_texts,
    release,
    texts_in_removed_languages,
    texts_left,
)
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.management.commands.diptych_adopt import known_model


class Command(BaseCommand):
    """Can be interrupted and repeated; each batch of pages is one transaction."""

    help = (
        "Put the texts of one language back into the columns the page type had without the mixin."
    )

    def add_arguments(self, parser):
        parser.add_argument("model", help="The page type, such as “app.StandardPage”.")
        parser.add_argument("--language", required=True, help="The language that stays.")
        parser.add_argument(
            "--leave-others",
            action="store_true",
            help="Go on though there are texts in other languages, which are left behind.",
        )
        parser.add_argument(
            "--export", metavar="FILE", help="Write these texts into a file, as JSON."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only print what would be left behind."
        )

    def handle(self, *args, model, language, leave_others, export, dry_run, verbosity=1, **options):
        model = known_model(model)
        if language not in available_languages():
            raise CommandError(
                _("%(code)s is no language of the pages: %(languages)s.")
                % {"code": language, "languages": ", ".join(available_languages())}
            )
        left = texts_left(model, language)
        self._report_left(left)
        removed = texts_in_removed_languages(model)
        self._report_unnamed(removed)
        if export:
            self._export(model, language, export)
        if dry_run:
            return
        if (left or removed) and not leave_others:
            raise CommandError(
                _("Nothing has been changed. Export these texts, then use --leave-others.")
            )
        total = Released()
        for done in release(model, language):
            total.add(done)
            if verbosity > 1:
                self.stdout.write(_in_words(total))
        self.stdout.write(self.style.SUCCESS(_in_words(total)))

    def _report_left(self, left):
        for code, count in left.items():
            message = ngettext(
                "%(count)s page has a text in %(language)s, which is left behind.",
                "%(count)s pages have texts in %(language)s, which are left behind.",
                count,
            )
            values = {"count": count, "language": translated_language_name(code)}
            self.stdout.write(self.style.WARNING(message % values))

    def _report_unnamed(self, removed):
        for code, count in removed.items():
            message = ngettext(
                "%(count)s page has a text in %(language)s, which the settings do not name. Add it"
                " to the languages again and run manage.py migrate to export it.",
                "%(count)s pages have texts in %(language)s, which the settings do not name. Add it"
                " to the languages again and run manage.py migrate to export them.",
                count,
            )
            values = {"count": count, "language": code}
            self.stdout.write(self.style.WARNING(message % values))

    def _export(self, model, language, path):
        count = 0
        with open(path, "w", encoding="utf-8") as file:
            for text in other_texts(model, language):
                file.write(json.dumps(text, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")
                count += 1
        message = _("Texts written to %(path)s: %(count)s.")
        self.stdout.write(message % {"path": path, "count": count})


def _in_words(done):
    words = _(
        "Released: %(pages)s pages, %(revisions)s revisions, %(comments)s comments. Drafts for"
        " want of a text: %(unwritten)s pages. Redirects: %(redirects)s."
    )
    return words % vars(done)
