"""Mark translations as still valid, and changes of a source as minor edits.

Both are recorded in the draft, and on the live page too where it has the same texts, so that the
notice to readers that the original was modified disappears without a publication. Each mark gets
an entry in the history of the page.
"""

from dataclasses import dataclass

from django.db import transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from diptych.articles.languages.admin import access
from diptych.articles.languages.admin.links import PageBreadcrumbsMixin
from diptych.articles.languages.admin.side_by_side.overview import Overview
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.routes.addresses import sync_page
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.marking import confirm, keep_without_source, mark_minor
from diptych.articles.languages.translations.provenance import record_of
from diptych.articles.languages.translations.units import label_of

#: The posted key that stands for all units that are out of date.
ALL = "all"


@dataclass(frozen=True)
class MarkedUnit:
    """A unit that was marked, with the texts of its source for the history."""

    action: str
    key: str
    before: str
    after: str
    source: str
    target: str


def confirm_translation(draft, language, keys, user, is_seen):
    """Record in ``draft`` that its translations of ``keys`` are still valid; saves nothing.

    Those are left of which ``is_seen(key)`` is false: somebody else has changed them meanwhile.
    """
    places = {place.key: place for place in compare(draft, language)}
    if ALL in keys:
        keys = [key for key, place in places.items() if place.status == "outdated"]
    keys = [key for key in keys if is_seen(key)]
    confirmed = confirm(draft, language, keys, user)
    return [_marked("diptych.confirm_translation", places[key]) for key in confirmed]


def keep_translation(draft, language, keys, is_seen):
    """Record in ``draft`` that ``keys`` stay though their source was deleted; saves nothing.

    Those are left of which ``is_seen(key)`` is false: somebody else has changed them meanwhile.
    """
    places = {place.key: place for place in compare(draft, language)}
    keys = [key for key in keys if is_seen(key)]
    return [
        _marked("diptych.keep_translation", places[key])
        for key in keep_without_source(draft, language, keys)
    ]


def mark_minor_edits(draft, keys):
    """Record in ``draft`` that the changes of ``keys`` need no translation; saves nothing."""
    places = _outdated_places(draft)
    due = mark_minor(draft, keys)
    return [_marked("diptych.minor_edit", places[key]) for key in due]


def _outdated_places(page):
    places = {}
    for language in available_languages():
        for place in compare(page, language):
            if place.status == "outdated":
                places.setdefault(place.key, place)
    return places


def _marked(action, place):
    return MarkedUnit(
        action,
        place.key,
        place.before or place.entry.get("text", ""),
        place.source.text if place.source else "",
        _fingerprint(place.source),
        _fingerprint(place.target),
    )


def _fingerprint(unit):
    return unit.fingerprint if unit else ""


def record(page, language, marked, user, revision=None):
    """Log ``marked`` in the history of ``page``, and apply it to the live page."""
    for each in marked:
        log(
            instance=page,
            action=each.action,
            user=user,
            revision=revision,
            data={
                "language": language,
                "unit": each.key,
                "before": each.before,
                "after": each.after,
            },
        )
    if page.live:
        mark_live_pages(type(page), page.pk, language, marked, user)


def mark_live_pages(model, pk, language, marked, user):
    """Apply ``marked`` to the live page and its aliases where they have the same texts."""
    queryset = model._default_manager
    for page in [*queryset.filter(pk=pk, live=True), *queryset.filter(alias_of_id=pk, live=True)]:
        if _mark_live(page, language, marked, user):
            page.write_column("provenance", language, record_of(page, language))
            sync_page(page, record_redirects=False)


def _mark_live(page, language, marked, user):
    by_action = {}
    for each in marked:
        by_action.setdefault(each.action, []).append(each)
    kept = [each.key for each in by_action.get("diptych.keep_translation", ())]
    changed = bool(kept) and bool(keep_without_source(page, language, kept))
    if minor := by_action.get("diptych.minor_edit"):
        places = _outdated_places(page)
        keys = [each.key for each in minor if _source_at(places, each.key) == each.source]
        changed |= bool(keys) and bool(mark_minor(page, keys))
    if confirmed := by_action.get("diptych.confirm_translation"):
        places = {place.key: place for place in compare(page, language)}
        keys = [each.key for each in confirmed if _has_marked_texts(places, each)]
        changed |= bool(keys) and bool(confirm(page, language, keys, user))
    return changed


def _source_at(places, key):
    return _fingerprint(places[key].source) if key in places else None


def _has_marked_texts(places, marked):
    """Whether the live page has the texts of source and translation that were marked."""
    place = places.get(marked.key)
    texts = place and (_fingerprint(place.source), _fingerprint(place.target))
    return texts == (marked.source, marked.target)


class MinorEditView(PageBreadcrumbsMixin, TemplateView):
    """Lists the changes of a source since its translation, and marks selected ones as minor."""

    template_name = "diptych_languages/admin/side_by_side/changes.html"
    header_icon = "resubmit"

    def dispatch(self, request, page_id):
        self.page = access.draft_of_source(request, page_id)
        return super().dispatch(request, page_id)

    def get_page_title(self):
        return _("What has changed since it was translated")

    @cached_property
    def rows(self):
        """The units that are out of date, each once, with the names of the languages concerned."""
        found = {}
        for language in available_languages():
            for row in Overview(self.page, language).rows:
                if row.status == "outdated":
                    found.setdefault(row.key, (row, []))[1].append(
                        translated_language_name(language)
                    )
        return [
            (row, label_of(self.page, row.unit), languages) for row, languages in found.values()
        ]

    def post(self, request, *args, **kwargs):
        keys = request.POST.getlist("unit")
        if not keys:
            messages.warning(request, _("Nothing is ticked."))
            return redirect(request.path)
        with transaction.atomic():
            self.page.lock_row()
            # Somebody may have saved or locked the page while this waited.
            self.page = access.draft_of_source(request, self.page.pk)
            if self.page.is_locked_for(request.user):
                messages.error(request, _("The page could not be saved as it is locked."))
                return redirect(request.path)
            marked = mark_minor_edits(self.page, keys)
            if marked:
                revision = self.page.save_revision(user=request.user, clean=False)
                language = self.page.source_language
                record(self.page, language, marked, request.user, revision)
        self._report_count(len(marked))
        self.__dict__.pop("rows", None)
        return redirect(request.path if self.rows else self.edit_url)

    def _report_count(self, count):
        message = ngettext(
            "%(count)s change counts as minor: translators are no longer told of it.",
            "%(count)s changes count as minor: translators are no longer told of them.",
            count,
        )
        messages.success(self.request, message % {"count": count})

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "rows": self.rows,
            "source_name": translated_language_name(self.page.source_language),
            "source_language": self.page.source_language,
            "edit_url": self.edit_url,
            "is_locked": self.page.is_locked_for(self.request.user),
        }
