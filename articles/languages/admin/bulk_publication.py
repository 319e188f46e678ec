"""The bulk action that publishes pages, naming the languages of each before and after."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction

from articles.languages.admin.publication import missing_for_publication, missing_in_words
from articles.languages.pages import LanguagePageMixin
from articles.languages.permissions.policy import can

#: So many pages are named in a message for each set of languages; the others are counted.
MOST_TITLES = 20


class PublishInLanguages(PublishBulkAction):
    template_name = "diptych_languages/admin/bulk_publish.html"

    def object_context(self, page):
        context = super().object_context(page)
        draft = context["item"].get_latest_revision_as_object()
        if isinstance(draft, LanguagePageMixin):
            missing = missing_for_publication(draft)
            languages = languages_to_publish(draft, self.request.user)
            context["in_languages"] = True
            context["missing"] = missing_in_words(missing)
            context["languages"] = LanguagePageMixin.names_of(languages)
        return context

    def get_execution_context(self):
        return {**super().get_execution_context(), "action": self}

    @classmethod
    def execute_action(cls, objects, action=None, include_descendants=False, user=None, **kwargs):
        drafts = _drafts(objects, include_descendants)
        expected = [(draft, languages_to_publish(draft, user)) for draft in drafts]
        numbers = super().execute_action(
            objects, include_descendants=include_descendants, user=user, **kwargs
        )
        if action is not None:
            action.sentences = _what_was_published(expected)
        return numbers

    def get_success_message(self, num_parent_objects, num_child_objects):
        counted = super().get_success_message(num_parent_objects, num_child_objects)
        return ". ".join([counted, *self.sentences])


def languages_to_publish(draft, user):
    """The languages in which ``user`` would publish something new of ``draft``."""
    languages = draft.languages_to_change()
    return [code for code in languages if user is None or can(user, "publish", code)]


def _drafts(pages, with_descendants):
    """The newest drafts of the pages in languages that are published with ``pages``."""
    published = list(pages)
    if with_descendants:
        for page in pages:
            published += page.get_descendants().not_live()
    drafts = [page.get_latest_revision_as_object() for page in published]
    return [draft for draft in drafts if isinstance(draft, LanguagePageMixin)]


def _what_was_published(expected):
    """For each set of languages a sentence, without its full stop, that names its pages.

    ``expected`` holds each draft with the languages in which it was to be published.
    """
    titles = {}
    for draft, languages in expected:
        live = draft.stored().live_languages
        published = tuple(code for code in languages if code in live)
        words = _in_words(published, languages)
        titles.setdefault(words, []).append(draft.get_admin_display_title())
    return [f"{words} {_listed(named)}" for words, named in titles.items()]


def _in_words(published, expected):
    if published:
        names = LanguagePageMixin.names_of(published)
        return capfirst(_("In %(languages)s:") % {"languages": names})
    if expected:
        names = LanguagePageMixin.names_of(expected)
        return _("Not live yet in %(languages)s:") % {"languages": names}
    return _("Nothing new for readers:")


def _listed(titles):
    named = "; ".join(titles[:MOST_TITLES])
    others = len(titles) - MOST_TITLES
    if others < 1:
        return named
    more = ngettext("and %(count)s more", "and %(count)s more", others) % {"count": others}
    return f"{named}; {more}"
