"""How far each catalogue is, as a table of the admin."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, Table, TitleColumn

from articles.interface_texts.files import UnreadableCatalogue
from articles.languages.available import translated_language_name


@dataclass
class Progress:
    """The counts of one catalogue; none when it cannot be read."""

    catalogue: object
    total: int = 0
    translated: int = 0
    doubtful: int = 0
    is_readable: bool = True

    @property
    def language(self):
        return capfirst(translated_language_name(self.catalogue.language))

    @property
    def file(self):
        return self.catalogue.name

    @property
    def percentage(self):
        """Rounded down: a hundred means that nothing is missing."""
        return 100 * self.translated // self.total if self.total else 100

    @property
    def without_words(self):
        return self.total - self.translated - self.doubtful

    @property
    def address(self):
        catalogue = self.catalogue
        return reverse("diptych_words:edit", args=[catalogue.language, catalogue.number])


class ProgressColumn(Column):
    cell_template_name = "diptych_interface_texts/progress_cell.html"


def progress_of(catalogue):
    try:
        file = catalogue.read()
    except UnreadableCatalogue:
        return Progress(catalogue, is_readable=False)
    return Progress(
        catalogue,
        total=sum(not entry.obsolete for entry in file),
        translated=len(file.translated_entries()),
        doubtful=sum(not entry.obsolete for entry in file.fuzzy_entries()),
    )


def progress_table(catalogues):
    columns = [
        TitleColumn("language", label=_("Language"), get_url=lambda progress: progress.address),
        ProgressColumn("translated", label=_("Translated")),
        Column("without_words", label=_("Without words")),
        Column("doubtful", label=_("To be checked")),
        Column("file", label=_("File")),
    ]
    return Table(columns, [progress_of(each) for each in catalogues])
