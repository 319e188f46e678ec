"""Ask before an incomplete translation is published, and report what keeps a draft from it."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request, set_query_params

from diptych.articles.languages.admin.access import page_in_language
from diptych.articles.languages.admin.links import (
    PageBreadcrumbsMixin,
    fragment,
    fragment_of,
    translating_url,
)
from diptych.articles.languages.admin.listings.states import language_heading
from diptych.articles.languages.admin.publishing.messages import (
    announce_languages,
    announce_schedule,
    is_in_future,
)
from diptych.articles.languages.config.fields import language_of
from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.readiness.gate import can_confirm, unanswered_gradings
from diptych.articles.languages.publication.readiness.grading import (
    Confirmation,
    Grade,
    NotPublishable,
)

#: The name of the hidden inputs that hold the confirmations.
CONFIRMED = "confirmed"


def posted_confirmations(request):
    """Every :class:`Confirmation` that was posted."""
    return [Confirmation.parse(each) for each in request.POST.getlist(CONFIRMED)]


def question_url(page_id, languages, next_url=None):
    """Where one is asked whether the newest draft is to be published in ``languages``.

    ``next_url`` is where one goes from there, if not to the editor.
    """
    query = {"language": languages} | ({"next": next_url} if next_url else {})
    return f"{reverse('diptych_publish', args=(page_id,))}?{urlencode(query, doseq=True)}"


def linked_places(page, grading):
    """``(place, url)`` for each open place of ``grading``, where it is written."""
    editor = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    is_source = grading.language == grading.source_language
    translating = editor if is_source else translating_url(page.pk, grading.language)
    return [
        (place, f"{editor if _is_shared(page, place) else translating}{place_fragment(place)}")
        for place in grading.places
    ]


def _is_shared(page, place):
    """Whether ``place`` is a comment on a field that all languages share."""
    return place.kind == "commented" and language_of(type(page), place.field) is None


def problem_url(page, problem):
    """The field or block that a :class:`PublicationProblem` is about, in the editor of ``page``.

    Of a page that is not saved yet, within the form that is shown.
    """
    editor = reverse("wagtailadmin_pages:edit", args=(page.pk,)) if page.pk else ""
    return f"{editor}{fragment_of(problem)}"


def linked_problems(page, problems):
    """``(sentence, url)`` for each of ``problems``; the URL of one without a field is empty."""
    return [
        (sentence, problem_url(page, each) if field else "")
        for each in problems
        for field, sentence in [each]
    ]


def place_fragment(place):
    """The fragment of an open place in the side-by-side view, whose rows have keys as ids."""
    name, _dot, inside = place.key.partition(".")
    return fragment(place.field or name, inside)


def listed(page, gradings):
    """The ``gradings`` for the template of the question: places and problems by language."""
    return [
        {
            "grading": each,
            "name": translated_language_name(each.language),
            "places": linked_places(page, each),
            "problems": linked_problems(page, each.problems),
        }
        for each in gradings
    ]


def to_do(gradings):
    """How much is to be done before ``gradings`` are published, as a sentence."""
    count = _count_of(gradings)
    message = ngettext(
        "Not published: %(count)s thing to do", "Not published: %(count)s things to do", count
    )
    return message % {"count": count}


def _count_of(gradings):
    return sum(len(each.problems or each.new_places) for each in gradings)


#: So many of the things to do are linked from a message.
MOST_LINKS = 5


def report_not_published(request, gradings, page=None):
    """Add a message that the draft is saved and not published, with the number of blockers.

    The first blockers are linked: to the editor of ``page``, which is named, or without it to the
    fields of the screen that is shown.
    """
    message = (
        f"{_to_do_in(page, gradings) if page else to_do(gradings)}. {_('The draft is saved.')}"
    )
    links = list(_links_of(gradings, page))
    messages.error(
        request, message, buttons=[messages.button(*link) for link in links[:MOST_LINKS]]
    )


def _to_do_in(page, gradings):
    count = _count_of(gradings)
    message = ngettext(
        "Not published: %(count)s thing to do in “%(title)s”",
        "Not published: %(count)s things to do in “%(title)s”",
        count,
    )
    return message % {"count": count, "title": page.get_admin_display_title()}


def _links_of(gradings, page):
    """``(url, label)`` for each problem, and one for the places of all translations."""
    names_language = page is not None or len(gradings) > 1
    for each in gradings:
        for problem in each.problems:
            _field, sentence = problem
            words = {"language": language_heading(each.language), "problems": sentence}
            label = _("%(language)s: %(problems)s") % words if names_language else sentence
            yield problem_url(page, problem) if page else fragment_of(problem), label
    if page and not any(each.problems for each in gradings):
        url = question_url(page.pk, [each.language for each in gradings])
        yield url, _("See the places")


def question_context(request, page, gradings):
    """The context of the question, or of the explanation why there is none."""
    refused = any(each.grade == Grade.REFUSED for each in gradings)
    may_confirm = all(
        each.is_of_comments or can_confirm(request.user, each.language) for each in gradings
    )
    return {
        "page": page,
        "gradings": listed(page, gradings),
        "to_do": to_do(gradings),
        "is_question": may_confirm and not refused,
        "is_refused": refused,
        "confirmations": [str(each.confirmation) for each in gradings],
    }


def ask_again(request, view, refusal, page, fields, cancel_url):
    """The answer to a post to ``view`` that needs confirmations, which are posted with it again.

    ``refusal`` is the :exc:`NotPublishable` that the post met, ``fields`` the posted names that the
    second post repeats.
    """
    posted = [(name, value) for name in fields for value in request.POST.getlist(name)]
    context = view.get_context_data() | question_context(request, page, refusal.gradings)
    context |= {"action_url": request.path, "posted": posted, "cancel_url": cancel_url}
    return TemplateResponse(request, PublishView.template_name, context)


class PublishView(PageBreadcrumbsMixin, TemplateView):
    """Publish the newest draft of a page in the ``language`` parameters, after a question.

    Users who may not publish incomplete translations see the blockers instead.
    """

    template_name = "diptych_languages/admin/publish.html"
    header_icon = "upload"

    def dispatch(self, request, page_id):
        named = set(request.GET.getlist("language"))
        self.languages = [code for code in available_languages() if code in named]
        if not self.languages:
            raise Http404
        for language in self.languages:
            self.page = page_in_language(request, page_id, language, _can_publish)
        self.language = self.languages[0]
        return super().dispatch(request)

    @cached_property
    def draft(self):
        return self.page.get_latest_revision_as_object()

    @cached_property
    def gradings(self):
        """Those that keep the draft from being published without an answer."""
        return unanswered_gradings(self.draft, self.page, self.languages, self.request.user)

    def get_page_title(self):
        names = MultilingualPageMixin.names_of(self.languages)
        return _("Publish %(languages)s") % {"languages": names}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context |= question_context(self.request, self.page, self.gradings)
        return {
            **context,
            "checklist": self._checklist(),
            "action_url": self.request.get_full_path(),
            "is_saved": True,
            "cancel_url": self._url_to_stay_at(),
        }

    def _checklist(self):
        """The points to check before publishing, once for all languages."""
        found = {
            text: url
            for code in self.languages
            for text, url in linked_problems(self.page, self.draft.publication_checklist(code))
        }
        return list(found.items())

    @transaction.atomic
    def post(self, request):
        self.page.lock_row()
        self.page = self.page.stored()
        if self.page.is_locked_for(request.user):
            messages.error(request, _("The page is locked: nothing has been published."))
            return redirect(self.edit_url)
        try:
            with transaction.atomic():
                self.page.publish_languages(
                    self.languages, request.user, confirmed=posted_confirmations(request)
                )
        except NotPublishable:
            messages.warning(
                request, _("The text has changed since you were asked. Nothing has been published.")
            )
            return redirect(request.get_full_path())
        self._announce()
        return redirect(self.next_url or self.edit_url)

    @property
    def next_url(self):
        return get_valid_next_url_from_request(self.request)

    def _url_to_stay_at(self):
        """The editor, which leads on to where the question would."""
        return set_query_params(self.edit_url, {"next": self.next_url or None})

    def _announce(self):
        public = self.page.stored()
        button = messages.button(self.edit_url, _("Edit")) if self.next_url else None
        if is_in_future(self.draft.go_live_at):
            languages = {*public.live_languages, *self.languages}
            announce_schedule(self.request, public, languages, button)
        else:
            announce_languages(self.request, public, self.languages, button)


def _can_publish(user, page, language):
    return page.permissions_for_user(user).can_publish_in(language)
