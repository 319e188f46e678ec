"""The attachments of an export as images and documents of the library.

Each file is taken once: attachments that share one, as Polylang's translations of media do, are one
image with texts in several languages. What was taken is remembered as :class:`ImportedItem`, by the
path of the file and by its contents.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseModelForm
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from diptych.articles.images.uploads.adding import (
    checked_upload,
    remove_leftover,
    removed_if_it_fails,
    save_upload,
)
from diptych.articles.transfer.models import ImportedItem
from diptych.articles.transfer.report import Outcome
from diptych.articles.transfer.wordpress.attachment_texts import (
    source_fingerprint,
    stored_fingerprint,
    title_of,
    write_texts,
)
from diptych.articles.transfer.wordpress.attachments import Attachments
from diptych.articles.transfer.wordpress.uploads import (
    FileRefused,
    checked_path,
    is_picture,
    open_uploads,
    original_path,
)

#: Where the project sets no limit for documents.
LARGEST_DOCUMENT = 200 * 1024 * 1024
_EDITED = re.compile(r"-e\d{10,13}\.[^.]+$")
_OF_A_NETWORK = re.compile(r"^sites/\d+/")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: the outcome, the reason, and the object if there is one."""

    outcome: str
    reason: str = ""
    model: type | None = None
    pk: int | None = None

    @property
    def target(self):
        """The image or document; ``None`` if there is none, or no more."""
        if self.pk is None:
            return None
        return self.model._default_manager.filter(pk=self.pk).first()


def no_uploads():
    """Why a file is not imported where none are given."""
    return _("It is a file: give the folder wp-content/uploads, or a zip of it (--media), as well.")


@dataclass(frozen=True, slots=True)
class _Checked:
    """The file ``name``, which may be stored; without a name, there is none."""

    #: Why others that were tried before it are not.
    reasons: list
    name: str = ""
    digest: str = ""
    #: ``None`` where its contents are stored already.
    form: BaseModelForm | None = None


class Media:
    """The files of ``export``, from a folder or a zip of uploads.

    ``source`` names the export in :class:`ImportedItem`. Files are stored when they are asked for:
    by :meth:`take`, for each attachment, in a transaction of its own, or within that of a page,
    which is begun by :meth:`atomic`. To be closed.
    """

    def __init__(self, export, uploads=None, *, source, report, collection=None, user=None):
        self.export, self.source, self.report, self.user = export, source, report, user
        self.collection = collection or Collection.get_first_root_node()
        self.uploads = open_uploads(uploads)
        self.has_uploads = bool(uploads)
        self._taken, self._prepared = {}, {}
        self._stored_files = []
        for name, reason in self.uploads.refused:
            report.note(name, "media-refused", reason)

    def close(self):
        self.uploads.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    @contextmanager
    def atomic(self):
        """A transaction; when it fails, files that were stored in it are deleted and forgotten."""
        before, outer = dict(self._taken), self._stored_files
        try:
            with removed_if_it_fails() as self._stored_files, transaction.atomic():
                yield
                outer += self._stored_files
        except BaseException:
            self._taken = before
            raise
        finally:
            self._stored_files = outer

    # What pages ask for: by the number of an attachment, or by the address of a file

    def image(self, key):
        """The image of an attachment or address, in any of its sizes; ``None`` if there is none."""
        return self._target(key, get_image_model())

    def document(self, key):
        """The document of an attachment or address; ``None`` if there is none."""
        return self._target(key, get_document_model())

    def texts(self, key, language):
        """The :class:`Texts` in ``language``, empty where they are in another one."""
        return self.attachments.texts(key, language)

    @cached_property
    def attachments(self):
        return Attachments(self.export)

    def prepare(self, number):
        """Read and check the file of an attachment, for a :meth:`take` in a transaction.

        A picture is decoded then, while nobody waits for the transaction.
        """
        attachment = self.attachments.get(int(number))
        path = attachment.path if attachment else ""
        if path and path not in self._taken and self._row_of(path) is None:
            self._prepared = {path: self._check(path)}

    def take(self, number):
        """Store the file of the attachment ``number``; returns a :class:`Taken`."""
        attachment = self.attachments.get(int(number))
        if attachment is None:
            return Taken(Outcome.FAILED, _("The export has no attachment of this number."))
        if not attachment.path:
            return Taken(Outcome.FAILED, attachment.problem or _("It names no file."))
        return self._take(attachment.path)

    def _target(self, key, model):
        path = self.attachments.path_of(key)
        if not path or _model_of(path) is not model:
            return None
        return self._take(path).target

    # Storing

    def _take(self, path):
        """What became of the file of ``path``, which is stored unless it was before."""
        if path not in self._taken:
            row = self._row_of(path)
            self._taken[path] = self._changed(path, row) if row else self._new(path)
        return self._taken[path]

    def _row_of(self, path):
        return self._row(_model_of(path)._meta.model_name, _key(path))

    def _row(self, kind, key):
        rows = ImportedItem.objects.select_related("content_type")
        return rows.filter(source=self.source, kind=kind, key=key, language="").first()

    def _new(self, path):
        checked = self._prepared.pop(path, None) or self._check(path)
        name, reasons = checked.name, checked.reasons
        if not name:
            return self._refused(path, reasons)
        try:
            taken = self._stored(path, checked)
        except ValidationError as refusal:
            return self._refused(path, [*reasons, _in_words(name, refusal)])
        if name != path and (reasons or original_path(path) != name):
            self._note(path, "media-other-size", self._why_other(name, reasons))
        return taken

    def _check(self, path):
        """Read and check the best file that there is for ``path``; returns a :class:`_Checked`."""
        model, reasons = _model_of(path), []
        for name in self._names(path):
            try:
                content = self._read(name, model)
                if content is None:
                    continue
                digest = sha256(content).hexdigest()
                is_known = self._row(_kind_of_contents(model), digest) is not None
                form = None if is_known else self._form(path, name, content, model)
            except FileRefused as refusal:
                reasons.append(str(refusal))
            except ValidationError as refusal:
                reasons.append(_in_words(name, refusal))
            else:
                return _Checked(reasons, name, digest, form)
        return _Checked(reasons)

    def _form(self, path, name, content, model):
        """The form by which a file is stored; raises ``ValidationError``."""
        get_form = get_image_form if model is get_image_model() else get_document_form
        form = checked_upload(
            get_form(model),
            content,
            name=PurePosixPath(name).name,
            title=title_of(self.attachments.sharing(path), path),
            collection=self.collection,
            user=None,
        )
        form.instance.uploaded_by_user = self.user
        return form

    def _why_other(self, name, reasons):
        why = " ".join(reasons) or _("The original is missing.")
        return _("%(why)s “%(name)s” was taken instead.") % {"why": why, "name": name}

    def _refused(self, path, reasons):
        if reasons:
            self._note(path, "media-refused", reasons[0])
            return Taken(Outcome.FAILED, reasons[0])
        if not self.has_uploads:
            return Taken(Outcome.SKIPPED, no_uploads())
        reason = _("“%s” is missing in the uploads.") % path
        self._note(path, "media-missing", reason)
        return Taken(Outcome.FAILED, reason)

    def _note(self, path, kind, detail):
        sharing = self.attachments.sharing(path)
        self.report.note(sharing[0].id if sharing else path, kind, detail)

    def _names(self, path):
        """The files that may be taken, the best first: the original, then smaller ones.

        A picture that was edited in WordPress is taken as it was edited.
        """
        known = [path, *(each.path_of_address for each in self.attachments.sharing(path))]
        found = {}
        for each in filter(None, known):
            order = [original_path(each), each]
            for name in reversed(order) if _EDITED.search(each) else order:
                found[name] = None
                found[_OF_A_NETWORK.sub("", name)] = None
        yield from found
        if _model_of(path) is get_image_model():
            for name in found:
                yield from self.uploads.sizes_of(name)

    def _read(self, name, model):
        is_picture = model is get_image_model()
        setting = "WAGTAILIMAGES_MAX_UPLOAD_SIZE" if is_picture else "WAGTAILDOCS_MAX_UPLOAD_SIZE"
        default = 10 * 1024 * 1024 if is_picture else LARGEST_DOCUMENT
        return self.uploads.read(checked_path(name), getattr(settings, setting, default))

    def _stored(self, path, checked):
        """Store a checked file; returns the :class:`Taken`."""
        model, form = _model_of(path), checked.form
        if form is None:
            return self._same_as(self._row(_kind_of_contents(model), checked.digest), path, model)
        with removed_if_it_fails() as stored, transaction.atomic():
            self._write_texts(form.instance, path)
            remove_leftover(form.instance)
            saved = save_upload(form, stored)
            self._remember(path, saved, model, checked.digest)
        self._stored_files += stored
        return Taken(Outcome.CREATED, "", model, saved.pk)

    def _same_as(self, row, path, model):
        """Take what was made of a file with the same contents, unless it was deleted since."""
        target = row.target
        if target is None:
            return Taken(Outcome.SKIPPED, _("It was deleted here since."))
        with transaction.atomic():
            rows = self._rows_of(target)
            is_changed_here = stored_fingerprint(target) not in {
                each.stored_fingerprint for each in rows
            }
            self._remember(path, target, model)
            if not is_changed_here:
                self._rewrite(target, path)
        return Taken(
            Outcome.CREATED, _("Its contents are those of another file."), model, target.pk
        )

    def _remember(self, path, target, model, digest=None):
        values = {
            "source": self.source,
            "content_type": ContentType.objects.get_for_model(model),
            "object_id": target.pk,
        }
        if digest:
            ImportedItem.objects.create(kind=_kind_of_contents(model), key=digest, **values)
        ImportedItem.objects.create(
            kind=model._meta.model_name,
            key=_key(path),
            source_fingerprint=self._source_fingerprint(path),
            stored_fingerprint=stored_fingerprint(target),
            **values,
        )

    def _changed(self, path, row):
        """Write texts that the export has changed, unless an editor has as well."""
        model, target = _model_of(path), row.target
        if target is None:
            return Taken(Outcome.SKIPPED, _("It was deleted here since."))
        fingerprint = self._source_fingerprint(path)
        if row.source_fingerprint == fingerprint:
            return Taken(Outcome.UNCHANGED, "", model, target.pk)
        if row.stored_fingerprint != stored_fingerprint(target):
            reason = _("Its texts were changed both in WordPress and here; they are kept as here.")
            return Taken(Outcome.CONFLICT, reason, model, target.pk)
        with transaction.atomic():
            row.source_fingerprint = fingerprint
            row.save(update_fields=["source_fingerprint"])
            self._rewrite(target, path)
        return Taken(Outcome.UPDATED, "", model, target.pk)

    def _rewrite(self, target, path):
        """Write what all attachments of ``target`` say, and remember that it is what is stored."""
        self._write_texts(target, path)
        target.save()
        self._rows_of(target).update(stored_fingerprint=stored_fingerprint(target))

    def _rows_of(self, target):
        """The rows of the files that became ``target``, in the order in which they did."""
        rows = ImportedItem.objects.filter(
            source=self.source,
            kind=target._meta.model_name,
            content_type=ContentType.objects.get_for_model(type(target)),
            object_id=str(target.pk),
        )
        return rows.order_by("pk")

    def _write_texts(self, target, path):
        """Set what the attachments say on an image or document; shortened texts are noted whole.

        Files of the same contents are one object: WPML and Polylang copy them for each language.
        """
        keys = [row.key for row in self._rows_of(target)] if target.pk else []
        paths = dict.fromkeys([*keys, path])
        sharing = [each for name in paths for each in self.attachments.sharing(name)]
        for name, text in write_texts(target, sharing, path):
            self._note(path, "media-text-shortened", f"{name}: {text}")

    def _source_fingerprint(self, path):
        return source_fingerprint(self.attachments.sharing(path))


def _in_words(name, refusal):
    return _("“%(name)s”: %(reason)s") % {"name": name, "reason": " ".join(refusal.messages)}


def _key(path):
    """``path``, or a digest of one that is too long for a column."""
    return path if len(path) <= 255 else f"sha256:{sha256(path.encode()).hexdigest()}"


def _model_of(path):
    """The image model for files that are pictures by their names, else that of documents."""
    return get_image_model() if is_picture(path) else get_document_model()


def _kind_of_contents(model):
    """How :class:`ImportedItem` names the contents of files that became objects of ``model``."""
    return f"file:{model._meta.model_name}"
