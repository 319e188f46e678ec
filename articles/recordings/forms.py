"""The editor's form of an article."""

from diptych.articles.languages.admin.editor.forms import MultilingualPageForm
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.recordings.audio import fault_of


class ArticleForm(MultilingualPageForm):
    """Rejects documents that are not audio files."""

    def clean(self):
        data = super().clean()
        for name in (column("recording", code) for code in available_languages()):
            document = data.get(name)
            if document and name in self.changed_data and (fault := fault_of(document)):
                self.add_error(name, fault)
        return data
