"""Importing an export of WordPress: each item in a transaction, so that it can be resumed."""

import logging
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from diptych.articles.languages.routes.redirects import can_redirect
from diptych.articles.models import (
    ArticleIndexPage,
    ArticlePage,
    AuthorIndexPage,
    StandardPage,
    TopicIndexPage,
)
from diptych.articles.models.new_journal import HasOtherPages, make_journal
from diptych.articles.transfer.publisher import Publisher
from diptych.articles.transfer.records import Records
from diptych.articles.transfer.report import Outcome, Report, in_words
from diptych.articles.transfer.wordpress.comments import commented, with_pages
from diptych.articles.transfer.wordpress.content import blocks_of
from diptych.articles.transfer.wordpress.export import host_in, path_in
from diptych.articles.transfer.wordpress.links import Links
from diptych.articles.transfer.wordpress.media import no_uploads
from diptych.articles.transfer.wordpress.pages import Notes, Pages, Reasons
from diptych.articles.transfer.wordpress.people import GUEST, KIND, People
from diptych.articles.transfer.wordpress.reusable import REUSABLE
from diptych.articles.transfer.wordpress.states import THROWN_AWAY
from diptych.articles.transfer.wordpress.texts import one_line
from diptych.articles.transfer.wordpress.topics import CATEGORY, TAG, Topics

logger = logging.getLogger(__name__)

ATTACHMENT, MENU_ITEM = "attachment", "nav_menu_item"
#: Characters of the name of a site that are taken for the journal.
LONGEST_NAME = 100
#: Characters of a title in the report.
LONGEST_TITLE = 100
#: Taxonomies whose terms are authors, tags that are listed by themselves, or say nothing.
TAKEN_OTHERWISE = {KIND, TAG, "term_language", "term_translations", "wp_pattern_category"}


@dataclass
class Options:
    """How an export is read."""

    #: Whether tags become topics as well; they are left out and counted otherwise.
    tags: bool = False
    #: Taxonomies whose terms are series.
    series: list = field(default_factory=list)
    #: Further post types that are articles.
    articles: list = field(default_factory=list)
    #: Whether the first paragraph becomes the lead where there is no excerpt.
    lead_from_text: bool = False


def source_of(export, site):
    """How :class:`ImportedItem` names what ``site`` imports of the site that an export is of.

    That is known by the host it declares, and by the folder it stands in, if it has not the whole
    host to itself.
    """
    host, folder = host_in(export.address), path_in(export.address)
    return f"wordpress:{site.pk}:{host.removeprefix('www.')}{folder}"[:255]


class WordPressImport:
    """One run of an import of ``export`` into ``site``.

    ``media`` makes images and documents of attachments; ``convert`` makes blocks of a content. Old
    addresses become redirects of the site.
    ``progress(label, items, total)`` returns an iterable of the items, as ``tqdm`` does.
    """

    def __init__(
        self,
        export,
        site,
        *,
        media=None,
        options=None,
        report=None,
        owner=None,
        convert=None,
        progress=None,
        is_dry=False,
    ):
        self.export, self.media, self.options = export, media, options or Options()
        self.report = report or Report(is_dry=is_dry)
        self.site = site
        self.is_dry, self.progress = is_dry, progress or (lambda _label, items, _total: items)
        self.records = Records(source_of(export, site), is_dry=is_dry)
        home = site.root_page.specific
        self.publisher = Publisher(home, media=media, owner=owner, is_dry=is_dry)
        self.has_uploads = bool(media and media.has_uploads)
        self.commented = []
        #: What became of the articles that go live, with the reasons.
        self.live = []
        #: How many texts have terms of each taxonomy that is not imported.
        self.left_out = Counter()
        models = {
            **dict.fromkeys(("post", *self.options.articles), ArticlePage),
            "page": StandardPage,
        }
        parts = export, self.records, self.report, self.publisher
        self.people = People(*parts)
        topics = [CATEGORY, *([TAG] if self.options.tags else [])]
        self.topics = Topics(*parts, topics=topics, series=self.options.series)
        self.taxonomies = {*self.topics.models, *TAKEN_OTHERWISE}
        self.links = Links(export, self.records, list(models))
        self.pages = Pages(self, models, convert or blocks_of)

    def _begin_journal(self):
        """Give an empty site a front page, lists and the name that the site has in WordPress."""
        name = one_line(self.export.title)[:LONGEST_NAME]
        # The menu of a journal that is there is its editors'.
        is_empty = not self.publisher.home.numchild
        # Below a page of another type, the import makes its lists by itself.
        with suppress(HasOtherPages):
            self.publisher.home, _made = make_journal(self.site, name, in_menu=is_empty)

    def run(self):
        """Import everything; returns the report. What was done stays done if it is interrupted."""
        if not self.is_dry:
            self._begin_journal()
            # A site that starts at a page of another type has none yet.
            for model in (ArticleIndexPage, AuthorIndexPage, TopicIndexPage):
                self.publisher.section(model)
        people, groups = self.people.import_all(), self.topics.import_all()
        for _done in self.progress(_("Authors"), people, len(self.people.names)):
            pass
        for _done in self.progress(_("Topics"), groups, None):
            pass
        self.pages.begin()
        with _related_at_the_end():
            self._import_items()
            self._note_terms_left_out()
            self._note_leads()
            if not self.is_dry:
                self._resolve_links()
        if not self.is_dry and can_redirect():
            self._record_addresses()
        for error in self.export.errors:
            self.report.note("", "unreadable-file", error)
        self.report.comments = list(with_pages(self.commented, self.report, self.site))
        return self.report

    def _import_items(self):
        waiting = []
        total = sum(self.export.counts.values()) or None
        for item in self.progress(_("Items"), self.export.read(), total):
            self.links.add(item)
            if self.pages.has_to_wait(item):
                waiting.append(item)
            else:
                self._import(item)
        while waiting:
            ready = [item for item in waiting if not self.pages.has_to_wait(item)] or waiting
            for item in self.progress(_("Items"), ready, len(ready)):
                self._import(item)
            imported = {item.id for item in ready}
            waiting = [item for item in waiting if item.id not in imported]
        for pk, kind in self.export.repeated:
            self.report.note(pk, "repeated", kind)

    def _import(self, item):
        """Deal with one item, whatever is wrong with it, and record what became of it."""
        try:
            self._deal_with(item)
        except Exception as error:
            logger.exception("Item %s of the export could not be imported.", item.id)
            self._record(item, Outcome.FAILED, _in_words(error))

    def _deal_with(self, item):
        if item.comments:
            self.commented.append(commented(item))
        for text in item.notes:
            self.report.note(item.id, "amended", text)
        if item.status in THROWN_AWAY:
            self._record(item, Outcome.SKIPPED, _("It is in the bin of WordPress."))
        elif item.type == ATTACHMENT:
            self._take_file(item)
        elif item.type == GUEST:
            self.people.import_guest(item, self.media)
            self.pages.begin()
        elif item.type == MENU_ITEM:
            self._list_menu_item(item)
        elif item.type in self.pages.models:
            self._import_page(item)
        elif item.type == REUSABLE:
            self._record(item, Outcome.SKIPPED, _("It stands in the texts that use it."))
        else:
            self._record(item, Outcome.SKIPPED, _("Items of this type are not imported."))

    def _import_page(self, item, is_second=False):
        if not is_second:
            self.left_out.update({term.taxonomy for term in item.terms} - self.taxonomies)
        decision = self.pages.decide(item)
        if is_second and decision.outcome == Outcome.UNCHANGED:
            decision.outcome = Outcome.UPDATED
        page, reason = decision.page and decision.page.pk, decision.reason
        if decision.outcome in (Outcome.CREATED, Outcome.UPDATED):
            notes = Notes()
            page, reason = self.pages.store(item, decision, notes)
            if not is_second:
                self._note(item, notes)
        if not is_second:
            entry = self._record(item, decision.outcome, reason, page)
            if isinstance(reason, Reasons) and reason.is_live and item.type != "page":
                self.live.append((entry, reason))

    def _note(self, item, notes):
        """Report what was noted of an item, and its words."""
        for kind, detail in notes.found:
            self.report.note(item.id, kind, detail)
        self.report.count_words(item.id, item.language, notes.words)

    def _take_file(self, item):
        if self.media is None:
            self._record(item, Outcome.SKIPPED, no_uploads())
            return
        self.media.prepare(item.id)
        with self.publisher.atomic():
            taken = self.media.take(item.id)
        self._record(item, taken.outcome, taken.reason)

    def _list_menu_item(self, item):
        menus = [one_line(term.name) for term in item.terms if term.taxonomy == "nav_menu"]
        address = next(iter(item.meta.get("_menu_item_url", ())), "")
        target = next(iter(item.meta.get("_menu_item_object_id", ())), "")
        leads_to = address or target
        self.report.note(
            item.id, "menu", f"{', '.join(menus)}: {one_line(item.title)} → {leads_to}"
        )
        self._record(item, Outcome.SKIPPED, _("Menus are listed in the report, not imported."))

    def _record(self, item, outcome, reason="", page=None):
        title = Truncator(one_line(item.title)).chars(LONGEST_TITLE)
        return self.report.add(item.id, item.type, item.language, outcome, reason, page, title)

    def _note_leads(self):
        """Where no article that goes live has a lead, say so once, and what mends it."""
        if len(self.live) < 2 or not all(reasons.lead for _entry, reasons in self.live):
            return
        for each, reasons in self.live:
            values = each.id, each.type, each.language, each.outcome, reasons.without_lead()
            self.report.add(*values, each.page, each.title)
        detail = _("None of the %(count)s articles that are live has one.")
        if not self.options.lead_from_text:
            detail += " " + _(
                "Import with the option that makes the first paragraph the lead (--lead-from-text)."
            )
        self.report.note("", "leads-missing", detail % {"count": len(self.live)})

    def _record_addresses(self):
        """Redirect the addresses of the exported site to the pages that are here."""
        from diptych.articles.transfer.wordpress.addresses import record_addresses

        there = set(map(str, Page.objects.values_list("pk", flat=True)))
        pages = {key: pk for key, pk in self.records.object_ids.items() if pk in there}
        recorded = record_addresses(self.export, self.site, pages, self._address_of_file)
        for path in recorded.too_long:
            self.report.note("", "address-too-long", path)

    def _address_of_file(self, number):
        if self.media is None or number not in self.export.attachments:
            return None
        found = self.media.image(number) or self.media.document(number)
        if found is None:
            return None
        return found.file.url if hasattr(found, "get_rendition") else found.url

    def _note_terms_left_out(self):
        """Note the tags, and the terms of other taxonomies, that became nothing here."""
        if not self.options.tags and (names := self._names_of(TAG)):
            self.report.note("", "tags-left-out", names)
        for taxonomy, count in sorted(self.left_out.items()):
            said = {"taxonomy": taxonomy, "count": count, "names": self._names_of(taxonomy)}
            line = ngettext(
                "%(taxonomy)s, in one text: %(names)s",
                "%(taxonomy)s, in %(count)s texts: %(names)s",
                count,
            )
            self.report.note("", "taxonomy-left-out", line % said)

    def _names_of(self, taxonomy):
        terms = self.export.terms.values()
        return ", ".join(one_line(term.name) for term in terms if term.taxonomy == taxonomy)

    def _resolve_links(self):
        """Read the items again whose links led to items that came after them."""
        rows = self.records.rows().filter(waits_for_links=True)
        waiting = set(rows.values_list("kind", "key"))
        if not waiting:
            return
        self.links.is_final = True
        total = sum(self.export.counts.values()) or None
        for item in self.progress(_("Links"), self.export.read(), total):
            if (item.type, str(item.id)) not in waiting:
                continue
            try:
                self._import_page(item, is_second=True)
            except Exception as error:
                logger.exception("Links of item %s could not be resolved.", item.id)
                self.report.note(item.id, "links", _in_words(error))
        rows.update(waits_for_links=False)


@contextmanager
def _related_at_the_end():
    """Let related articles, where they are installed, wait until all articles are there."""
    if not apps.is_installed("diptych.articles.related"):
        yield
        return
    from diptych.articles.related.rebuilding import catch_up
    from diptych.articles.related.tasks import left_waiting

    with left_waiting():
        yield
    catch_up()


def _in_words(error):
    """What an exception says, in one line."""
    if isinstance(error, ValidationError):
        return in_words(error)
    return f"{type(error).__name__}: {error}"
