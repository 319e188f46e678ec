"""Images and documents deleted in the admin, kept in the bin."""

from pathlib import PurePath
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.models.deleted_pages import BinEntry


def path_in_bin(instance, filename):
    """A path that nobody guesses, as media are served to everybody."""
    return f"bin/{uuid4().hex}/{PurePath(filename).name}"


class DeletedFile(BinEntry):
    """An image or a document, whose file is gone as well at the path it had."""

    #: The primary key of the image or document, which it gets back.
    key = models.CharField(_("object"), max_length=255)
    #: A copy of the file, and the name that the file had in its own storage.
    file = models.FileField(_("file"), upload_to=path_in_bin, max_length=500)
    name = models.CharField(max_length=500)
    #: The primary key of the collection it was in.
    collection = models.BigIntegerField(null=True)
    #: The languages in which something live showed it or linked to it.
    shown_in = models.JSONField(default=list)
    #: The objects that referred to it, as ``[application, model, primary key]``.
    sources = models.JSONField(default=list)

    class Meta(BinEntry.Meta):
        verbose_name = _("deleted file")
        verbose_name_plural = _("deleted files")
        default_permissions = ()
