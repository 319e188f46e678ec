"""Who deletes images of others: those who may publish, not those who only write texts of them."""

from wagtail.images import get_image_model, get_permission_policy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from diptych.articles.languages.permissions.policy import languages_for


class ImagePermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, but who may publish no language deletes their own images only.

    Translators may change images, for the alternative texts and captions of their languages.
    """

    def user_has_any_permission_for_instance(self, user, actions, instance):
        has_permission = super().user_has_any_permission_for_instance
        others = set(actions) - {"delete"}
        if others and has_permission(user, others, instance):
            return True
        is_own = getattr(instance, self.owner_field_name) == user
        may_delete = "delete" in actions and (is_own or bool(languages_for(user, "publish")))
        return may_delete and has_permission(user, ["change"], instance)

    def instances_user_has_any_permission_for(self, user, actions):
        found = super().instances_user_has_any_permission_for
        if "delete" not in actions or languages_for(user, "publish"):
            return found(user, actions)
        own = found(user, ["change"]).filter(**{self.owner_field_name: user.pk})
        return found(user, set(actions) - {"delete"}) | own


def register():
    """Use this policy in place of Wagtail's, unless the project has registered its own.

    Hook for ``register_admin_urls``: when it is called, every application is ready and all hooks
    are loaded, so that ``wagtail.images`` and the project have registered theirs.
    """
    model = get_image_model()
    wagtails = get_permission_policy()
    is_known = policy_registry.get_by_type(model, fallback=False)
    if type(is_known or wagtails) is not CollectionOwnershipPermissionPolicy:
        return
    policy = ImagePermissionPolicy(
        model, auth_model="wagtailimages.Image", owner_field_name=wagtails.owner_field_name
    )
    register_permission_policy(model, policy)
