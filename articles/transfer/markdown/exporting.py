"""The journal of a site as a folder of Markdown; see
:mod:`diptych.articles.transfer.markdown.layout`.
"""

import posixpath
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.contrib.settings.registry import registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from diptych.articles.languages.index.privacy import public_documents
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.redirects import can_redirect
from diptych.articles.transfer.export_folder import Folder
from diptych.articles.transfer.markdown import front_matter, layout, values
from diptych.articles.transfer.markdown.writing import write_body, write_rich_text

#: Texts of images and documents that are not in their fields.
OF_FILES = {
    *("created_at", "file_hash", "file_size", "width", "height", "uploaded_by_user", "collection"),
    *("description", "title"),
}
FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


@dataclass
class Result:
    """The result: the numbers of files by model, and messages on omitted contents."""

    counts: dict = field(default_factory=dict)
    left_out: list = field(default_factory=list)

    def count(self, model):
        self.counts[model] = self.counts.get(model, 0) + 1


class _FileNames:
    """Names of images, documents and pages as they are written in one file, by primary key."""

    def __init__(self, exporter, folder="", language=None):
        self.pages = _Named(exporter.page_name, folder, language)
        self.images = _Named(exporter.image_name, folder)
        self.documents = _Named(exporter.document_name, folder)


class _Named:
    def __init__(self, name_of, folder, *more):
        self.name_of, self.folder, self.more = name_of, folder, more

    def get(self, key):
        """The name, relative to the folder of the file; of pages in front matter, their key."""
        name = self.name_of(key, *self.more)
        return layout.relative(name, self.folder) if name is not None and self.folder else name


class Exporter:
    """Writes the journal of ``site`` into ``folder``.

    Public contents are written; ``with_drafts`` also languages and pages that are not live,
    private pages, images and documents that no page shows, and documents that only some may read.
    """

    def __init__(self, folder, site, *, with_drafts=False, progress=lambda _label, items: items):
        self.folder, self.site, self.with_drafts = Path(folder), site, with_drafts
        self.progress, self.result = progress, Result()
        self.used = {"images": set(), "documents": set()}
        self.root = site.root_page.specific

    def export(self):
        """Write everything; returns a :class:`Result`.

        Raises :class:`~diptych.articles.transfer.export_folder.FolderInUse`.
        """
        self.output = Folder(self.folder, layout.EXPORT)
        self._name_pages()
        self._name_files()
        for page, languages in self.progress(_("Pages"), self.pages):
            self._write_page(page, languages)
        self._write_journal()
        self._write_redirects()
        for kind in ("images", "documents"):
            self._write_files(kind)
        self.output.finish()
        return self.result

    # Names

    def _name_pages(self):
        tree = Page.objects.filter(path__startswith=self.root.path).order_by("path")
        slugs = dict(tree.values_list("path", "slug"))
        self.keys, self.languages, self.pages, self.private = {}, {}, [], set()
        models, others = {}, {}
        for page in tree.select_related("content_type"):
            model = page.content_type.model_class()
            if model is None or not issubclass(model, MultilingualPageMixin):
                others[page.content_type] = others.get(page.content_type, 0) + 1
                continue
            models.setdefault(model, []).append(page.pk)
        specific = {
            pk: page
            for model, keys in models.items()
            for pk, page in model.objects.in_bulk(keys).items()
        }
        private = set(
            PageLanguage.objects.filter(page__in=specific, is_private=True).values_list(
                "page_id", flat=True
            )
        )
        for page in sorted(specific.values(), key=lambda each: each.path):
            self._name_page(page, slugs, page.pk in private)
        for content_type, number in others.items():
            self.result.left_out.append(
                ngettext(
                    "%(count)d page of the type “%(type)s”, which has one language",
                    "%(count)d pages of the type “%(type)s”, which has one language",
                    number,
                )
                % {"count": number, "type": content_type.name}
            )

    def _name_page(self, page, slugs, is_private):
        if page.alias_of_id:
            self.result.left_out.append(
                _("“%(title)s”, a second address of another page") % {"title": page.title}
            )
            return
        languages = [code for code in page.live_languages]
        if self.with_drafts:
            written = page.get_latest_revision_as_object().languages_written()
            languages = [*languages, *(code for code in written if code not in languages)]
        elif is_private:
            languages = []
        if not languages:
            return
        self.private |= {page.pk} if is_private else set()
        self.keys[page.pk] = layout.key_below(self.root, page, slugs)
        self.languages[page.pk] = languages
        self.pages.append((page, languages))

    def _name_files(self):
        model = get_image_model()
        self.image_files = {each.pk: each for each in model.objects.order_by("pk")}
        documents = get_document_model().objects.order_by("pk")
        self.document_files = {each.pk: each for each in documents}
        self.names = {
            "images": self._names_of(self.image_files),
            "documents": self._names_of(self.document_files),
        }

    def _names_of(self, items):
        return layout.file_names(
            items.values(),
            lambda each: each.title,
            lambda each: PurePosixPath(each.file.name).suffix.lstrip(".").lower() or "bin",
            lambda each: each.get_file_hash(),
        )

    def is_index(self, page):
        return layout.type_of(type(page)) in layout.SECTIONS or page.numchild > 0

    def page_name(self, key, language):
        """The file of a page in ``language``, else in the first it is written in, for a link.

        Without a language, the key of the page.
        """
        if key not in self.keys:
            return None
        if language is None:
            return self.keys[key]
        codes = self.languages[key]
        return self.files[key].format(language if language in codes else codes[0])

    def image_name(self, key):
        return self._file_name("images", key)

    def document_name(self, key):
        return self._file_name("documents", key)

    def _file_name(self, kind, key):
        name = self.names[kind].get(key)
        if name is None:
            return None
        if kind == "documents" and not self.with_drafts and self._is_restricted(key):
            said = _("“%(title)s”, a document that only some may read")
            said %= {"title": self.document_files[key].title}
            if said not in self.result.left_out:
                self.result.left_out.append(said)
            return None
        self.used[kind].add(key)
        return f"{kind}/{name}"

    @cached_property
    def _public_documents(self):
        """The primary keys of the documents that any visitor may have."""
        return set(public_documents().values_list("pk", flat=True))

    def _is_restricted(self, key):
        return key not in self._public_documents

    # Pages

    @property
    def files(self):
        """The path of the file of each page, with a place for the language."""
        if not hasattr(self, "_files"):
            self._files = {
                page.pk: layout.file_of(self.keys[page.pk], "{}", self.is_index(page))
                for page, _languages in self.pages
            }
        return self._files

    def _write_page(self, page, languages):
        draft = page.get_latest_revision_as_object() if self.with_drafts else page
        for language in languages:
            version = page if page._is_live_in(language) else draft
            path = self.files[page.pk].format(language)
            shared = page if page.live else draft
            self._write(path, self.page_text(version, shared, language, path))
            self.result.count(type(page))

    def page_text(self, version, shared, language, path):
        """The text of the file of a page in ``language``."""
        names = _FileNames(self)
        model, folder = type(version), posixpath.dirname(path)
        found = {
            "title": version.text_in("headline", language),
            "slug": version.text_in("url_slug", language),
        }
        is_source = language == version.source_language
        if is_source or version.source_language not in self.languages[version.pk]:
            found |= self._shared(shared, names)
        if version.pk in self.private:
            found["private"] = True
        if not version._is_live_in(language):
            found["draft"] = True
        for name, attribute in (("date", "first_public_at"), ("lastmod", "updated_at")):
            if moment := version.text_in(attribute, language):
                found[name] = moment
        body = layout.body_of(model)
        found |= values.texts_in(version, language, names, {*values.ELSEWHERE, body})
        inner = _FileNames(self, folder, language)
        text = ""
        if body:
            text = self._body(version, body, language, inner)
        return front_matter.joined(found, text)

    def _shared(self, page, names):
        found = {"type": layout.type_of(type(page)), "source_language": page.source_language}
        skipped = {*values.OF_EVERY_PAGE, *values.ELSEWHERE}
        found |= values.shared_values(page, names, skipped)
        found |= values.rows_of(page, names)
        if self._is_ordered(page):
            found["weight"] = self.weights[page.pk]
        return found

    def _is_ordered(self, page):
        """Whether readers see pages such as ``page`` in the order of the tree."""
        kind = layout.type_of(type(page))
        return page.depth == self.root.depth + 1 or kind in ("page", "topic")

    @cached_property
    def weights(self):
        """The position of each page among its exported siblings, counted from 1."""
        numbers = Counter()
        weights = {}
        for page, _languages in self.pages:
            parent = page.path[: -Page.steplen]
            numbers[parent] += 1
            weights[page.pk] = numbers[parent]
        return weights

    def _body(self, page, name, language, names):
        value = page.text_in(name, language)
        key = self.keys[page.pk]
        if hasattr(value, "get_prep_value"):
            return write_body(list(value.get_prep_value()), key, names)
        html = value or ""
        text = write_rich_text(html, names, f"{key}/{name}")
        if text is None:
            text = f"```data html\n{front_matter.dump(html)}```"
        return f"{text}\n" if text else ""

    # Everything else

    def _write_journal(self):
        names = _FileNames(self)
        settings = {}
        for model in registry:
            if not model._meta.app_label.startswith("diptych"):
                continue
            item = model.for_site(self.site) if hasattr(model, "for_site") else model.load()
            said = {**values.shared_values(item, names, {"site"}), **values.all_texts(item, names)}
            if said:
                settings[model._meta.label_lower] = said
        self._write(
            layout.JOURNAL,
            front_matter.dump({"site_name": self.site.site_name, "settings": settings}),
        )

    def _write_redirects(self):
        if not can_redirect():
            return
        from wagtail.contrib.redirects.models import Redirect

        found = []
        redirects = Redirect.objects.filter(site=self.site) | Redirect.objects.filter(site=None)
        for each in redirects.order_by("old_path", "site_id"):
            if each.redirect_page_id and each.redirect_page_id not in self.keys:
                continue
            target = {"link": each.redirect_link}
            if each.redirect_page_id:
                target = {"page": self.keys[each.redirect_page_id]}
                if each.redirect_page_route_path:
                    target["route"] = each.redirect_page_route_path
            said = {"from": each.old_path, **target}
            if not each.is_permanent:
                said["temporary"] = True
            if each.site_id is None:
                said["all_sites"] = True
            found.append(said)
        self._write(layout.REDIRECTS, front_matter.dump(found))

    def _write_files(self, kind):
        items = self.image_files if kind == "images" else self.document_files
        keys = list(items) if self.with_drafts else [pk for pk in items if pk in self.used[kind]]
        said = {}
        for pk in self.progress(_("Images") if kind == "images" else _("Documents"), keys):
            item, name = items[pk], self.names[kind][pk]
            try:
                with item.file.open("rb") as stored:
                    content = stored.read()
            except OSError:
                self.result.left_out.append(
                    _("%(file)s: the file is missing") % {"file": item.file.name}
                )
                continue
            self._write(f"{kind}/{name}", content)
            said[name] = self._file_values(item)
            if kind == "documents" and self._is_restricted(pk):
                said[name]["restricted"] = True
            self.result.count(type(item))
        self._write(f"{kind}.yaml", front_matter.dump(dict(sorted(said.items()))))

    def _file_values(self, item):
        names = _FileNames(self)
        found = {"title": item.title, **values.all_texts(item, names)}
        shared = values.shared_values(item, names, {*OF_FILES, *FOCUS})
        found |= shared
        if getattr(item, "focal_point_x", None) is not None:
            found["focal_point"] = {
                name.removeprefix("focal_point_"): getattr(item, name) for name in FOCUS
            }
        if description := getattr(item, "description", ""):
            found["description"] = description
        if tags := sorted(item.tags.names()):
            found["tags"] = tags
        if item.collection.depth > 1:
            found["collection"] = item.collection.name
        return found

    # Files

    def _write(self, path, content):
        try:
            self.output.write(path, content if isinstance(content, bytes) else content.encode())
        except FileExistsError as error:
            raise FileExistsError(f"{path}: {error}") from error
