"""The panel for language permissions in Wagtail's group form."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.config.language_config import (
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import ACTIONS, codename, language_permissions

ACTION_NAMES = {
    "edit": _("Edit"),
    "submit": _("Hand in"),
    "publish": _("Publish"),
    "publish_incomplete": _("Publish incomplete translations"),
}


class LanguagePermissionsPanel(forms.Form):
    """A checkbox for each language and action.

    A new group has all but the permission to publish incomplete translations, as language
    permissions only restrict page permissions.
    """

    def __init__(self, data=None, files=None, instance=None, prefix="languages"):
        super().__init__(data, files, prefix=prefix)
        self.group = instance
        is_new = instance is None or instance.pk is None
        granted = set() if is_new else set(self._granted().values_list("codename", flat=True))
        for language in available_languages():
            for action in ACTIONS:
                name = codename(action, language)
                self.fields[name] = forms.BooleanField(
                    required=False,
                    initial=name in granted or (is_new and action != "publish_incomplete"),
                )

    def _granted(self):
        return language_permissions().filter(group=self.group)

    @property
    def rows(self):
        """Each language with its checkboxes, in the order of :data:`ACTIONS`."""
        return [
            {
                "language": language,
                "name": translated_language_name(language),
                "boxes": [self._box(action, language) for action in ACTIONS],
            }
            for language in available_languages()
        ]

    def _box(self, action, language):
        label = gettext("%(action)s: %(language)s")
        values = {"action": ACTION_NAMES[action], "language": translated_language_name(language)}
        return {"field": self[codename(action, language)], "label": label % values}

    @property
    def headings(self):
        return [ACTION_NAMES[action] for action in ACTIONS]

    def save(self):
        chosen, others = [], []
        for permission in language_permissions():
            is_chosen = self.cleaned_data.get(permission.codename)
            (chosen if is_chosen else others).append(permission)
        self.group.permissions.add(*chosen)
        self.group.permissions.remove(*others)

    def as_admin_panel(self):
        return render_to_string(
            "diptych_languages/admin/group_permissions/group_panel.html", {"panel": self}
        )
