"""The side panel of the editor with the problems of image texts."""

from django.forms import Media
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from diptych.articles.images.admin.rows import Editable, place_url
from diptych.articles.images.illustrated import IllustratedMixin
from diptych.articles.languages.admin.listings.states import language_heading


class PicturesSidePanel(BaseSidePanel):
    """The image problems of a page, by language."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle pictures")
        icon_name = "image"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context):
            return {**super().get_context_data(parent_context), "count": self.panel.count}

    name = "pictures"
    title = _("Pictures")
    template_name = "diptych/admin/images/side_panel.html"
    order = 340

    @cached_property
    def media(self):
        return Media(css={"all": [static("diptych/admin/pictures.css")]})

    @cached_property
    def places(self):
        """``{language: [place, …]}`` for the languages with a text."""
        return {code: self.object.picture_places(code) for code in self.object.languages_written()}

    @property
    def count(self):
        """The number of faults that are not hints."""
        return sum(
            not fault.is_hint
            for places in self.places.values()
            for place in places
            for fault in place.faults
        )

    def get_context_data(self, parent_context):
        return {
            **super().get_context_data(parent_context),
            "languages": [
                {
                    "code": code,
                    "heading": language_heading(code),
                    "count": len(places),
                    "faulty": [self._described(place) for place in places if place.faults],
                }
                for code, places in self.places.items()
            ],
            "report_url": reverse("diptych_image_problems:index"),
        }

    def _described(self, place):
        can_edit = place.borrows_alt and Editable(self.request.user).image(place.image)
        return {
            "place": place,
            "caption": place.caption if any(f.is_about_caption for f in place.faults) else "",
            "url": place_url(self.object.pk, place.field, place.language, place.block_id),
            "image_url": reverse("wagtailimages:edit", args=[place.image.pk]) if can_edit else "",
        }


def side_panels(request, page):
    """For the hook ``diptych_page_side_panels``."""
    return [PicturesSidePanel(page, request)] if isinstance(page, IllustratedMixin) else []
