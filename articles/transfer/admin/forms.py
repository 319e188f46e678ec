"""The form of an import."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from diptych.articles.languages.config.language_config import language_choices
from diptych.articles.transfer.admin.folder import (
    ARCHIVE,
    EXPORT,
    found_in_folder,
    imports_folder,
    is_export,
    keep,
)


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(SeveralFilesField, self).clean(each, initial) for each in files if each]


class ImportForm(forms.Form):
    """Which files are imported, and how.

    Uploaded files are stored in the folder of imports before anything else is checked, and are
    chosen there: no file has to be sent again because of a mistake elsewhere in the form.
    """

    files = SeveralFilesField(
        label=gettext_lazy("Files from your computer"),
        required=False,
        help_text=gettext_lazy(
            "The XML files that WordPress exports, or a zip of them, and a zip of its folder "
            "wp-content/uploads. "
            "Files too large to be sent are put into the folder of imports on the server."
        ),
        widget=SeveralFilesInput(attrs={"accept": f"{EXPORT},{ARCHIVE}"}),
    )
    exports = forms.MultipleChoiceField(
        label=gettext_lazy("Exports on the server"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Several files of one export are imported together."),
    )
    uploads = forms.ChoiceField(
        label=gettext_lazy("Images and documents"),
        required=False,
        help_text=gettext_lazy("A zip or a folder with what was in wp-content/uploads."),
    )
    site = forms.ModelChoiceField(
        Site.objects.select_related("root_page"),
        label=gettext_lazy("Site"),
        empty_label=None,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of texts that name none"),
        required=False,
        help_text=gettext_lazy("Polylang and WPML name the language of each text."),
    )
    old_host = forms.CharField(
        label=gettext_lazy("Another host name of the old site"),
        required=False,
        max_length=253,
        help_text=gettext_lazy(
            "Such as www.old.example, if links in its texts name it otherwise than the export."
        ),
    )
    tags = forms.BooleanField(label=gettext_lazy("Make topics of tags as well"), required=False)
    series = forms.CharField(
        label=gettext_lazy("Taxonomies that are series"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Such as series; several are parted by commas."),
    )
    articles = forms.CharField(
        label=gettext_lazy("Further types of posts that are articles"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Such as review; several are parted by commas. A trial lists items of types that are "
            "not imported."
        ),
    )
    lead_from_text = forms.BooleanField(
        label=gettext_lazy("Where there is no excerpt, make the first paragraph the lead"),
        required=False,
    )
    is_dry = forms.BooleanField(
        label=gettext_lazy("Try only: report what would be imported, and store nothing"),
        required=False,
        initial=True,
    )

    def __init__(self, data=None, files=None, **kwargs):
        self.refused = []
        if files is not None:
            data = self._with_files(data.copy(), files)
        super().__init__(data, files, **kwargs)
        exports, uploads = found_in_folder()
        self.fields["exports"].choices = [(name, name) for name in exports]
        none = [("", _("None: pages only"))]
        self.fields["uploads"].choices = none + [(name, name) for name in uploads]
        self.fields["language"].choices = [
            ("", _("The one that the export declares")),
            *language_choices(),
        ]
        sites = list(self.fields["site"].queryset)
        if len(sites) == 1:
            del self.fields["site"]
            self.only_site = sites[0]
        if not self.fields["exports"].choices:
            del self.fields["exports"]

    def _with_files(self, data, files):
        """``data`` that chooses the uploaded files, which are stored."""
        for upload in files.getlist("files"):
            ending = upload.name.lower()[-4:]
            if ending not in (EXPORT, ARCHIVE):
                self.refused.append(upload.name)
                continue
            name = keep(upload)
            if is_export(imports_folder() / name):
                data.setlist("exports", [*data.getlist("exports"), name])
            else:
                data["uploads"] = name
        return data

    def clean_old_host(self):
        """The host in the input, which may be a URL."""
        given = self.cleaned_data["old_host"].strip()
        # It needs lxml, an extra.
        from diptych.articles.transfer.wordpress.export import host_in

        host = host_in(given)
        if given and not host:
            raise forms.ValidationError(_("Give a host name, such as www.old.example."))
        return host

    def clean(self):
        cleaned = super().clean()
        for name in self.refused:
            self.add_error(
                "files", _("“%(name)s” is neither an XML file nor a zip.") % {"name": name}
            )
        if not cleaned.get("exports") and "exports" not in self.errors:
            self.add_error("files", _("Choose the XML files of an export, or a zip of them."))
        return cleaned

    @property
    def options(self):
        """The chosen options as JSON-compatible values."""
        cleaned = self.cleaned_data
        site = cleaned.get("site") or self.only_site
        return {
            "exports": list(dict.fromkeys(cleaned["exports"])),
            "uploads": cleaned["uploads"],
            "site": site.pk,
            "language": cleaned["language"],
            "tags": cleaned["tags"],
            "old_host": cleaned["old_host"],
            "series": _names_in(cleaned["series"]),
            "articles": _names_in(cleaned["articles"]),
            "lead_from_text": cleaned["lead_from_text"],
        }


def _names_in(text):
    """The names in a text that are parted by commas."""
    return [name for each in text.split(",") if (name := each.strip())]
