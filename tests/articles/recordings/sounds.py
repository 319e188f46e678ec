"""Documents that are recordings, and journals that let readers hear them."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from diptych.articles.models import JournalSettings

#: The tag that a file in MP3 begins with, then bytes that tell where they stand.
SOUND = b"ID3" + bytes(range(256)) * 8


def make_document(name="le-lac.mp3", content=SOUND, **values):
    document = get_document_model()(title=name, **values)
    document.file.save(name, ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()
    return document


def let_hear(journal, **values):
    """Switch recordings on in the settings of ``journal``."""
    settings = JournalSettings.for_site(journal.site)
    for name, value in {"has_recordings": True, **values}.items():
        setattr(settings, name, value)
    settings.save()
