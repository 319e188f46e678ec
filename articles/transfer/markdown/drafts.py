"""Write the files of a folder of Markdown into drafts of pages."""

from html import escape

from django.utils.translation import gettext as _

from diptych.articles.imported_documents.counting import counted, text_of_blocks, text_of_html
from diptych.articles.imported_documents.html import blocks_from_html
from diptych.articles.imported_documents.losses import DocumentRefused, Losses
from diptych.articles.richtext.links import public_href
from diptych.articles.transfer.leads import first_paragraph
from diptych.articles.transfer.markdown import data, layout, values
from diptych.articles.transfer.markdown.files import is_image
from diptych.articles.transfer.markdown.folder import OLD_ADDRESSES, OWN_ADDRESSES
from diptych.articles.transfer.markdown.parser import DIRECTIVE, PARSER, tokens_within
from diptych.articles.transfer.markdown.places import declared_slug, slug_of, title_of
from diptych.articles.transfer.markdown.reading import read_body
from diptych.articles.transfer.markdown.reading_rich_text import MarkdownFault, Names, rich_text

#: Front matter of other programs by the names of fields; the first that is there counts.
OTHER_NAMES = {
    "lead": ("summary", "excerpt", "subtitle"),
    "meta_description": ("description",),
    "hero_image": (
        *("image", "cover", "featured_image", "feature_image", "feature", "thumbnail"),
        *("cover_image", "featuredimage"),
    ),
    "hero_alt": (
        *("imagealt", "image_alt", "coveralt", "cover_alt", "featured_image_alt"),
        *("featuredimagealt", "feature_image_alt", "featurealt", "thumbnailalt", "thumbnail_alt"),
        "cover_image_alt",
    ),
    "hero_caption": (
        *("imagecaption", "image_caption", "covercaption", "cover_caption"),
        *("featured_image_caption", "feature_image_caption"),
    ),
    "authors": ("author",),
    "topics": ("categories", "tags"),
}
#: Keys of a main picture that is a mapping, as in PaperMod, Chirpy and Astro.
PARTS_OF_PICTURE = {
    "hero_image": ("image", "path", "src", "url"),
    "hero_alt": ("alt", "alt_text"),
    "hero_caption": ("caption",),
}
#: Keys of front matter for the type and the position of a page.
READ_ELSEWHERE = {
    *("title", "slug", "type", "source_language", "lang", "language", "translation_key", "weight"),
    *("translationkey", "date", "lastmod", "draft", "published", "private", "layout", "menu"),
    *("publishdate", "headless", "ref", "lang-ref", "lang_ref", "altlangpage"),
    *(*OWN_ADDRESSES, *OLD_ADDRESSES),
}
_HTML = ("html_block", "html_inline")


class Drafts:
    """Writes texts of ``folder`` into drafts; omitted parts are added to ``report``.

    With ``lead_from_text``, the first paragraph becomes the lead if front matter has none.
    """

    def __init__(self, folder, files, places, report, lead_from_text=False):
        self.folder, self.files, self.places, self.report = folder, files, places, report
        self.lead_from_text = lead_from_text

    def names_in(self, text):
        """The :class:`Names` that the file ``text`` can use."""
        return Names(
            _Found(lambda name: self.files.find("image", name, text.folder)),
            _Found(lambda name: self.places.find(name, text.folder)),
            _Found(lambda name: self.files.find("document", name, text.folder)),
        )

    def read(self, text, page):
        """``(values, body)`` of a text of ``page``: the values of its fields and its blocks."""
        said = _fields(text, type(page))
        for name in said.keys() - _known_fields(type(page)):
            self.report.note(text.path, "front matter", name)
        names, name = self.names_in(text), layout.body_of(type(page))
        for each in filter(is_image, _strings(said)):
            # Images are stored before the page, each in a transaction of its own.
            self.files.find("image", each, text.folder)
        if name is None:
            return said, None
        if name == "biography":
            return said, self._rich_text(text, names)
        body = self._body(text, names)
        if self.takes_lead(text, type(page)) and (lead := first_paragraph(body)):
            return {**said, "lead": lead}, body[1:]
        return said, body

    def takes_lead(self, text, model):
        """Whether the first paragraph of ``text`` becomes the lead of its page."""
        is_asked = self.lead_from_text and "lead" in values.text_fields(model)
        return is_asked and not _fields(text, model).get("lead")

    def _body(self, text, names):
        key, left_out = self.folder.keys[text.key], []

        def rescue(html, fault):
            self._note_fault(text, fault)
            losses = Losses()
            try:
                found = blocks_from_html(
                    html,
                    language=text.language,
                    pictures=_Pictures(names),
                    losses=losses,
                    keeps_alt=True,
                )
            except DocumentRefused as error:
                raise ValueError(str(error)) from None
            left_out.extend(losses.left_out)
            for each in found.notes:
                self.report.note(text.path, "markdown", str(each))
            return found.blocks

        blocks = read_body(text.body, key, names, text.line, _is_address, rescue)
        made = text_of_blocks([(each["type"], each["value"]) for each in blocks])
        said = counted(text_of_markdown(text.body), made, left_out)
        self.report.count_words(text.path, text.language, said)
        for token in _tokens_of(text.body):
            for found in DIRECTIVE.finditer(token.content if token.type == "text" else ""):
                self.report.note(text.path, "shortcode", found[0])
        return blocks

    def _note_fault(self, text, fault):
        self.report.note(text.path, "markdown", fault.message, fault.line)

    def _rich_text(self, text, names):
        seed = f"{self.folder.keys[text.key]}/biography"
        try:
            return rich_text(text.body, seed, names, text.line, _is_address)
        except MarkdownFault as fault:
            self._note_fault(text, fault)
            paragraphs = [" ".join(each.split()) for each in text.body.split("\n\n")]
            escaped = (each.replace("&", "&amp;").replace("<", "&lt;") for each in paragraphs)
            return "".join(f"<p>{each}</p>" for each in escaped if each)

    def write_text(self, draft, text, read):
        """Write the values from :meth:`read` into ``draft``, in the language of ``text``."""
        said, body = read

        def problem(name, error):
            self.report.note(text.path, "front matter", f"{name}: {error}")

        name, names = layout.body_of(type(draft)), self.names_in(text)
        skipped = {"headline", "url_slug", name}
        values.set_texts(draft, text.language, said, names, skipped, problem)
        title = title_of(text, draft.title)
        if len(title) > 255:
            problem(
                "title", _("longer than %(count)d characters; its end is left out") % {"count": 255}
            )
        draft.set_text("headline", text.language, title[:255])
        self._set_slug(draft, text)
        if name == "biography":
            draft.set_text(name, text.language, body)
        elif name:
            block = draft._meta.get_field(name).stream_block
            draft.set_text(name, text.language, block.to_python(body))

    def _set_slug(self, draft, text):
        """Set the slug that the folder gives, numbered where another page has it."""
        said, slug, language = declared_slug(text), slug_of(text), text.language
        if slug != said:
            message = _("slug: “%(said)s” cannot stand in an address and became “%(slug)s”")
            self.report.note(text.path, "front matter", message % {"said": said, "slug": slug})
        if not slug or slug == draft.text_in("url_slug", language):
            return
        parent = draft.stored_page.get_parent()
        free = self.places.publisher.free_slug(draft, language, slug, parent)
        draft.set_text("url_slug", language, free)

    def write_shared(self, draft, text, read):
        """Write the language-independent values of :meth:`read` for ``text`` into ``draft``.

        Is called within ``places.atomic``, as authors and topics may be created.
        """
        said, _body = read

        def problem(name, error):
            self.report.note(text.path, "front matter", f"{name}: {error}")

        names = self.names_in(text)
        skipped = {*values.OF_EVERY_PAGE, *values.ELSEWHERE}
        self.places.create_named(said, text)
        values.set_shared(draft, said, names, skipped, problem)
        values.set_rows(draft, said, names, text.language, problem)


class _Found:
    """Names of files and pages, looked up when they are asked for."""

    def __init__(self, find):
        self.find = find

    def __contains__(self, name):
        return self.find(name) is not None

    def __getitem__(self, name):
        return self.find(name)


class _Pictures:
    """Images of HTML by their addresses."""

    def __init__(self, names):
        self.names = names

    def get(self, source):
        return self.names.images[source]


def _is_address(address):
    return bool(public_href(address))


def _known_fields(model):
    """Names of the fields and rows of ``model`` that front matter can set."""
    shared = {each.name for each in values.shared_fields(model, values.OF_EVERY_PAGE)}
    rows = {each.get_accessor_name() for each in values.relations_of(model)}
    return {*shared, *values.text_fields(model), *rows}


def _fields(text, model):
    """The front matter of ``text`` by the names of the fields of ``model``."""
    said = {name: value for name, value in text.values.items() if name not in READ_ELSEWHERE}
    known = _known_fields(model)
    for name, others in OTHER_NAMES.items():
        for other in others:
            if other in said and other not in known and name in known:
                value = said.pop(other)
                said.setdefault(name, value)
    if isinstance(picture := said.get("hero_image"), dict) and "hero_image" in known:
        del said["hero_image"]
        for name, parts in PARTS_OF_PICTURE.items():
            if found := next((picture[each] for each in parts if picture.get(each)), None):
                said.setdefault(name, found)
    if "authors" in said and "authors" in known:
        given = said["authors"]
        entries = given if isinstance(given, list) else [given]
        said["authors"] = [_named_author(each) for each in entries if each]
    return said


def _named_author(entry):
    """An author as others write it, a mapping with a name, as that name."""
    is_described = isinstance(entry, dict) and "author" not in entry and entry.get("name")
    return str(entry["name"]) if is_described else entry


def _strings(value):
    """Every text within ``value``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def text_of_markdown(text):
    """All text of Markdown, with titles of blocks, captions and notes, but for blocks as data.

    Nor has it the names of the articles that blocks lead to.
    """
    parts = []
    for token in _tokens_of(text):
        if token.type in _HTML:
            parts.append(token.content)
        elif token.type == "container_block_open":
            kind, _space, title = token.info.strip().partition(" ")
            parts.append("" if kind == "article" else escape(title))
        elif token.type != "inline" and not token.children and not token.info.startswith(data.MARK):
            parts.append(escape(token.content or ""))
        parts.append(escape(str(token.attrs.get("title", ""))))
    return text_of_html(" ".join(parts))


def _tokens_of(text):
    """All tokens of Markdown, with those of notes within a line."""
    environment = {}
    tokens = PARSER.parse(text, environment)
    notes = environment.get("footnotes", {}).get("list", {})
    return tokens_within(
        [*tokens, *(each for note in notes.values() for each in note.get("tokens", ()))]
    )
