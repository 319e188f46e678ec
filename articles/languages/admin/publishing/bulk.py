"""The bulk action that publishes pages, naming the languages of each before and after."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction

from diptych.articles.languages.admin.page_actions.all_languages import listed_titles
from diptych.articles.languages.admin.publishing.confirmation import (
    posted_confirmations,
    question_context,
    report_not_published,
)
from diptych.articles.languages.admin.publishing.messages import NAMED
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.languages.permissions.policy import (
    can,
    can_publish_shared,
    languages_denied,
)
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.partial_publication import prepare_partial_publication
from diptych.articles.languages.publication.readiness.gate import unanswered_gradings
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.translations.shared import has_new_shared


class PublishInLanguages(PublishBulkAction):
    """Asks about incomplete translations in the row of each page, as a single publication does."""

    template_name = "diptych_languages/admin/bulk_publish.html"

    def annotate_items(self, items):
        items = super().annotate_items(items)
        self.dated = _dated_languages(items)
        return items

    def object_context(self, page):
        context = super().object_context(page)
        user = self.request.user
        draft = _draft_to_publish(context["item"], user, self.dated[page.pk])
        if isinstance(draft, MultilingualPageMixin):
            context["in_languages"] = True
            context["languages"] = MultilingualPageMixin.names_of(languages_to_publish(draft, user))
            context |= question_context(self.request, page, _unanswered(draft, user))
        return context

    def get_execution_context(self):
        return {**super().get_execution_context(), "action": self}

    @classmethod
    def execute_action(cls, objects, action=None, include_descendants=False, user=None, **kwargs):
        """Publish those ``objects`` that may be; remove the others and report them."""
        confirmed = posted_confirmations(action.request)
        refusals, expected, numbers = [], [], [0, 0]
        for page in list(objects):
            planned = list(_planned(page, include_descendants, user))
            try:
                with transaction.atomic():
                    below = _publish(page, user, confirmed, include_descendants)
            except _Refused as refusal:
                refusals.append(refusal)
                objects.remove(page)
            else:
                expected += planned
                numbers = [numbers[0] + _is_news_in(page, planned), numbers[1] + below]
        _report_refused(action.request, refusals)
        action.sentences = [*_titles_by_languages(expected), *_titles_left_out(expected)]
        return numbers

    def get_success_message(self, num_parent_objects, num_child_objects):
        sentences = list(self.sentences)
        if num_parent_objects:
            counted = super().get_success_message(num_parent_objects, num_child_objects)
            sentences.insert(0, counted)
        return ". ".join(sentences) or None


def _is_news_in(page, planned):
    """Whether publishing ``page`` itself changes one of its languages for readers."""
    languages = next((plan.languages for plan in planned if plan.draft.pk == page.pk), None)
    return languages is None or bool(languages)


def _dated_languages(pages):
    """The languages of each of ``pages`` that have a date, by its primary key; empty for none."""
    dated = defaultdict(set)
    rows = LanguageSchedule.objects.filter(page_id__in=[page.pk for page in pages])
    for pk, language in rows.values_list("page_id", "language"):
        dated[pk].add(language)
    return dated


def _draft_to_publish(page, user, dated):
    """The newest draft of ``page``, which requests the languages that are to be published.

    These are the requested ones and, of those that ``user`` may publish, each that is written,
    lacks nothing, was never live and is not among the ``dated``.
    """
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, MultilingualPageMixin) or draft.alias_of_id:
        return draft
    new = [code for code in _new_languages(draft, dated) if _may_publish(user, code)]
    if new:
        draft.request_publication([*draft.languages_to_be_live(), *new])
        draft.is_arranged = True
    return draft


def _new_languages(draft, dated):
    """The languages of ``draft`` that are complete and were never live, without the ``dated``."""
    known = {*draft.languages_to_be_live(), *dated}
    return [
        code
        for code in draft.languages_written()
        if code not in known
        and not draft.text_in("first_public_at", code)
        and not draft.publication_problems(code)
    ]


class _Refused(Exception):
    """A page, or one below it, cannot be published; the reasons are in ``gradings``."""

    def __init__(self, page, gradings):
        super().__init__()
        self.page = page
        self.gradings = gradings


def _publish(page, user, confirmed, with_descendants):
    """Publish ``page`` and, if asked for, the drafts below it; returns how many these are."""
    _publish_newest(page.specific, user, confirmed, _dated_languages([page])[page.pk])
    if not with_descendants:
        return 0
    drafts = page.get_descendants().not_live().defer_streamfields().specific()
    below = [each for each in drafts if each.permissions_for_user(user).can_publish()]
    dated = _dated_languages(below)
    for each in below:
        _publish_newest(each, user, confirmed, dated[each.pk])
    return len(below)


def _publish_newest(page, user, confirmed, dated):
    draft = _draft_to_publish(page, user, dated)
    revision = page.get_latest_revision()
    if revision is None or getattr(draft, "is_arranged", False):
        revision = draft.save_revision(user=user, clean=False)
    if not isinstance(page, MultilingualPageMixin):
        revision.publish(user=user)
        return
    try:
        page.publish_languages(None, user, revision=revision, confirmed=confirmed)
    except NotPublishable as refusal:
        raise _Refused(page, refusal.gradings) from refusal


def _report_refused(request, refusals):
    for each in refusals[:NAMED]:
        report_not_published(request, each.gradings, each.page)
    others = len(refusals) - NAMED
    if others > 0:
        message = ngettext(
            "%(count)s more page has not been published: something is missing in it.",
            "%(count)s more pages have not been published: something is missing in them.",
            others,
        )
        messages.error(request, message % {"count": others})


def languages_to_publish(draft, user):
    """The languages in which ``user`` would publish something new of ``draft``."""
    public = draft.stored()
    may_publish_shared = user is None or can_publish_shared(user, public)
    is_new_for_all = may_publish_shared and public.live and has_new_shared(public, draft)
    return [
        code
        for code in draft.languages_to_be_live()
        if _may_publish(user, code) and (is_new_for_all or draft.has_news_for(public, code))
    ]


def _may_publish(user, language):
    """Whether ``user`` may publish ``language``; code without a user may."""
    return user is None or can(user, "publish", language)


def _unanswered(draft, user):
    """The gradings that keep ``draft`` from being published in the languages it requests.

    Puts the live text of the languages that ``user`` may not publish into ``draft``.
    """
    denied = languages_denied(user, "publish")
    allowed = [code for code in draft.languages_to_be_live() if code not in denied]
    if denied:
        prepare_partial_publication(draft, allowed, user)
    return unanswered_gradings(draft, draft.stored(), allowed, user, is_whole=True)


@dataclass
class _Plan:
    """The languages in which a ``draft`` is to be published.

    Those that are new, too, but that the user may not publish are ``left_out``.
    """

    draft: MultilingualPageMixin
    languages: list
    left_out: list


def _planned(page, with_descendants, user):
    """A :class:`_Plan` for each page in languages that is published with ``page``."""
    published = [page, *(page.get_descendants().not_live() if with_descendants else ())]
    dated = _dated_languages(published)
    for each in published:
        draft = _draft_to_publish(each, user, dated[each.pk])
        if isinstance(draft, MultilingualPageMixin):
            new = {*draft.languages_to_change(), *_new_languages(draft, dated[each.pk])}
            left_out = [code for code in available_languages() if code in new]
            left_out = [code for code in left_out if not _may_publish(user, code)]
            yield _Plan(draft, languages_to_publish(draft, user), left_out)


def _titles_by_languages(expected):
    """For each set of languages a sentence, without its full stop, that names its pages.

    ``expected`` holds a :class:`_Plan` of each page.
    """
    titles = {}
    for plan in expected:
        live = plan.draft.stored().live_languages
        published = tuple(code for code in plan.languages if code in live)
        words = _in_words(published, plan.languages)
        titles.setdefault(words, []).append(plan.draft.get_admin_display_title())
    return [f"{words} {listed_titles(named)}" for words, named in titles.items()]


def _titles_left_out(expected):
    """The same for the languages that were left out for want of a permission."""
    titles = {}
    for plan in expected:
        if plan.left_out:
            names = MultilingualPageMixin.names_of(plan.left_out)
            titles.setdefault(names, []).append(plan.draft.get_admin_display_title())
    message = _("Left out in %(languages)s, which you may not publish:")
    return [
        f"{message % {'languages': names}} {listed_titles(each)}" for names, each in titles.items()
    ]


def _in_words(published, expected):
    if published:
        names = MultilingualPageMixin.names_of(published)
        return capfirst(_("In %(languages)s:") % {"languages": names})
    if expected:
        names = MultilingualPageMixin.names_of(expected)
        return _("Not live yet in %(languages)s:") % {"languages": names}
    return _("Nothing new for readers:")
