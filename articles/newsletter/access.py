"""Permissions for newsletters, by language."""

from django.core.exceptions import PermissionDenied
from wagtail.permission_policies import ModelPermissionPolicy

from diptych.articles.languages.permissions.policy import can


class ReadAndErasePolicy(ModelPermissionPolicy):
    """Subscribers add themselves; no user of the admin adds or edits them."""

    def user_has_permission(self, user, action):
        return action in ("view", "delete") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class OwnLanguagesMixin:
    """A view of one object of a newsletter, for those who may publish its language."""

    def get_object(self, queryset=None):
        found = super().get_object(queryset)
        if not can(self.request.user, "publish", found.language):
            raise PermissionDenied
        return found
