"""Imports the demo journal with its past: texts are published and updated at their dates."""

import json
from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import PageLogEntry

from diptych.articles.languages.config.fields import state_columns
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.routes.addresses import sync_page
from diptych.articles.models import ArticlePage, AuthorPage
from diptych.articles.transfer.markdown import values
from diptych.articles.transfer.markdown.importing import Importer
from diptych.articles.transfer.markdown.places import Group
from diptych.articles.transfer.report import Outcome
from operations.demo.plan import Entry

#: The time of day of all events.
MORNING = time(7, 30)
PAGE_DATES = ("first_published_at", "last_published_at", "latest_revision_created_at")


class Backdating:
    """Changes dates of pages that are later than its own creation to some days ago.

    Dates that were changed once are earlier, so later calls leave them.
    """

    def __init__(self):
        self.since = timezone.now()

    def move(self, page, days):
        """Set the new dates of ``page``, its log entries and revisions to ``days`` ago.

        Log entries and revisions keep their order, a minute apart.
        """
        day = timezone.localdate() - timedelta(days=days)
        moment = timezone.make_aware(datetime.combine(day, MORNING))
        rows = type(page)._default_manager.filter(pk=page.pk)
        states = [name for name in state_columns(type(page)) if not name.startswith("is_public")]
        dated = rows.values(*PAGE_DATES, *states).get()
        young = [name for name, date in dated.items() if date and date >= self.since]
        rows.update(**dict.fromkeys(young, moment))
        for name in ("edited_at", "outdated_since", "first_public_at"):
            page.languages.filter(**{f"{name}__gte": self.since}).update(**{name: moment})
        entries = PageLogEntry.objects.filter(page_id=page.pk)
        self._move_rows(entries.filter(timestamp__gte=self.since), "timestamp", moment)
        revisions = page.revisions.filter(created_at__gte=self.since)
        last = self._move_rows(revisions, "created_at", moment)
        if last:
            rows.update(latest_revision_created_at=last)
        sync_page(rows.get(), record_redirects=False, text_changed=False)

    def _move_rows(self, rows, column, moment):
        """Set ``column`` of each of ``rows``; returns the last date set, or ``None``."""
        last = None
        for minute, row in enumerate(rows.order_by("pk")):
            last = moment + timedelta(minutes=minute)
            type(row).objects.filter(pk=row.pk).update(**{column: last})
        return last


class JournalImporter(Importer):
    """Imports the folder of the demo; its ``people`` are users by the names of their logins.

    Dates of the folder count from ``plan.as_of``, so that the journal is up to date.
    """

    def __init__(self, folder, site, plan, people, progress):
        super().__init__(folder, site, progress=progress)
        self.plan, self.people, self.backdating = plan, people, Backdating()
        self.accounts = {user.get_full_name(): user for user in people.values()}

    def place(self, group):
        """Create the page in its source language; translations come at their dates."""
        source = group.source
        alone = Group(group.key, {source.language: source})
        super().place(alone)
        group.page = alone.page

    def fill(self, group):
        """Write, publish and update the texts of a page, in the order of their dates."""
        name = group.key.removeprefix("articles/")
        entry = self.plan.articles.get(name) or Entry(group.key, {})
        read = {code: self._read(text, group.page) for code, text in group.texts.items()}
        for days, languages, is_updated_later in self._steps(group, entry):
            versions = {
                code: self._first_version(read[code], entry) if is_updated_later else read[code]
                for code in languages
            }
            with self.places.atomic():
                self._write(group, versions)
                self.backdating.move(group.page, days)
        newest = group.page.stored().get_latest_revision_as_object()
        for text in group.texts.values():
            self.keep(None, group.key, text, newest)
            group.record(self.report, Outcome.CREATED, text=text)

    def _read(self, text, page):
        """The values of ``text``, with the dates of its corrections relative to today."""
        said, body = self.drafts.read(text, page)
        late = timezone.localdate() - self.plan.as_of
        if said.get("corrections"):
            # The text of the file is not changed: its fingerprint is stored.
            said = said | {
                "corrections": [
                    {**each, "value": {**each["value"], "date": each["value"]["date"] + late}}
                    for each in said["corrections"]
                ]
            }
        return said, body

    def _steps(self, group, entry):
        """``(days ago, languages, whether the text was updated later)``, the earliest first."""
        found = {}
        for code, text in group.texts.items():
            is_updated = "lastmod" in text.values
            if text.is_draft:
                days = entry.get("drafted", int)
                found.setdefault((days, False), []).append(code)
                continue
            found.setdefault((self._days_ago(text, "date"), is_updated), []).append(code)
            if is_updated:
                found.setdefault((self._days_ago(text, "lastmod"), False), []).append(code)
        steps = [(days, languages, later) for (days, later), languages in found.items()]
        return sorted(steps, key=lambda step: -step[0])

    def _days_ago(self, text, name):
        day = timezone.localdate(values.moment(text.values[name]))
        return (self.plan.as_of - day).days

    def _first_version(self, read, entry):
        """The version published before the update that ``entry`` describes."""
        said, body = read
        if not isinstance(body, list):
            entry.fail("only a page with blocks can have been updated")
        added, replaced = entry.get("added", str, ""), entry.get("replaced", list, ["", ""])
        kept = json.dumps([each for each in body if each["type"] != added], ensure_ascii=False)
        before, after = replaced
        first = json.loads(kept.replace(after, before) if after else kept)
        if first == body:
            entry.fail("its update changes nothing")
        return {name: value for name, value in said.items() if name != "corrections"}, first

    def _write(self, group, versions):
        """Save ``versions``, by language, as a draft, and publish those that are no drafts."""
        page, languages = group.page.stored(), list(versions)
        is_new = not page.latest_revision_id
        draft = page.stored_draft()
        # A draft that waits has the date from before it was moved.
        draft.first_published_at = page.first_published_at
        for code, read in versions.items():
            self.drafts.write_text(draft, group.texts[code], read)
        if is_new:
            self.drafts.write_shared(draft, group.source, versions[group.source.language])
            draft.owner = self.people["editor" if isinstance(page, ArticlePage) else "chief"]
            if isinstance(page, AuthorPage):
                draft.account = self.accounts.get(draft.headline)
        writer, chief = self._writer(page, languages), self.people["chief"]
        is_draft = any(group.texts[code].is_draft for code in languages)
        if writer != chief or is_draft:
            draft.save_revision(user=writer, log_action=True)
            draft = None
        if not is_draft:
            page.publish_languages(languages, user=chief, draft=draft)

    def _writer(self, page, languages):
        """Who edits ``languages``: the editor the source, the translator others, if they may."""
        is_source = languages == [page.source_language]
        names = ("editor", "translator") if is_source else ("translator", "editor")
        users = [self.people[name] for name in (*names, "chief")]
        return next(
            user for user in users if all(can(user, "edit", language) for language in languages)
        )
