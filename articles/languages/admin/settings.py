"""The settings of a site, in the languages somebody may edit.

They have no draft: what is saved is what readers see.
"""

from wagtail.admin.forms import WagtailAdminModelForm

from articles.languages.admin.malformed import RefusingMalformedMixin, formfield_for_dbfield
from articles.languages.fields import language_of
from articles.languages.permissions.policy import languages_denied


class LanguageSettingsForm(RefusingMalformedMixin, WagtailAdminModelForm):
    """Leaves out the languages that are not this person's; panels show them as text.

    What holds for all languages is left to those who may edit every one of them.
    """

    class Meta(WagtailAdminModelForm.Meta):
        formfield_callback = formfield_for_dbfield

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        denied = languages_denied(self.for_user, "edit") if self.for_user else []
        self.withheld = frozenset(self._columns_in(denied) if denied else ())
        for name in self.withheld:
            del self.fields[name]

    def _columns_in(self, denied):
        """The fields of the form in the languages ``denied``, and those without a language."""
        model = type(self.instance)
        return [name for name in self.fields if language_of(model, name) in (*denied, None)]
