"""Authors of an export, and those of co-authors-plus, as pages of authors."""

from django.utils.html import linebreaks
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.articles import LONGEST_HEADLINE
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.models import AuthorIndexPage, AuthorPage
from diptych.articles.transfer.records import digest
from diptych.articles.transfer.report import Outcome
from diptych.articles.transfer.wordpress.items import AUTHORS as KIND
from diptych.articles.transfer.wordpress.items import key_of
from diptych.articles.transfer.wordpress.texts import one_line

#: The post type in which co-authors-plus keeps people without an account.
GUEST = "guest-author"


class People:
    """Makes pages of authors, each in a transaction of its own."""

    def __init__(self, export, records, report, publisher):
        self.export, self.records, self.report = export, records, report
        self.publisher = publisher
        self.family_names = {key_of(each.login): each.last_name for each in export.authors.values()}
        self.names = {key_of(each.login): each.name for each in export.authors.values()}
        for term in export.terms.values():
            if term.taxonomy == KIND:
                self.names.setdefault(key_of(term.slug), term.name)

    def import_all(self):
        """Make a page of everybody the export names; yields after each."""
        for key, name in self.names.items():
            self._import(key, one_line(name) or key)
            yield

    def pages_of(self, item):
        """The primary keys of the authors of an item, in order."""
        return self.pages_named(item.authors)

    def pages_named(self, logins):
        """The primary keys of the authors with these logins, in order."""
        keys = dict.fromkeys(map(key_of, logins))
        found = [self.records.object_ids.get((KIND, key)) for key in keys]
        return [int(pk) for pk in found if pk]

    def unknown_of(self, item):
        """The logins of authors of an item whom the export does not describe."""
        return [login for login in item.authors if key_of(login) not in self.names]

    def name_of(self, login):
        return one_line(self.names.get(key_of(login), "")) or login

    def import_guest(self, item, media):
        """Write name, biography and picture of an author of co-authors-plus; an entry of it."""
        login = _first(item, "cap-user_login") or item.slug
        name = one_line(_first(item, "cap-display_name") or item.title) or login
        said = {
            "name": name,
            "biography": _first(item, "cap-description"),
            "photo": _first(item, "_thumbnail_id"),
            "language": item.language or available_languages()[0],
            **_family_name(name, _first(item, "cap-last_name")),
        }
        outcome, reason, page = self._write(key_of(login), said, media)
        self.report.add(item.id, item.type, item.language, outcome, reason, page)

    def _import(self, key, name):
        said = {"name": name, **_family_name(name, self.family_names.get(key, ""))}
        outcome, reason, page = self._write(key, said)
        self.report.add_extra(key, KIND, "", outcome, reason, page)

    def _write(self, key, said, media=None):
        """Create or change the page of an author; returns outcome, reason and its primary key."""
        row, fingerprint = self.records.find(KIND, key), digest(said)
        is_guest = bool(row and row.shared)
        page = row.target if row else None
        if page and self.publisher.is_elsewhere(page):
            return Outcome.SKIPPED, _("Its page was moved out of this site since."), None
        if row and (
            row.source_fingerprint == fingerprint or (is_guest and "biography" not in said)
        ):
            return Outcome.UNCHANGED, "", int(row.object_id)
        if row and page is None:
            return Outcome.SKIPPED, _("It was deleted here since."), None
        if row and row.stored_fingerprint != self._fingerprint(page):
            return Outcome.CONFLICT, _("It was changed here since."), page.pk
        return self._store(row, key, said, fingerprint, page, media)

    def _store(self, row, key, said, fingerprint, page, media):
        is_first = row is None or ("biography" in said and not row.shared)
        outcome = Outcome.CREATED if is_first else Outcome.UPDATED
        known = None if page else self._known(said["name"])
        if known:
            outcome = Outcome.UNCHANGED
        with self.publisher.atomic():
            page = page or known or AuthorPage(live=False)
            draft = page.stored_draft() if page.pk else page
            if not known:
                self._fill(draft, said, media)
                page = self.publisher.publish(page, draft, available_languages(), AuthorIndexPage)
            kept = {"guest": True} if "biography" in said else {}
            values = {"source_fingerprint": fingerprint, "shared": kept}
            values["stored_fingerprint"] = self._fingerprint(page)
            row = self.records.keep(row, KIND, key, page, **values)
        self.records.remember(row)
        return outcome, _("It was here already.") if known else "", page.pk

    def _known(self, name):
        """The page of an author of that name that was here before."""
        authors = AuthorPage.objects.descendant_of(self.publisher.home).filter(title=name)
        imported = set(self.records.rows().filter(kind=KIND).values_list("object_id", flat=True))
        return next((each for each in authors if str(each.pk) not in imported), None)

    def _fill(self, draft, said, media):
        for language in available_languages():
            draft.set_text("headline", language, Truncator(said["name"]).chars(LONGEST_HEADLINE))
        draft.family_name = draft.family_name or said.get("family_name", "")
        if biography := said.get("biography"):
            markup = linebreaks(one_line(biography))
            draft.set_text("biography", said["language"], markup)
        photo = said.get("photo", "")
        if media is not None and photo.isdecimal():
            draft.photo = media.image(int(photo)) or draft.photo

    def _fingerprint(self, page):
        """Of what the newest draft of an author says of what is imported."""
        draft = page.stored_draft()
        codes = available_languages()
        names = [column(name, code) for name in ("headline", "biography") for code in codes]
        return digest([*(getattr(draft, name) or "" for name in names), draft.photo_id, page.live])


def _family_name(name, said):
    """The family name, where it is one: as it stands in the name."""
    family = one_line(said)
    longest = AuthorPage._meta.get_field("family_name").max_length
    is_one = family and family in name and len(family) <= longest
    return {"family_name": family} if is_one else {}


def _first(item, key):
    return next(iter(item.meta.get(key, ())), "").strip()
