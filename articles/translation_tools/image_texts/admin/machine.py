"""What would be sent of an image; a post shows the form of the image with the answers in it."""

import logging

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.images.views.images import EditView

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.translation_tools.admin.machine import draft_into, what_is_sent
from diptych.articles.translation_tools.image_texts.drafting import (
    drafted,
    missing_fields,
    missing_texts,
)
from diptych.articles.translation_tools.machine import drafting, setting
from diptych.articles.translation_tools.machine.interface import MachineError

logger = logging.getLogger(__name__)


class ImageDraftView(EditView):
    """Wagtail's form of an image, filled by a machine and stored by nobody but who saves it."""

    def get_object(self, queryset=None):
        image, self.language = super().get_object(queryset), self.kwargs["language"]
        user = self.request.user
        is_known = self.language in available_languages()
        if not is_known or not drafting.can_send_for(user, self.language):
            raise PermissionDenied
        return image

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        source, passages = missing_texts(self.object, self.language)
        context = {
            "page_title": draft_into(self.language),
            "header_title": draft_into(self.language),
            "header_icon": "cogs",
            "breadcrumbs_items": [
                *super().get_breadcrumbs_items()[:-1],
                {"url": self.get_edit_url(), "label": str(self.object)},
                {"url": "", "label": draft_into(self.language)},
            ],
            "back_url": self.get_edit_url(),
            "source_language": source,
            "is_image": True,
        }
        try:
            context |= what_is_sent(setting.provider(), passages)
        except setting.BadSetting as fault:
            context["fault"] = str(fault)
        return TemplateResponse(request, "diptych_translation_tools/machine_draft.html", context)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        try:
            self.texts, refused = drafted(
                self.object, self.language, provider := setting.provider(), request.user
            )
        except (setting.BadSetting, MachineError) as error:
            messages.error(request, str(error))
            return redirect("wagtailimages:edit", self.object.pk)
        except Exception:  # a provider of the project may raise anything
            logger.exception("The texts of image %s were not drafted.", self.object.pk)
            messages.error(request, _("The machine cannot be used: see the log of the server."))
            return redirect("wagtailimages:edit", self.object.pk)
        for label, reason in refused:
            said = {"name": label, "value": reason}
            messages.error(request, _("%(name)s: %(value)s") % said)
        if self.texts:
            message = _("Texts by %(engine)s stand in the form: read them, then save.")
            messages.warning(request, message % {"engine": provider.name})
        self.form = self.get_form()
        for name in self.form.fields.keys() & self.texts.keys():
            origin = {"engine": provider.name}
            self.form.fields[name].help_text = _("By %(engine)s, not stored yet.") % origin
        return self.render_to_response(self.get_context_data())

    def get_form_kwargs(self):
        """Those of the form as it opens, with the texts of the machine in it."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("data", None)
        kwargs.pop("files", None)
        return {**kwargs, "initial": {**kwargs["initial"], **self.texts}}


def aid(image, language, user):
    """For ``register_diptych_image_text_aids``."""
    if not setting.is_set() or not drafting.can_send_for(user, language):
        return None
    if not missing_fields(image, language)[1]:
        return None
    return _("Machine draft"), reverse("diptych_image_draft", args=(image.pk, language))


urlpatterns = [
    path(
        "diptych/image-draft/<int:image_id>/<slug:language>/",
        ImageDraftView.as_view(),
        name="diptych_image_draft",
    ),
]
