"""Images and documents of a folder, put into the library once each."""

import hashlib
import posixpath
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from diptych.articles.images.uploads.adding import (
    checked_upload,
    removed_if_it_fails,
    replace_file,
    save_upload,
)
from diptych.articles.transfer.markdown import front_matter, values
from diptych.articles.transfer.markdown.exporting import FOCUS, OF_FILES
from diptych.articles.transfer.markdown.folder import Outside
from diptych.articles.transfer.report import Outcome

IMAGE_ENDINGS = (".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".webp")
NOT_DOCUMENTS = (".md", ".html", ".htm", ".yaml", ".yml", ".js", ".css", "")
LARGEST_DOCUMENT = 200 * 1024 * 1024


def is_image(name):
    """Whether ``name`` is that of an image by its ending."""
    return name.lower().endswith(IMAGE_ENDINGS)


def is_document(name):
    """Whether a link to ``name`` is one to a document."""
    return not is_image(name) and posixpath.splitext(name)[1].lower() not in NOT_DOCUMENTS


class Files:
    """Imports files; outcomes go to ``report``, ``stored`` collects the stored files."""

    def __init__(self, folder, records, report, stored):
        self.folder, self.records, self.report, self.stored = folder, records, report, stored
        self.collection = Collection.get_first_root_node()
        self.declared = {
            kind: self._declared_texts(f"{kind}s.yaml") for kind in ("image", "document")
        }
        self.known, self.missing = {}, set()

    def _declared_texts(self, name):
        path = self.folder.root / name
        if not path.is_file():
            return {}
        try:
            said = front_matter.load(path.read_text("utf-8")) or {}
            if not isinstance(said, dict):
                raise ValueError(_("it holds no names of files"))
        except (ValueError, OSError) as error:
            self.report.add(name, "data", "", Outcome.FAILED, str(error))
            return {}
        folder = name.removesuffix(".yaml")
        return {f"{folder}/{file}": each for file, each in said.items() if isinstance(each, dict)}

    def all_named(self):
        """The paths of all files that the folder declares, by kind."""
        return [(kind, path) for kind, said in self.declared.items() for path in said]

    def find(self, kind, name, folder=""):
        """The primary key of the image or document that ``name`` means; ``None`` if it has none."""
        if not isinstance(name, str) or (kind == "document" and not is_document(name)):
            return None
        try:
            path = self.folder.file_named(name, folder)
        except Outside as error:
            self._miss(name, folder, str(error))
            return None
        if path is None:
            if kind == "image":
                self._miss(name, folder, _("“%(path)s” is not in the folder.") % {"path": name})
            return None
        return self.take(kind, path)

    def _miss(self, name, folder, reason):
        if (name, folder) not in self.missing:
            self.missing.add((name, folder))
            self.report.note(folder, "missing file", reason)

    def take(self, kind, path):
        """The primary key of the object of a file, which is stored unless it has been."""
        if path not in self.known:
            try:
                self.known[path] = self._take(kind, path)
            except Exception as error:
                # Any exception of a file that cannot be stored; the import goes on with the next.
                self.known[path] = self._pk_stored(kind, path)
                reason = " ".join(getattr(error, "messages", ())) or str(error)
                reason = reason or type(error).__name__
                self.report.add(path, kind, "", Outcome.FAILED, reason)
        return self.known[path]

    def _pk_stored(self, kind, path):
        row = self.records.find(kind, path)
        item = row.target if row else None
        return item.pk if item else None

    def _take(self, kind, path):
        said = self.declared[kind].get(path, {})
        if said.get("restricted"):
            reason = _("Only some may read it; it is not imported.")
            self.report.add(path, kind, "", Outcome.SKIPPED, reason)
            return None
        content = self._content(kind, path)
        fingerprint = hashlib.sha256(content + front_matter.dump(said).encode()).hexdigest()
        row = self.records.find(kind, path)
        item = row.target if row else None
        if row and item is None:
            reason = _("It was deleted here since.")
            self.report.add(path, kind, "", Outcome.SKIPPED, reason)
            return None
        if row and row.source_fingerprint == fingerprint:
            self.report.add(path, kind, "", Outcome.UNCHANGED)
            return item.pk
        if row and row.stored_fingerprint != _stored(item):
            self.report.add(path, kind, "", Outcome.CONFLICT, _("It was changed here since."))
            return item.pk
        outcome = Outcome.UPDATED if row else Outcome.CREATED
        with removed_if_it_fails() as stored, transaction.atomic():
            if item is None:
                item = save_upload(self._form(kind, path, content, said), stored)
            elif item.file_hash != hash_filelike(BytesIO(content)):
                replace_file(item, self._form(kind, path, content, said), stored)
            self._describe(item, said, path)
            self.records.keep(
                *(row, kind, path, item),
                source_fingerprint=fingerprint,
                stored_fingerprint=_stored(item),
            )
        self.stored += stored
        self.report.add(path, kind, "", outcome)
        return item.pk

    def _content(self, kind, path):
        file = self.folder.root / path
        if not file.resolve().is_relative_to(self.folder.root):
            message = _("“%(path)s” leads out of the folder and is not read.")
            raise ValueError(message % {"path": path})
        largest = LARGEST_DOCUMENT
        if kind == "image":
            largest = getattr(settings, "WAGTAILIMAGES_MAX_UPLOAD_SIZE", 10 * 1024 * 1024)
        try:
            if largest and file.stat().st_size > largest:
                message = _("The file is larger than %(size)d MB.")
                raise ValueError(message % {"size": largest // 1024 // 1024})
            return file.read_bytes()
        except OSError:
            message = _("“%(path)s” is not in the folder.") % {"path": path}
            raise ValueError(message) from None

    def _form(self, kind, path, content, said):
        """The checked form of a new object with ``content`` as its file."""
        model = get_image_model() if kind == "image" else get_document_model()
        form_class = get_image_form(model) if kind == "image" else get_document_form(model)
        name = posixpath.basename(path)
        title = str(said.get("title") or posixpath.splitext(name)[0])[:255]
        return checked_upload(
            form_class, content, name=name, title=title, collection=self.collection
        )

    def _describe(self, item, said, path):
        def problem(name, error):
            self.report.note(path, "front matter", f"{name}: {error}")

        item.title = str(said.get("title") or item.title)[:255]
        if hasattr(item, "description"):
            item.description = str(said.get("description") or "")[:255]
        values.set_shared(item, said, None, {*OF_FILES, *FOCUS}, problem)
        values.set_all_texts(item, said, None, problem)
        focus = said.get("focal_point")
        if isinstance(focus, dict):
            for name in FOCUS:
                number = focus.get(name.removeprefix("focal_point_"))
                setattr(item, name, number if isinstance(number, int) else None)
        item.save()
        if isinstance(tags := said.get("tags"), list):
            item.tags.set([str(each)[:100] for each in tags])


def _stored(item):
    """A fingerprint of the stored values of an image or document."""
    skipped = {*OF_FILES, *FOCUS}
    said = {**values.shared_values(item, None, skipped), **values.all_texts(item, None)}
    # Wagtail gives a document that is replaced under its name the same file name again.
    file = item.file.name if isinstance(item, get_image_model()) else item.file_hash
    text = front_matter.dump([item.title, file, said])
    return hashlib.sha256(text.encode()).hexdigest()
