"""Read the HTML of a post into parts of text; nothing that readers saw is left out."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from bs4.element import NavigableString, PreformattedString, Tag

from diptych.articles.imported_documents import tables
from diptych.articles.imported_documents.inline import (
    PLAIN,
    Marks,
    Run,
    Stored,
    as_html,
    plain_text,
    tidied,
)
from diptych.articles.imported_documents.notes import SIGN, TEXT
from diptych.articles.imported_documents.reading import (
    TABLES_IN_TABLES,
    Part,
    Place,
    Reader,
    classes_of,
    is_dot,
    is_emoji,
    is_struck,
    name_of,
)
from diptych.articles.richtext.footnotes import clean_note
from diptych.articles.richtext.links import public_href
from diptych.articles.transfer.wordpress.block_markup import (
    CLASSIC,
    EMBED,
    FOOTNOTE,
    GALLERY,
    NOTES,
    UNKNOWN,
)
from diptych.articles.transfer.wordpress.classic import is_sign

#: Elements without text: what they hold runs, or says how a page looks.
_SILENT = frozenset({"script", "style", "link", "meta", "base"})
#: Unknown blocks inside so many others are read as if they were not there.
_DEEPEST = 20
_PICTURE_FILE = re.compile(r"\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$", re.I)
_BY_NAME = {
    EMBED: "address",
    GALLERY: "gallery_of_ids",
    FOOTNOTE: "footnote",
    NOTES: "nothing",
    UNKNOWN: "unknown",
    CLASSIC: "classic",
    "pre": "preformatted",
}
_BY_CLASS = {
    "wp-block-embed": "embed",
    "wp-block-gallery": "gallery",
    "blocks-gallery-grid": "gallery",
    "wp-block-pullquote": "pull_quote",
}


@dataclass(frozen=True)
class Surroundings:
    """What a post refers to: files, other posts, and its headings by the name of their anchors."""

    media: object
    links: object
    anchors: dict
    #: Gives the ids of the pictures that were uploaded to a post: without its id, to this one.
    pictures_of: object
    #: The addresses of linked documents by their primary keys.
    documents: dict = field(default_factory=dict)


class PostReader(Reader):
    """Reads the tree of a post, whose blocks and shortcodes are elements."""

    without_language = frozenset()

    def __init__(self, losses, language, surroundings, depth=0):
        super().__init__(losses, language)
        self.surroundings, self.depth = surroundings, depth
        #: What stands below the paragraph that is read.
        self.below = []

    def inner(self):
        reader = self._nested()
        reader.place = Place(tables=TABLES_IN_TABLES)
        return reader

    def _nested(self):
        return PostReader(self.losses, self.language, self.surroundings, self.depth + 1)

    def runs_of(self, element):
        """As everywhere; what is no text, such as a picture, comes below the paragraph."""
        parts = self.inner().read(element)
        self.below += [part for part in parts if part.kind in ("picture", "gallery")]
        runs = [run for part in parts for run in (*_runs_of_part(part), Run(" "))]
        return tidied([self._without_document(run) for run in runs])

    def flush(self, place):
        super().flush(place)
        below, self.below = self.below, []
        self.parts += below

    def _without_document(self, run):
        """``run`` with the address of a document, as notes hold no links to documents."""
        href = run.marks.href
        if not isinstance(href, Stored) or href.kind != "document":
            return run
        address = self.surroundings.documents[href.key]
        return replace(run, marks=replace(run.marks, href=address))

    def _read_at_once(self, tag):
        name = _BY_NAME.get(tag.name)
        if name is None and tag.name in ("figure", "div", "ul", "blockquote"):
            name = next(
                (_BY_CLASS[each] for each in sorted(classes_of(tag) & _BY_CLASS.keys())), None
            )
        return getattr(self, f"_read_{name}") if name else super()._read_at_once(tag)

    def _is_left_out(self, tag, styles):
        """Only what runs or says how a page looks, and what was taken as a note."""
        if tag.name in _SILENT:
            if words := tag.get_text().strip():
                self.losses.add("script", words)
            return True
        if is_struck(tag, styles):
            self.losses.add("struck", " ".join(tag.get_text(" ").split()))
            return True
        return tag.has_attr("hidden") or (tag.name == "noscript" and not tag.get_text().strip())

    def _href(self, link):
        address = str(link["href"]).strip()
        found = self._target_of(address)
        if not found and address and not address.startswith("#"):
            self.losses.add("link", address)
        return found

    def _target_of(self, address):
        """The page, document or address that a link leads to; "" if readers cannot follow it."""
        media = self.surroundings.media
        if address.startswith("#"):
            anchor = self.surroundings.anchors.get(address[1:])
            return f"#{anchor}" if anchor else ""
        if (document := media.document(address)) is not None:
            self.surroundings.documents[document.pk] = document.url
            return Stored("document", document.pk)
        if _is_picture_file(address) and (image := media.image(address)) is not None:
            return public_href(image.file.url)
        target = self.surroundings.links(address)
        if isinstance(target, int):
            return Stored("page", target)
        return public_href(target or address)

    # Elements that are read at once

    def _read_nothing(self, _tag, _place):
        return None

    def _read_classic(self, _tag, place):
        self.flush(place)
        return replace(place, keeps_lines=True), True

    def _read_footnote(self, tag, _place):
        note = clean_note(as_html(self.runs_of(tag)))
        if note:
            self.runs.append(Run("", PLAIN, note))

    def _read_equation(self, tag, place):
        self.losses.add("equation", tag.get_text())
        self.runs.append(Run(f" {tag.get_text(' ')} ", place.marks))

    def _read_unknown(self, tag, place):
        name, kind = str(tag.get("data-name") or ""), str(tag.get("data-kind") or "")
        value = {"kind": kind, "name": name, "parts": []}
        if is_sign(tag):
            self._add_sign(name, tag.get_text())
            return None
        if self.depth >= _DEEPEST:
            return place, True
        self.flush(place)
        self.losses.add("block", name)
        value["parts"] = self._nested().read(tag)
        self.parts.append(Part("unknown", value=value))
        return None

    def _add_sign(self, name, text):
        """A note on an unknown shortcode, below the paragraph."""
        self.losses.add("shortcode", name)
        value = {"kind": "shortcode", "name": name, "parts": []}
        self.below.append(Part("unknown", [Run(text)], value=value))

    def _read_preformatted(self, tag, place):
        if place.kind in ("quote", "by"):
            return replace(place, keeps_spaces=True), True
        self.flush(place)
        runs = list(_runs_as_they_read(tag))
        if any(run.text.strip() or run.note for run in runs):
            kind = "verse" if "wp-block-verse" in classes_of(tag) else "code"
            self.parts.append(Part("preformatted", runs, value=kind))
        for picture in tag("img"):
            self.parts.append(self._picture(picture))
        return None

    def _read_pull_quote(self, tag, place):
        if self.depth >= _DEEPEST:
            return place, True
        self.flush(place)
        parts = self._nested().read(tag)
        if parts and all(part.kind in ("quote", "paragraph") for part in parts):
            runs = [run for part in parts for run in (Run("\n\n"), *part.runs)][1:]
            by = " ".join(part.value for part in parts if part.value)
            parts = [Part("pull_quote", runs, value=by)]
        self.parts += parts
        return None

    # Embeds and files

    def _read_address(self, tag, place):
        self.flush(place)
        if url := _address_of(tag):
            title = str(tag.get("data-title") or "")
            self.parts.append(Part("embed", value={"url": url, "title": title}))

    def _read_embed(self, tag, place):
        """A figure around an address or a frame, with its caption."""
        found = tag.find([EMBED, "iframe"])
        if found is None or _has_text_of_its_own(tag):
            return place, True
        self.flush(place)
        caption = tag.find("figcaption")
        runs = self.runs_of(caption) if caption else []
        url, title = _address_of(found), str(found.get("title") or found.get("data-title") or "")
        self.parts.append(Part("embed", runs, value={"url": url, "title": title}))
        found.extract()
        if caption:
            caption.extract()
        return place, True

    def _read_frame(self, tag, place):
        """A frame, film or recording; what it shows where it cannot be played is read as well."""
        self.flush(place)
        url = _address_of(tag)
        if url:
            kind = "recording" if tag.name in ("audio", "video") else "embed"
            title = str(tag.get("title") or "").strip()
            self.parts.append(Part(kind, value={"url": url, "title": title}))
        return place, True

    # Pictures

    def _read_picture(self, tag, place):
        alt = str(tag.get("alt") or "").strip()
        if is_emoji(alt):
            self.runs.append(Run(alt, place.marks))
        elif not is_dot(tag):
            self.flush(place)
            self.parts.append(self._picture(tag))
            self.parts += self._link_of_picture(tag, alt)

    def _picture(self, tag):
        source = str(tag.get("src") or "").strip()
        if not source or source.startswith("data:"):
            source = str(tag.get("data-src") or tag.get("data-lazy-src") or "").strip()
        alt = str(tag.get("alt") or "").strip()
        value = {"source": source, "name": alt or name_of(source), "alt": alt, "id": _id_of(tag)}
        return Part("picture", value=value)

    def _link_of_picture(self, tag, alt):
        """A paragraph with the link around a picture, unless it leads to the picture itself."""
        link = tag.find_parent("a")
        address = str(link.get("href") or "").strip() if link else ""
        is_own = _is_picture_file(address) or "attachment_id=" in address
        if not address or is_own or link.get_text().strip() or "attachment" in str(link.get("rel")):
            return []
        href = self._target_of(address)
        return [Part("paragraph", [Run(alt or address, Marks(href=href))])] if href else []

    def _read_gallery(self, tag, place):
        if _has_text_of_its_own(tag):
            return place, True
        self.flush(place)
        pictures = []
        for image in tag("img"):
            holder = image.find_parent(["figure", "li"])
            part = self._picture(image)
            caption = holder.find("figcaption") if holder not in (None, tag) else None
            if caption:
                part.runs = self.runs_of(caption)
                caption.extract()
            pictures.append(part)
            image.extract()
        caption = tag.find("figcaption")
        runs = self.runs_of(caption) if caption else []
        if caption:
            caption.extract()
        self.parts.append(Part("gallery", runs, value=pictures))
        return place, True

    def _read_gallery_of_ids(self, tag, place):
        """The pictures with these ids, or those that were uploaded to a post."""
        numbers = _numbers(tag.get("data-ids"))
        if not numbers:
            post = next(iter(_numbers(tag.get("data-post"))), None)
            left_out = _numbers(tag.get("data-exclude"))
            found = self.surroundings.pictures_of(post)
            numbers = [each for each in found if each not in left_out]
        if not numbers:
            self._add_sign("gallery", str(tag.get("data-literal") or ""))
            return
        self.flush(place)
        value = {"source": "", "name": "", "alt": ""}
        pictures = [Part("picture", value={**value, "id": number}) for number in numbers]
        self.parts.append(Part("gallery", value=pictures))

    # Tables

    def _read_table(self, tag, place):
        self.flush(place)
        rows = tables.rows_of(tag)
        width = max((len(tables.cells_of(row)) for row in rows), default=0)
        is_text = place.tables >= TABLES_IN_TABLES or width > tables.MOST_COLUMNS
        if is_text or tables.is_layout(tag, rows):
            return replace(place, tables=place.tables + 1), True
        caption = tag.find("caption", recursive=False)
        runs = self.runs_of(caption) if caption else []
        height = max(1, tables.MOST_CELLS // max(width, 1) // 2)
        for start in range(0, len(rows), height):
            try:
                self._add_table(tag, rows[start : start + height], runs if not start else [])
            except tables.TooLarge:
                return replace(place, tables=place.tables + 1), True
        return None

    def _add_table(self, tag, rows, runs):
        value, is_merged = tables.table_value(tag, rows, self._cell_text)
        below, self.below = self.below, []
        if is_merged:
            self.losses.add("merged", next(filter(None, value["data"][0]), ""))
        if runs or any(text for row in value["data"] for text in row):
            self.parts.append(Part("table", value=value, runs=runs))
        self.parts += below

    def _cell_text(self, cell):
        texts = []
        for part in self.inner().read(cell):
            if part.kind in ("picture", "gallery", "unknown", "embed", "recording"):
                self.below.append(part)
                continue
            self.below += _notes_alone(part.runs)
            if any(run.marks.href for run in part.runs):
                self.losses.add("link_in_plain", plain_text(part.runs))
            texts += [plain_text(part.runs).strip(), part.value if part.kind == "quote" else ""]
        return "\n".join(filter(None, texts))


def _has_text_of_its_own(figure):
    """Whether there is text in a figure beside its captions; it is read as it stands then."""
    captions = [each for each in figure("figcaption") if not each.find_parent("figcaption")]
    texts = (figure.get_text(), "".join(each.get_text() for each in captions))
    everything, said = ("".join(text.split()) for text in texts)
    return len(everything) > len(said)


def _notes_alone(runs):
    """A paragraph with the notes of ``runs`` alone, for places that hold none."""
    notes = [run for run in runs if run.note]
    return [Part("paragraph", notes)] if notes else []


def _runs_of_part(part):
    """What stands for a part within a line of text."""
    if part.kind in ("embed", "recording"):
        href = public_href(part.value["url"])
        return [Run(part.value["title"] or part.value["url"], Marks(href=href)), *part.runs]
    if part.kind == "unknown":
        nested = [run for each in part.value["parts"] for run in _runs_of_part(each)]
        return [*part.runs, *nested]
    if part.kind == "quote" and part.value:
        return [*part.runs, Run(f" {part.value}")]
    return part.runs


def _runs_as_they_read(tag):
    """The text of ``tag`` with all its spaces, and its notes."""
    for each in tag.descendants:
        if isinstance(each, Tag):
            if each.name == SIGN:
                yield Run("", PLAIN, each[TEXT])
            elif each.name == "br":
                yield Run("\n")
            elif each.name == EMBED:
                yield Run(str(each.get("data-url") or ""))
        elif isinstance(each, NavigableString) and not isinstance(each, PreformattedString):
            yield Run(str(each))


def _address_of(tag):
    """The address of a frame or recording, with its scheme; "" if it has none for readers."""
    source = tag.find("source", src=True) if tag.name in ("audio", "video") else None
    names = ("src", "data-url", "data-src", "data")
    given = next((tag.get(name) for name in names if tag.get(name)), "")
    address = str(given or (source and source.get("src")) or "").strip()
    return public_href(f"https:{address}" if address.startswith("//") else address)


def _id_of(picture):
    """The id of the attachment that a picture shows, or ``None``."""
    figure = picture.find_parent("figure")
    given = str(picture.get("data-id") or "")
    found = re.search(r"\bwp-image-(\d+)", " ".join(classes_of(picture)))
    if not given and not found and figure is not None:
        given = str(figure.get("data-id") or "")
    number = found[1] if found else given
    return int(number) if number.isdecimal() and len(number) < 18 else None


def _numbers(text):
    return [int(each) for each in str(text or "").split(",") if each.isdecimal() and len(each) < 18]


def _is_picture_file(address):
    try:
        return bool(_PICTURE_FILE.search(urlsplit(address).path))
    except ValueError:
        return False
