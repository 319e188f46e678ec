"""Posts and pages of an export as articles and plain pages: an item is a language of a page."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from wagtail.models import Page

from diptych.articles.imported_documents.counting import Counted, counted, text_of_blocks
from diptych.articles.languages.config.language_config import column, default_language
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.models import (
    ArticleAuthor,
    ArticleIndexPage,
    ArticlePage,
    ArticleTopic,
    AuthorPage,
    HomePage,
    SeriesPage,
    StandardPage,
    TopicPage,
)
from diptych.articles.transfer.models import ImportedItem
from diptych.articles.transfer.publisher import PUBLISH
from diptych.articles.transfer.records import digest, stored_fingerprint
from diptych.articles.transfer.report import Outcome
from diptych.articles.transfer.wordpress.attachments import Texts
from diptych.articles.transfer.wordpress.content import text_of_post
from diptych.articles.transfer.wordpress.states import set_dates, set_first_date, state_of
from diptych.articles.transfer.wordpress.texts import (
    SEARCH_DESCRIPTIONS,
    SEARCH_TITLES,
    stored_blocks,
    texts_of,
    with_ids_of,
)

#: Where WordPress keeps the main picture, and the texts of footnotes.
THUMBNAIL, FOOTNOTES = "_thumbnail_id", "footnotes"


@dataclass
class Decision:
    """What is to be done with an item: ``page`` is the one that it changes, if it is there."""

    outcome: str
    reason: str = ""
    row: ImportedItem | None = None
    page: Page | None = None
    draft: Page | None = None
    fingerprint: str = ""


@dataclass
class Notes:
    """What the conversion of one item notes, for the report."""

    found: list = field(default_factory=list)
    #: The texts whose words are in no block by a rule.
    left_out: list = field(default_factory=list)
    #: How many words of the content came through.
    words: Counted = field(default_factory=Counted)

    def add(self, kind, detail=""):
        self.found.append((kind, detail))

    def leave_out(self, text):
        self.left_out.append(text)


class NoMedia:
    """What stands for the files of an export where none are imported."""

    def image(self, key):
        return None

    def document(self, key):
        return None

    def texts(self, key, language):
        return Texts()


class Pages:
    """Makes pages of items. ``models`` maps types of items to types of pages."""

    def __init__(self, session, models, convert):
        self.session, self.models, self.convert = session, models, convert
        self.records, self.publisher = session.records, session.publisher
        self.known = frozenset()

    def begin(self):
        """Know which authors, topics and series are there, before the first item."""
        pages = Page.objects.type(AuthorPage, TopicPage, SeriesPage)
        self.known = frozenset(pages.values_list("pk", flat=True))

    def has_to_wait(self, item):
        """Whether the page above is an item that comes later."""
        if not item.parent or self.models.get(item.type) is not StandardPage:
            return False
        key = item.type, str(item.parent)
        return (
            key not in self.records.object_ids and item.parent in self.session.export.languages_of
        )

    # What is to be done

    def decide(self, item):
        """The :class:`Decision` about an item."""
        language = item.language or default_language()
        fingerprint = self._fingerprint(item)
        row = self.records.find(item.type, item.id)
        if row is None:
            return self._decide_new(item, language, fingerprint)
        page = row.target
        if page is None:
            return Decision(Outcome.SKIPPED, _("It was deleted here since."))
        if self.publisher.is_elsewhere(page):
            return Decision(Outcome.SKIPPED, _("Its page was moved out of this site since."))
        if row.language != language:
            reason = _("It is in another language now than when it was imported.")
            return Decision(Outcome.SKIPPED, reason, row, page)
        draft, is_same = page.stored_draft(), row.source_fingerprint == fingerprint
        if self._is_changed_here(row, page, draft):
            reason = (
                _("It was changed here since, and is kept so.")
                if is_same
                else _("It was changed both in WordPress and here, and is kept as it is here.")
            )
            return Decision(Outcome.CONFLICT, reason, row, page)
        outcome = Outcome.UNCHANGED if is_same else Outcome.UPDATED
        return Decision(outcome, "", row, page, draft, fingerprint)

    def _decide_new(self, item, language, fingerprint):
        page = self._page_of_translations(item)
        if page and self.publisher.is_elsewhere(page):
            return Decision(Outcome.SKIPPED, _("Its page was moved out of this site since."))
        draft = page.stored_draft() if page else None
        if draft and draft.text_in("headline", language):
            reason = _("Its page has a text in this language already.")
            return Decision(Outcome.CONFLICT, reason, None, page)
        return Decision(Outcome.CREATED, "", None, page, draft, fingerprint)

    def _page_of_translations(self, item):
        for pk in self.session.export.groups.get(item.group or "", {}).values():
            row = self.records.find(item.type, pk) if pk != item.id else None
            if row and isinstance(row.target, self.models[item.type]):
                return row.target
        return None

    def _fingerprint(self, item):
        """Of what an item says, and of the options by which it is read."""
        session = self.session
        meta = [*SEARCH_TITLES, *SEARCH_DESCRIPTIONS, THUMBNAIL, FOOTNOTES]
        said = [
            *(item.status, item.title, item.slug, item.authors, item.date),
            *(item.modified, item.content, item.excerpt, item.password, item.parent),
            *(item.is_sticky, item.language, item.group, item.problem),
            [(term.taxonomy, term.slug) for term in item.terms],
            [item.meta.get(key) for key in meta],
            session.export.translators(item),
            [session.options.lead_from_text, session.options.tags, session.has_uploads],
        ]
        return digest(said)

    def _is_changed_here(self, row, page, draft):
        if row.stored_fingerprint != stored_fingerprint(draft, row.language):
            return True
        if not isinstance(page, ArticlePage):
            return False
        expected = self._merged(page, self.records.of_page(page))
        return self._known_only(expected) != self._known_only(_shared_of(draft))

    def _is_overtaken(self, decision, page, draft, language):
        """Whether the page was changed between the decision and now, when nobody else can."""
        if decision.row is None:
            return bool(draft.text_in("headline", language))
        return self._is_changed_here(decision.row, page, draft)

    def _known_only(self, shared):
        """``shared`` without authors, topics and series that were deleted since."""
        return {
            name: [pk for pk in value if pk in self.known] if isinstance(value, list) else value
            for name, value in shared.items()
        }

    # Storing

    def store(self, item, decision, notes):
        """Create or change a language of a page; returns its primary key and what is to be said.

        ``decision`` becomes a conflict where an editor has changed the page since it was made.
        """
        language = item.language or default_language()
        links = self.session.links
        links.is_waiting = False
        with self.publisher.atomic():
            page, draft = decision.page, decision.draft
            if page:
                page.lock_row()
                draft = page.stored_draft()
                if self._is_overtaken(decision, page, draft, language):
                    decision.outcome = Outcome.CONFLICT
                    return page.pk, _("It was changed here while it was imported, and is kept so.")
            else:
                page = draft = self._new_page(item, language)
            slug_of_page = self._write(item, draft, language, notes)
            shared = self._shared(item, language, draft)
            rows = self.records.of_page(page) if page.pk else []
            self._set_shared(draft, rows, decision.row, shared, item)
            parent = self._parent(item)
            self._set_slug(draft, language, slug_of_page, page, parent)
            reasons = self._publish(item, page, draft, language, parent)
            is_first = shared.get("sticky") and shared["is_live"]
            if is_first and decision.outcome == Outcome.CREATED and page.live:
                self.publisher.put_on_front_page(page)
            row = self.records.keep(
                decision.row,
                item.type,
                str(item.id),
                page,
                language=language,
                source_fingerprint=decision.fingerprint,
                stored_fingerprint=stored_fingerprint(page.stored_draft(), language),
                shared=shared,
                waits_for_links=links.is_waiting,
                imported_as_it_was=reasons.as_it_was,
            )
        self.records.remember(row)
        return page.pk, reasons

    def _new_page(self, item, language):
        """A page that is not stored; its source is the item of its group with the lowest number."""
        group = self.session.export.groups.get(item.group or "", {})
        source = min(group, key=group.get, default=language) if group else language
        return self.models[item.type](live=False, source_language=source)

    def _write(self, item, draft, language, notes):
        """Write the texts of an item into ``draft``; returns its slug in WordPress."""
        session = self.session
        body = self.convert(
            item.content,
            language=language,
            media=session.media or NoMedia(),
            links=session.links,
            notes=notes,
            footnotes=_first(item, FOOTNOTES),
            pictures_of=lambda post: session.export.pictures_of(post or item.id),
        )
        source = text_of_post(item.content, _first(item, FOOTNOTES))
        made = text_of_blocks([(each["type"], each["value"]) for each in body])
        notes.words = counted(source, made, notes.left_out)
        texts = texts_of(
            item,
            body,
            site_name=session.export.title,
            lead_from_text=session.options.lead_from_text,
        )
        for kind, detail in texts.notes:
            notes.add(kind, detail)
        blocks = with_ids_of(texts.body, stored_blocks(draft.text_in("body", language)))
        source = draft.source_language
        if source != language:
            others = stored_blocks(draft.text_in("body", source))
            blocks = with_ids_of(blocks, others, is_translation=True)
        for name in ("headline", "lead", "meta_title", "meta_description"):
            draft.set_text(name, language, getattr(texts, name))
        stream = draft._meta.get_field("body").stream_block
        draft.set_text("body", language, stream.to_python(blocks))
        self._credit_translator(item, draft, language, notes)
        return texts.slug

    def _credit_translator(self, item, draft, language, notes):
        """Credit the author of a translation who did not write its source, and note who is not."""
        if self.models[item.type] is not ArticlePage:
            return
        people, credited = self.session.people, False
        for login in people.unknown_of(item):
            notes.add("author-unknown", login)
        for login in self.session.export.translators(item):
            pages = [pk for pk in people.pages_named([login]) if pk in self.known]
            is_credited = bool(pages) and not credited
            if is_credited:
                setattr(draft, f"{column('translator', language)}_id", pages[0])
                credited = True
            kind = "translator" if is_credited else "author-left-out"
            notes.add(kind, people.name_of(login))

    def _set_slug(self, draft, language, slug, page, parent):
        """Keep the slug of WordPress, numbered where another page has it."""
        if draft.text_in("url_slug", language) != slug:
            draft.set_text(
                "url_slug", language, self.publisher.free_slug(page, language, slug, parent)
            )

    def _parent(self, item):
        if self.models[item.type] is ArticlePage:
            return ArticleIndexPage
        above = self.records.object_ids.get((item.type, str(item.parent))) if item.parent else None
        below = StandardPage.objects.descendant_of(self.publisher.home)
        page = below.filter(pk=above).first() if above else None
        return page or HomePage

    def _publish(self, item, page, draft, language, parent):
        """Store ``draft`` in the state of the item; returns the :class:`Reasons` to report."""
        state = state_of(item)
        reasons = Reasons([state.reason] if state.reason else [])
        is_new = page.pk is None
        if is_new:
            self.publisher.add(page, parent)
        if state.is_live:
            set_first_date(page, language, item)
            draft = page.stored_draft() if is_new else self._dated(draft, page, language)
            refused = page.publish_languages([language], draft=draft, as_it_is=True)
            reasons.is_live = True
            reasons.as_it_was = [text for each in refused for text in each.sentences]
            problems = [problem for each in refused for problem in each.problems]
            reasons.lead = next((text for name, text in problems if name.startswith("lead")), "")
            set_dates(page, language, item)
            return reasons
        draft.save_revision(clean=not is_new)
        if page.text_in("is_public", language):
            page.unpublish_languages([language])
        page.refresh_from_db()
        if state.due_at:
            reasons.said += self.publisher.schedule(page, language, state.due_at)
        elif not is_new:
            set_date(page, language, PUBLISH, None, None)
        return reasons

    def _dated(self, draft, page, language):
        """``draft`` with the first date that has just been stored."""
        date = page.text_in("first_public_at", language)
        for version in filter(None, (draft, draft.stored_page)):
            version.set_text("first_public_at", language, date)
        return draft

    # What all languages share

    def _shared(self, item, language, draft):
        """What an item says of authors, topics, series and picture, as its row keeps it."""
        if self.models[item.type] is not ArticlePage:
            return {}
        session, shared = self.session, {"is_live": state_of(item).is_live}
        shared["authors"] = [pk for pk in session.people.pages_of(item) if pk in self.known]
        topics = session.topics.pages_of(item, TopicPage)
        shared["topics"] = [pk for pk in topics if pk in self.known]
        series = session.topics.pages_of(item, SeriesPage)
        shared["series"] = [pk for pk in series if pk in self.known][:1]
        shared["part"] = _part_of(item) if shared["series"] else None
        number = _first(item, THUMBNAIL)
        image = session.media.image(int(number)) if session.media and number.isdecimal() else None
        shared["hero"] = image.pk if image else None
        shared["sticky"] = item.is_sticky
        return shared

    def _set_shared(self, draft, rows, own, shared, item):
        if not isinstance(draft, ArticlePage):
            return
        others = [row for row in rows if own is None or row.pk != own.pk]
        mine = ImportedItem(key=str(item.id), kind=item.type, shared=shared)
        mine.language = item.language or default_language()
        merged = self._known_only(self._merged(draft, [*others, mine]))
        if merged == self._known_only(_shared_of(draft)):
            return
        draft.authors = [ArticleAuthor(author_id=pk) for pk in merged["authors"]]
        draft.topics = [ArticleTopic(topic_id=pk) for pk in merged["topics"]]
        draft.series_id = next(iter(merged["series"]), None)
        draft.series_part, draft.hero_image_id = merged["part"], merged["hero"]

    def _merged(self, page, rows):
        """What the rows of a page say together: that in its source language first.

        Items that are not live say nothing beside one that is: it would be public with that.
        """
        ordered = sorted(rows, key=lambda row: (row.language != page.source_language, row.key))
        said = [row.shared for row in ordered if row.shared]
        if not said:
            return _shared_of(page)
        said = [each for each in said if each.get("is_live", True)] or said
        authors = next((each["authors"] for each in said if each["authors"]), [])
        return {
            "authors": authors,
            "topics": list(dict.fromkeys(pk for each in said for pk in each["topics"])),
            "series": next((each["series"] for each in said if each["series"]), []),
            "part": next((each["part"] for each in said if each["part"]), None),
            "hero": next((each["hero"] for each in said if each["hero"]), None),
        }


@dataclass
class Reasons:
    """What the report says of an item that was stored."""

    said: list = field(default_factory=list)
    as_it_was: list = field(default_factory=list)
    is_live: bool = False
    #: The one of ``as_it_was`` that says that the lead is missing.
    lead: str = ""

    def without_lead(self):
        """The same, but for the missing lead."""
        return replace(self, as_it_was=[text for text in self.as_it_was if text != self.lead])

    def __str__(self):
        as_it_was = _("Imported as it was: %s") % " ".join(self.as_it_was)
        return " ".join([*self.said, *([as_it_was] if self.as_it_was else [])])


def _shared_of(draft):
    """What ``draft`` says of authors, topics, series and picture, as :meth:`Pages._merged` does."""
    return {
        "authors": [each.author_id for each in draft.authors.all()],
        "topics": [each.topic_id for each in draft.topics.all()],
        "series": [draft.series_id] if draft.series_id else [],
        "part": draft.series_part,
        "hero": draft.hero_image_id,
    }


def _first(item, key):
    """The first value of one key of post meta, ``""`` if there is none."""
    return next(iter(item.meta.get(key, ())), "").strip()


def _part_of(item):
    """The number of an item in its series, as plugins for series keep it."""
    for key, values in item.meta.items():
        if key.startswith("_series_part") and values and values[0].strip().isdecimal():
            return min(int(values[0]), 32767) or None
    return None
