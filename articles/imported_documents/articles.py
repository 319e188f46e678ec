"""Draft articles from documents."""

from hashlib import sha256
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.permissions import policy_registry

from diptych.articles.blocks.alignment import aligned, same_type
from diptych.articles.images.uploads.adding import (
    checked_upload,
    removed_if_it_fails,
    save_upload,
)
from diptych.articles.imported_documents.docx import html_of_docx
from diptych.articles.imported_documents.html import blocks_from_html, html_from_text
from diptych.articles.imported_documents.losses import DocumentRefused, Losses
from diptych.articles.models import ArticlePage

LONGEST_HEADLINE = ArticlePage._meta.get_field("headline").max_length


def create_article(parent, texts, user):
    """A draft below ``parent`` and, by language, what could not be taken of its text.

    ``texts`` maps languages to uploaded files or strings; the first is the language of the
    original. Everything is stored or nothing, pictures included. Raises ``DocumentRefused``.
    """
    with transaction.atomic(), removed_if_it_fails() as stored_files:
        page = ArticlePage(live=False, owner=user, source_language=next(iter(texts)))
        notes, bodies = {}, {}
        for language, text in texts.items():
            try:
                converted = _converted(text, language, user, stored_files)
            except DocumentRefused as refusal:
                refusal.language = language
                raise
            notes[language], bodies[language] = converted.notes, converted.stored()
            page.set_text("headline", language, converted.headline)
            page.set_text("lead", language, converted.lead)
        share_ids(list(bodies.values()))
        for language, body in bodies.items():
            block = page._meta.get_field("body").stream_block
            page.set_text("body", language, block.to_python(body))
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True, clean=False)
    return page, notes


def _converted(text, language, user, stored_files):
    """The texts of one language, with a headline in any case."""
    if isinstance(text, str):
        losses, name = Losses(), Truncator(text.strip().partition("\n")[0]).chars(60)
        html, pictures = html_from_text(text), {}
    else:
        word, name = html_of_docx(text.read()), PurePath(text.name).stem
        html, losses = word.html, word.losses
        pictures = StoredPictures(word.pictures, name, user, losses, stored_files)
    converted = blocks_from_html(
        html, language=language, with_head=True, pictures=pictures, losses=losses
    )
    converted.headline = (converted.headline or name)[:LONGEST_HEADLINE]
    return converted


def share_ids(bodies):
    """Give blocks of one type that stand in the same place of two bodies the same id."""
    for other in bodies[1:]:
        for first, second in aligned(bodies[0], other, keys=(same_type,)):
            if first is not None and second is not None:
                other[second]["id"] = bodies[0][first]["id"]


class StoredPictures:
    """Puts pictures into the library when they are asked for by their address.

    They pass the form of any upload, so that they are checked and cleaned like others.
    """

    def __init__(self, contents, name, user, losses, stored_files):
        self.contents, self.name, self.user = contents, name, user
        self.losses, self.stored_files = losses, stored_files
        self.known = {}
        policy = policy_registry.get_by_type(get_image_model())
        self.collection = policy.collections_user_has_permission_for(user, "add").first()

    def get(self, source):
        """The primary key of the image, or ``None`` if it cannot be stored."""
        content, kind = self.contents.get(source, (None, ""))
        if content is None or self.collection is None:
            return None
        key = sha256(content).digest()
        if key not in self.known:
            self.known[key] = self._store(content, kind)
        return self.known[key]

    def _store(self, content, kind):
        title = f"{Truncator(self.name).chars(200)} – {len(self.known) + 1}"
        try:
            form = checked_upload(
                get_image_form(get_image_model()),
                content,
                name=f"{title}.{_ending(content, kind)}",
                title=title,
                collection=self.collection,
                user=self.user,
            )
        except ValidationError as refusal:
            self.losses.add("bad_picture", " ".join(refusal.messages))
            return None
        return save_upload(form, self.stored_files).pk


_ENDINGS = {
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF8": "gif",
    b"RIFF": "webp",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"BM": "bmp",
}


def _ending(content, kind):
    """The ending of a file's name by how its content begins, else by its declared type."""
    found = (end for start, end in _ENDINGS.items() if content.startswith(start))
    return next(found, kind.rpartition("/")[2] or "bin")
