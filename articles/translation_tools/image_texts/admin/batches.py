"""The screens of machine drafts of several images' texts, begun from a selection in their list."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property, classproperty
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.images import get_image_model
from wagtail.images.views.bulk_actions.image_bulk_action import ImageBulkAction

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.translation_tools.admin.machine import (
    RunView,
    draft_into,
    language_choice,
    waiting_message,
    what_is_sent,
)
from diptych.articles.translation_tools.image_texts import batches
from diptych.articles.translation_tools.image_texts.admin.files import (
    ImageTextsAction,
    ImageTextsReport,
)
from diptych.articles.translation_tools.machine import drafting, setting
from diptych.articles.translation_tools.machine.limits import most_characters


class ImagesScreen(WagtailAdminTemplateMixin):
    """A screen about the texts of images in the language ``target``."""

    header_icon = "cogs"

    def get_page_title(self):
        return draft_into(self.target)

    def get_breadcrumbs_items(self):
        name = capfirst(get_image_model()._meta.verbose_name_plural)
        images = {"url": reverse("wagtailimages:index"), "label": name}
        here = {"url": "", "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), images, here]


class DraftImageTexts(ImagesScreen, ImageTextsAction):
    """What would be sent of the selected images; a post sends it.

    The address names the languages, and the images or the draft that had them.
    """

    display_name = gettext_lazy("Machine draft")
    action_type = "machine_draft"
    aria_label = gettext_lazy("Have a machine draft the texts that the selected images lack")
    template_name = "diptych_translation_tools/machine_draft.html"
    action_priority = 50

    @classproperty
    def models(cls):
        return ImageBulkAction.models if setting.is_set() else []

    def dispatch(self, request, *args, **kwargs):
        if self.targets:
            return super().dispatch(request, *args, **kwargs)
        messages.error(request, _("You may not send texts to a machine."))
        return redirect(self.next_url)

    @cached_property
    def targets(self):
        languages = available_languages()
        found = [each for each in languages if drafting.can_send_for(self.request.user, each)]
        return found if len(languages) > 1 else []

    @cached_property
    def target(self):
        asked = self.request.GET.get("target")
        return asked if asked in self.targets else self.targets[-1]

    @cached_property
    def sources(self):
        return [each for each in available_languages() if each != self.target]

    @cached_property
    def source(self):
        asked = self.request.GET.get("source")
        return asked if asked in self.sources else self.sources[0]

    def get_all_objects_in_listing_query(self, parent_id):
        """The images of the listing, or of the draft that the address names."""
        if "draft" not in self.request.GET:
            return super().get_all_objects_in_listing_query(parent_id)
        run = get_object_or_404(batches.drafts(), pk=id_in(self.request.GET["draft"]))
        if not batches.may_take_back(self.request.user, run):
            raise PermissionDenied
        return batches.images_of(run).values_list("pk", flat=True)

    def get_actionable_objects(self):
        return self._actionable

    @cached_property
    def _actionable(self):
        return super().get_actionable_objects()

    @cached_property
    def batch(self):
        images, _left_out = self.get_actionable_objects()
        return batches.open_texts(images, self.source, self.target, setting.provider())

    def get(self, request, *args, **kwargs):
        try:
            other = not self.batch.passages.found and self.batch.other
        except setting.BadSetting:
            other = None
        if other and batches.may_take_back(request.user, other):
            return redirect("diptych_image_texts_run", other.pk)
        return super().get(request, *args, **kwargs)

    def prepare_action(self, images, images_without_access):
        request, provider = self.request, setting.provider
        try:
            run = batches.begin(images, self.source, self.target, request.user, provider())
        except (setting.BadSetting, drafting.NotSendable) as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
        return redirect("diptych_image_texts_run", run.pk)

    def get_context_data(self, **kwargs):
        context = {
            **super().get_context_data(**kwargs),
            "source_language": self.source,
            "are_images": True,
            "back_url": self.next_url,
            "back_label": _("Back to the list"),
        }
        try:
            return {**context, **self._what_is_sent(context["items_with_no_access"])}
        except setting.BadSetting as fault:
            return {**context, "fault": str(fault)}

    def _what_is_sent(self, left_out):
        no_access = [(each["item"].title, _("You may not change this image.")) for each in left_out]
        last = batches.drafts().taken().filter(language=self.target).first()
        if last and not batches.may_take_back(self.request.user, last):
            last = None
        return {
            **what_is_sent(setting.provider(), self.batch.passages.found),
            "choices": self._choices,
            "refused": [*self.batch.passages.refused, *no_access],
            "left_message": _left_message(self.batch.left),
            "last": last,
            "last_url": last and reverse("diptych_image_texts_run", args=(last.pk,)),
        }

    @property
    def _choices(self):
        asked = [
            (_("Translated into"), "target", self.targets, self.target),
            (_("Translated from"), "source", self.sources, self.source),
        ]
        return [language_choice(self.request, *each) for each in asked if len(each[2]) > 1]


def _left_message(count):
    """What is said of ``count`` texts that a draft leaves for another one."""
    if not count:
        return ""
    return ngettext(
        "%(count)s text is left for another draft: one draft sends %(most)s characters at most.",
        "%(count)s texts are left for another draft: one draft sends %(most)s characters at most.",
        count,
    ) % {"count": number_format(count, force_grouping=True), "most": most_characters()}


class ImageTextsRunView(RunView, ImagesScreen):
    """A draft of the texts of images: its progress, what became of it, and how to take it back."""

    back_label = ImageTextsReport.page_title

    def dispatch(self, request, pk):
        self.run = get_object_or_404(batches.drafts().select_related("started_by"), pk=pk)
        if not batches.may_take_back(request.user, self.run):
            raise PermissionDenied
        return super().dispatch(request)

    @property
    def target(self):
        return self.run.language

    @property
    def back_url(self):
        return reverse("diptych_image_texts:index")

    @property
    def run_url(self):
        return reverse("diptych_image_texts_run", args=(self.run.pk,))

    @property
    def again_url(self):
        if not setting.is_set():
            return ""
        model = get_image_model()._meta
        action = model.app_label, model.model_name, DraftImageTexts.action_type
        languages = {"target": self.run.language, "source": self.run.source_language}
        query = {"id": "all", "draft": self.run.pk, **languages, "next": self.run_url}
        return reverse("wagtail_bulk_action", args=action, query=query)

    @property
    def taken_message(self):
        return waiting_message(self.run)

    def undo(self):
        return batches.undo(self.run, self.request.user)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "back_label": self.back_label}


urlpatterns = [
    path(
        "diptych/image-texts-draft/<int:pk>/",
        ImageTextsRunView.as_view(),
        name="diptych_image_texts_run",
    ),
]
