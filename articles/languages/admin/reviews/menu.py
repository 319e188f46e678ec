"""The way from the editor to the review of one language."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.action_menu import ActionMenuItem

from articles.languages.admin.action_menu import page_of
from articles.languages.available import available_languages, translated_language_name
from articles.languages.models import Review, TranslationAssignment
from articles.languages.translations import reviewing


class ReviewItem(ActionMenuItem):
    """Hand a language in, for those who may not publish it; decide on it, for those who may."""

    icon_name = "glasses"

    def __init__(self, language, order):
        super().__init__(order)
        self.language = language
        self.name = f"action-review-{language}"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        waits = self.language in waiting_languages(parent_context["page"])
        label = _("Review %(language)s") if waits else _("Hand in %(language)s for review")
        context["label"] = label % {"language": translated_language_name(self.language)}
        return context

    def is_shown(self, context):
        page = page_of(context)
        if context["view"] != "edit" or page is None or context["locked_for_user"]:
            return False
        user = context["request"].user
        if reviewing.can_review(user, page, self.language):
            return self.language in waiting_languages(page)
        return reviewing.can_submit(user, page, self.language)

    def get_url(self, context):
        return reverse("diptych_review", args=(context["page"].pk, self.language))


def waiting_languages(page):
    """The languages of ``page`` that wait for a review, read once for each instance."""
    if not hasattr(page, "_languages_in_review"):
        waiting = TranslationAssignment.objects.filter(page_id=page.pk, review=Review.SUBMITTED)
        page._languages_in_review = list(waiting.values_list("language", flat=True))
    return page._languages_in_review


def item_factories():
    """What to register with ``register_page_action_menu_item``."""
    for position, language in enumerate(available_languages()):
        yield lambda language=language, order=41 + position: ReviewItem(language, order)
