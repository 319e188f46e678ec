"""Breadcrumbs of views about one page, which lead through its editor."""

from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from diptych.articles.languages.admin.links import edit_url


class PageBreadcrumbsMixin(WagtailAdminTemplateMixin):
    """For a view about ``page``: its title as the subtitle, its editor in the breadcrumbs."""

    #: The language whose tab the link to the editor opens, if the view is about one.
    language = None
    #: Breadcrumbs between the editor and the view.
    inner_breadcrumbs = ()

    @property
    def edit_url(self):
        if self.language:
            return edit_url(self.page.pk, self.language)
        return reverse("wagtailadmin_pages:edit", args=(self.page.pk,))

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.edit_url, "label": self.get_page_subtitle()},
            *self.inner_breadcrumbs,
            {"url": "", "label": self.get_page_title()},
        ]
