"""Image problems by user, with their links."""

from django.db.models import Prefetch
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from diptych.articles.images.models import ImageProblem
from diptych.articles.languages.admin.access import PAGE_PERMISSIONS, page_policy
from diptych.articles.languages.admin.links import fragment
from diptych.articles.languages.admin.read_only.rendering import THUMBNAIL
from diptych.articles.languages.config.language_config import column

IMAGE_PERMISSIONS = ("add", "change")


def image_policy():
    return policy_registry.get_by_type(get_image_model())


def can_see_report(user):
    """Whether ``user`` has permissions for pages or images."""
    works_with_pages = page_policy().user_has_any_permission(user, PAGE_PERMISSIONS)
    return works_with_pages or image_policy().user_has_any_permission(user, IMAGE_PERMISSIONS)


def problems_for(user):
    """The problems of pages and images that ``user`` may edit, live ones first."""
    pages = page_policy().instances_user_has_any_permission_for(user, PAGE_PERMISSIONS)
    images = image_policy().instances_user_has_any_permission_for(user, IMAGE_PERMISSIONS)
    found = ImageProblem.objects.on_pages_or_unused(
        pages.order_by().values("pk"), images.order_by().values("pk")
    )
    order = ("-is_live", "image__title", "image", "page", "language", "number", "pk")
    return found.with_live().with_uses().order_by(*order)


def with_images_and_pages(problems):
    """Prefetch the objects shown in rows; the number of queries is constant."""
    images = get_image_model().objects.select_related("collection").prefetch_renditions(THUMBNAIL)
    return problems.prefetch_related(Prefetch("image", queryset=images), "page")


class Editable:
    """The images that ``user`` may edit, without a query for each row."""

    def __init__(self, user):
        self.user = user

    def image(self, image):
        return image_policy().user_has_permission_for_instance(self.user, "change", image)

    def page(self, page):
        return page_policy().user_has_any_permission_for_instance(self.user, PAGE_PERMISSIONS, page)


def place_url(page_id, field, language, block_id=""):
    """Where the words of a picture are written; of a page not yet saved, within the form."""
    editor = reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else ""
    inside = (block_id, "alt") if block_id else ()
    return f"{editor}{fragment(column(field, language), *inside)}"
