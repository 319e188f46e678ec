"""The list of entries and the form of one."""

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Min, Q
from django.db.models.functions import Coalesce, Lower
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.admin.widgets.button import Button

from diptych.articles.languages.admin.listings.tables import WIDE
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    language_attributes,
    translated_language_name,
)
from diptych.articles.translation_tools.glossary.files import FORMATS, FileEntry
from diptych.articles.translation_tools.glossary.importing import problem_of
from diptych.articles.translation_tools.glossary.models import LONGEST_TERM, Concept, Status

NAME = "diptych_glossary"
LABELS = {
    Status.PREFERRED: gettext_lazy("Preferred term (%(language)s)"),
    Status.ALLOWED: gettext_lazy("Also allowed (%(language)s)"),
    Status.FORBIDDEN: gettext_lazy("Not to be used (%(language)s)"),
}


def field_name(language, status):
    """The name of the input for the terms of a language with a status."""
    return f"{status}_{language.replace('-', '_')}"


class ConceptForm(WagtailAdminModelForm):
    """An entry with its terms: for each language an input for each status, a term a line."""

    class Meta:
        model = Concept
        fields = ("domain", "note")
        widgets = {"note": AdminAutoHeightTextInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own, self.fields = self.fields, {}
        for language in available_languages():
            for status in Status:
                self.fields[field_name(language, status)] = self._field(language, status)
        self.fields |= own

    def _field(self, language, status):
        name = {"language": translated_language_name(language)}
        terms = self.instance.texts(language, status) if self.instance.pk else []
        attrs = language_attributes(language)
        is_one = status == Status.PREFERRED and len(terms) < 2
        return forms.CharField(
            label=LABELS[status] % name,
            required=False,
            initial="\n".join(terms),
            max_length=LONGEST_TERM if is_one else LONGEST_TERM * 20,
            widget=forms.TextInput(attrs) if is_one else AdminAutoHeightTextInput(attrs=attrs),
            help_text="" if is_one else _("Each on a line of its own."),
        )

    @cached_property
    def terms(self):
        """The posted ``(language, status, text)``."""
        return [
            (language, status, " ".join(line.split()))
            for language in available_languages()
            for status in Status
            for line in self.cleaned_data.get(field_name(language, status), "").splitlines()
            if line.strip()
        ]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.terms:
            self.add_error(None, _("Write a term in one of the languages at least."))
        elif problem := problem_of(FileEntry("", terms=self.terms)):
            self.add_error(None, problem)
        return cleaned

    def save(self, commit=True):
        concept = super().save(commit=commit)
        concept.write_terms(self.terms)
        return concept


class GlossaryIndexView(generic.IndexView):
    add_item_label = gettext_lazy("Add an entry")

    @property
    def candidates_url(self):
        return reverse(f"{NAME}:candidates")

    def get_base_queryset(self):
        """By their preferred term in the language of the interface, as the list shows them."""
        shown = Q(terms__language=active_language(), terms__status=Status.PREFERRED)
        term = Lower("terms__text")
        first = Coalesce(Min(term, filter=shown), Min(term))
        return super().get_base_queryset().annotate(first_term=first).prefetch_related("terms")

    def search_queryset(self, queryset):
        """Each entry once, however many of its terms have what is searched for."""
        found = super().search_queryset(Concept.objects.all())
        return queryset.filter(pk__in=found.values("pk")) if self.is_searching else queryset

    @cached_property
    def list_display(self):
        languages = [_terms_column(each) for each in available_languages()]
        domain = Column("domain", label=_("Domain"), sort_key="domain", classname=WIDE)
        return ["__str__", *languages, domain]

    @cached_property
    def header_more_buttons(self):
        buttons = [
            Button(_("Candidates"), self.candidates_url, icon_name="list-ul"),
            Button(_("Take in a file"), reverse(f"{NAME}:import"), icon_name="upload"),
        ]
        for kind, (_writer, label) in FORMATS.items():
            name = _("Download as %(format)s") % {"format": label}
            url = reverse(f"{NAME}:export", args=(kind,))
            buttons.append(Button(name, url, icon_name="download"))
        name = _("Download the concordance")
        url = reverse("diptych_concordance_export")
        buttons.append(Button(name, url, icon_name="download"))
        name, url = _("Translation memories"), reverse("diptych_memories:index")
        buttons.append(Button(name, url, icon_name="list-ul"))
        return [*super().header_more_buttons, *buttons]


def _terms_column(language):
    def terms(concept):
        good = concept.texts(language, Status.PREFERRED, Status.ALLOWED)
        bad = [f"✗ {text}" for text in concept.texts(language, Status.FORBIDDEN)]
        return "; ".join([*good, *bad])

    name = translated_language_name(language)
    return Column(f"terms_{language}", label=name[:1].upper() + name[1:], accessor=terms)


class GlossaryAddView(generic.CreateView):
    def get_initial(self):
        """The terms of the query string: what was selected in a text."""
        names = [field_name(each, Status.PREFERRED) for each in available_languages()]
        asked = {name: self.request.GET.get(name, "").replace("\0", "") for name in names}
        return {name: " ".join(text.split())[:LONGEST_TERM] for name, text in asked.items()}


class GlossaryDeleteView(generic.DeleteView):
    def get_object(self, *args, **kwargs):
        """The entry with its name, which the message says once the terms are gone."""
        concept = super().get_object(*args, **kwargs)
        concept.name = str(concept)
        return concept


class GlossaryViewSet(ModelViewSet):
    model = Concept
    name = NAME
    url_prefix = "diptych/glossary"
    icon = "list-ul"
    menu_label = gettext_lazy("Glossary")
    menu_name = "diptych-glossary"
    menu_order = 151
    add_to_admin_menu = True
    index_view_class = GlossaryIndexView
    index_results_template_name = "diptych_translation_tools/glossary/index_results.html"
    add_view_class = GlossaryAddView
    delete_view_class = GlossaryDeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ["terms__text", "domain", "note"]
    search_backend_name = None
    list_per_page = 50
    ordering = "first_term"
    OFFERED = ("index", "index_results", "add", "edit", "delete", "history", "history_results")

    def get_form_class(self, for_update=False):
        return ConceptForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_permissions_to_register(self):
        return Permission.objects.none()

    def get_urlpatterns(self):
        from diptych.articles.translation_tools.glossary.admin import candidates, files, strip

        own = [each for each in super().get_urlpatterns() if each.name in self.OFFERED]
        return [
            *own,
            path("candidates/", candidates.CandidatesView.as_view(), name="candidates"),
            path("import/", files.ImportView.as_view(), name="import"),
            path("export/<slug:extension>/", files.export, name="export"),
            path("terms/<int:page_id>/<slug:language>/", strip.terms, name="terms"),
            path("mute/<int:page_id>/<slug:language>/", strip.mute, name="mute"),
        ]
