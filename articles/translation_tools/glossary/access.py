"""Who may use the glossary: whoever may translate into any language."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies.base import BasePermissionPolicy

from diptych.articles.languages.permissions.policy import language_permissions, languages_for


def may_translate(user):
    """Whether ``user`` may write in any of the languages."""
    return bool(languages_for(user, "edit"))


class TranslatorsPolicy(BasePermissionPolicy):
    """Lets those who may write in a language do everything with the entries of the glossary."""

    def user_has_permission(self, user, action):
        return may_translate(user)

    def users_with_any_permission(self, actions):
        granted = language_permissions().filter(codename__startswith="edit_")
        has_it = Q(groups__permissions__in=granted) | Q(user_permissions__in=granted)
        users = get_user_model().objects.filter(Q(is_superuser=True) | has_it, is_active=True)
        return users.distinct()

    def instances_user_has_any_permission_for(self, user, actions):
        entries = self.model._default_manager
        return entries.all() if may_translate(user) else entries.none()
