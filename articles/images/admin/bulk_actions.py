"""Wagtail's bulk actions on the fields of images that all languages share."""

from wagtail.images.views.bulk_actions import AddTagsBulkAction, AddToCollectionBulkAction

from diptych.articles.languages.bin.files import is_live_where_denied


class SharedPartMixin:
    """Leave out the pictures of which the form lets the user change nothing shared either."""

    def check_perm(self, image):
        return super().check_perm(image) and not is_live_where_denied(self.request.user, image)


class TagImages(SharedPartMixin, AddTagsBulkAction):
    pass


class MoveImages(SharedPartMixin, AddToCollectionBulkAction):
    pass
