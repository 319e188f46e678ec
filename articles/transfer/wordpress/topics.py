"""Terms of an export as pages of topics and of series, with their translations in one page."""

from collections import defaultdict

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.articles import LONGEST_HEADLINE
from diptych.articles.languages.config.language_config import (
    available_languages,
    column,
    default_language,
)
from diptych.articles.languages.routes.slugs import make_page_slug
from diptych.articles.models import HomePage, SeriesPage, TopicIndexPage, TopicPage
from diptych.articles.transfer.records import digest
from diptych.articles.transfer.report import Outcome
from diptych.articles.transfer.wordpress.texts import one_line

#: Below what pages of either type stand.
PARENTS = {TopicPage: TopicIndexPage, SeriesPage: HomePage}
CATEGORY, TAG = "category", "post_tag"


class Topics:
    """Makes pages of the terms of some taxonomies, each in a transaction of its own.

    ``topics`` and ``series`` are taxonomies.
    """

    def __init__(self, export, records, report, publisher, *, topics, series):
        self.export, self.records, self.report = export, records, report
        self.publisher = publisher
        self.models = dict.fromkeys(series, SeriesPage) | dict.fromkeys(topics, TopicPage)

    def import_all(self):
        """Make pages of all terms; yields after each group of translations."""
        for terms in self._groups():
            self._import(terms)
            yield

    def pages_of(self, item, model):
        """The primary keys of the topics or series of an item; those above a topic after it."""
        terms = [term for term in item.terms if self.models.get(term.taxonomy) is model]
        above = [each for term in terms for each in self.export.ancestors(term)]
        keys = [
            self.records.object_ids.get((term.taxonomy, term.slug)) for term in [*terms, *above]
        ]
        return list(dict.fromkeys(int(pk) for pk in keys if pk))

    def _groups(self):
        groups = defaultdict(list)
        for term in self.export.terms.values():
            if term.taxonomy in self.models:
                groups[term.taxonomy, term.group or f"{term.slug}/"].append(term)
        return list(groups.values())

    def _import(self, terms):
        """Create or change the page of a group of terms, and record what became of each term."""
        said = {}
        for term in terms:
            for language in self._languages_of(term):
                said.setdefault(language, {"name": _name(term), "slug": term.slug})
                said[language]["description"] = one_line(term.description)
        outcome, reason, page = self._write(terms, said)
        for term in terms:
            language = term.language or ""
            self.report.add_extra(term.slug, term.taxonomy, language, outcome, reason, page)

    def _languages_of(self, term):
        """A term that posts of several languages use has its name in all of them."""
        if term.language:
            return [term.language]
        return available_languages() if self.export.plugins else [self._only_language()]

    def _only_language(self):
        return self.export.language or default_language()

    def _write(self, terms, said):
        """Create or change a page; returns outcome, reason and its primary key."""
        fingerprint = digest(said)
        rows = [self.records.find(term.taxonomy, term.slug) for term in terms]
        row = next(filter(None, rows), None)
        page = row.target if row else None
        if page and self.publisher.is_elsewhere(page):
            return Outcome.SKIPPED, _("Its page was moved out of this site since."), None
        if row and all(each and each.source_fingerprint == fingerprint for each in rows):
            return Outcome.UNCHANGED, "", int(row.object_id)
        if row and page is None:
            return Outcome.SKIPPED, _("It was deleted here since."), None
        if row and row.stored_fingerprint != _fingerprint(page):
            return Outcome.CONFLICT, _("It was changed here since."), page.pk
        return self._store(terms, rows, said, page)

    def _store(self, terms, rows, said, page):
        outcome = Outcome.UPDATED if page else Outcome.CREATED
        model = self.models[terms[0].taxonomy]
        known = None if page else self._known(model, said)
        with self.publisher.atomic():
            page = page or known or model(live=False, source_language=next(iter(said)))
            if not known:
                draft = page.stored_draft() if page.pk else page
                self._fill(draft, said, model)
                page = self.publisher.publish(page, draft, list(said), PARENTS[model])
            values = {
                "source_fingerprint": digest(said),
                "stored_fingerprint": _fingerprint(page),
            }
            kept = [
                self.records.keep(row, term.taxonomy, term.slug, page, **values)
                for row, term in zip(rows, terms, strict=True)
            ]
        for row in kept:
            self.records.remember(row)
        if known:
            return Outcome.UNCHANGED, _("It was here already."), page.pk
        return outcome, "", page.pk

    def _known(self, model, said):
        """The page that was here before, or was made of another taxonomy, by its name."""
        language, texts = next(iter(said.items()))
        pages = model.objects.descendant_of(self.publisher.home)
        return pages.filter(**{column("headline", language): texts["name"]}).first()

    def _fill(self, draft, said, model):
        for language, texts in said.items():
            draft.set_text("headline", language, texts["name"])
            draft.set_text("description", language, texts["description"])
            if not draft.text_in("url_slug", language):
                slug = make_page_slug(texts["slug"].replace("-", " "), language)
                slug = slug or make_page_slug(texts["name"], language)
                slug = self.publisher.free_slug(draft, language, slug, PARENTS[model])
                draft.set_text("url_slug", language, slug)


def _name(term):
    return Truncator(one_line(term.name) or term.slug).chars(LONGEST_HEADLINE)


def _fingerprint(page):
    """Of what the newest draft of a topic or series says of what is imported."""
    draft, codes = page.stored_draft(), available_languages()
    names = [column(name, code) for name in ("headline", "description") for code in codes]
    return digest([*(getattr(draft, name) or "" for name in names), page.live])
