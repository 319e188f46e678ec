"""The form of a new article from documents."""

from importlib.util import find_spec

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diptych.articles.imported_documents.html import LONGEST_HTML
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.permissions.policy import languages_for


def _file_field(language):
    return forms.FileField(
        label=_("Word file (%(language)s)") % {"language": language},
        required=False,
        help_text=_("A .docx file, of at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


def _text_field(code, language):
    return forms.CharField(
        label=_("Or its text (%(language)s)") % {"language": language},
        required=False,
        max_length=LONGEST_HTML,
        help_text=_("Headline first, then paragraphs parted by empty lines."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
    )


class DocumentForm(forms.Form):
    """A Word file or a pasted text for each language that the user may write.

    After validation ``texts`` maps languages to files or strings, the original first, and
    ``parent`` is the page for the article.
    """

    original = forms.ChoiceField(
        label=gettext_lazy("Written first in"),
        help_text=gettext_lazy("The other language, if you add its text, is the translation."),
    )
    place = forms.ChoiceField(label=gettext_lazy("Where it belongs"))

    def __init__(self, *args, user, parents, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages = languages_for(user, "edit")
        self.parents = {str(page.pk): page for page in parents}
        self.texts, self.parent = {}, None
        names = [(code, translated_language_name(code)) for code in self.languages]
        self.fields["original"].choices = names
        self.fields["place"].choices = [
            (key, page.get_admin_display_title()) for key, page in self.parents.items()
        ]
        if len(self.languages) == 1:
            del self.fields["original"]
        if len(self.parents) == 1:
            del self.fields["place"]
        takes_files = find_spec("mammoth") is not None
        for code, name in names:
            if takes_files:
                self.fields[f"file_{code}"] = _file_field(name)
            self.fields[f"text_{code}"] = _text_field(code, name)

    def field_of(self, language):
        """The name of the field that holds the text in ``language``."""
        return f"{'text' if isinstance(self.texts[language], str) else 'file'}_{language}"

    def clean(self):
        cleaned = super().clean()
        given = {}
        for code in self.languages:
            file, text = cleaned.get(f"file_{code}"), cleaned.get(f"text_{code}", "")
            if file and text:
                self.add_error(f"text_{code}", _("Choose a file or write a text, not both."))
            elif file or text:
                given[code] = file or text
        if not given and not self.errors:
            raise forms.ValidationError(_("Choose a Word file, or write a text."))
        original = cleaned.get("original")
        first = [original] if original in given else []
        self.texts = {code: given[code] for code in [*first, *given]}
        self.parent = self.parents[cleaned.get("place") or next(iter(self.parents))]
        return cleaned
