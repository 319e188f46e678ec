"""Permissions to claim and to assign translations.

Each needs a language permission and one for the page, which Wagtail's policy answers for a whole
list without a query for each row.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q

from diptych.articles.languages.admin.access import page_policy
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.permissions.policy import APP_LABEL, codename, languages_for


class WorklistPermissions:
    """The permissions of one user, looked up once."""

    def __init__(self, user):
        self.user = user
        self.editable = languages_for(user, "edit")
        self.publishable = languages_for(user, "publish")

    def can_edit_page(self, page):
        return page_policy().user_has_permission_for_instance(self.user, "change", page)

    def can_claim(self, page, language, source):
        """Whether the user may translate ``page`` from ``source`` into ``language``."""
        return language != source and language in self.editable and self.can_edit_page(page)

    def can_assign(self, page, language, source):
        """Whether the user may request it: with permission to publish it or to edit its source."""
        answers = language in self.publishable or source in self.editable
        return language != source and answers and self.can_edit_page(page)

    def languages_to_ask_for(self):
        """The languages in which the user may request translations."""
        if self.editable:
            return available_languages()
        return self.publishable


def people_permitted(action, *languages):
    """The active users who may do ``action`` in any of ``languages``, by name."""
    wanted = [codename(action, language) for language in languages]
    right = Q(content_type__app_label=APP_LABEL, codename__in=wanted)
    model = get_user_model()
    permissions = model._meta.get_field("user_permissions").related_model.objects.filter(right)
    people = model._default_manager.filter(is_active=True).filter(
        Q(is_superuser=True)
        | Q(user_permissions__in=permissions)
        | Q(groups__permissions__in=permissions)
    )
    return people.distinct().order_by(model.USERNAME_FIELD)


def people_who_publish(page, language):
    """The active users who may publish ``page`` in ``language``, by name."""
    publishers = page_policy().users_with_permission_for_instance("publish", page)
    people = people_permitted("publish", language)
    return people.filter(pk__in=publishers.order_by().values("pk"))


def people_who_translate(page, language, besides=None):
    """The users who may edit ``page`` in ``language``, and the user ``besides`` if given."""
    editors = page_policy().users_with_permission_for_instance("change", page)
    able = Q(pk__in=editors.order_by().values("pk"))
    able &= Q(pk__in=people_permitted("edit", language).order_by().values("pk"))
    if besides is not None:
        able |= Q(pk=besides.pk)
    model = get_user_model()
    return model._default_manager.filter(able).order_by(model.USERNAME_FIELD)
