"""The parts of a post as blocks of a body; no word of them is cut."""

import re
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.embeds.finders.oembed import OEmbedFinder

from diptych.articles.blocks import BodyBlock
from diptych.articles.imported_documents.blocks import (
    LONGEST_ALT,
    LONGEST_CAPTION,
    LONGEST_NAME,
    MOST_CHANGES,
    BlockMaker,
    changes_in,
    cleaned_by,
    items_as_html,
    paragraphs_as_html,
    quotation,
)
from diptych.articles.imported_documents.html import paragraph_widget
from diptych.articles.imported_documents.inline import (
    PLAIN,
    Marks,
    Run,
    Stored,
    lines_of,
    plain_text,
    tidied,
)
from diptych.articles.imported_documents.reading import Part

LONGEST_PULL_QUOTE, LONGEST_TITLE, LONGEST_NOTE_TITLE = 300, 200, 150
LONGEST_GALLERY_CAPTION = 300
_RICH = ("paragraph", "item", "rule")


class PostBlocks(BlockMaker):
    """Makes the blocks of a post in ``language``; ``media`` gives its files."""

    def __init__(self, media, losses, language):
        super().__init__({}, losses, paragraph_widget())
        self.media, self.language = media, language
        #: Notes of the block that is made, which has no place for them.
        self.notes = []

    def check_size(self, groups):
        """An archive is taken whole."""

    def blocks_of(self, parts):
        return super().blocks_of([piece for part in parts for piece in _in_pieces(part)])

    def make(self, group):
        made = super().make(group)
        notes, self.notes = self.notes, []
        if notes:
            made += self.make_text([Part("paragraph", notes)])
        return made

    def make_text(self, group):
        """As everywhere; without marks where Wagtail cannot store them."""
        try:
            return super().make_text(group)
        except ValueError:
            self.losses.add("marks", plain_text(group[0].runs))
            return super().make_text([_without_marks(part) for part in group])

    def plain(self, part):
        self.notes += [run for run in part.runs if run.note]
        if any(run.marks.href for run in part.runs):
            self.losses.add("link_in_plain", plain_text(part.runs))
        return plain_text(part.runs).strip()

    def make_heading(self, group):
        """A heading of nothing but notes is a paragraph."""
        return (
            super().make_heading(group)
            if plain_text(group[0].runs).strip()
            else (self.make_text(group))
        )

    def make_quote(self, group):
        part = group[0]
        by = part.value or ""
        text = self.plain(part)
        if len(by) > LONGEST_NAME or not text:
            text, by = "\n".join(filter(None, (text, by))), ""
        if not text:
            return []
        value = quotation(text, by)
        links = {run.marks.href for run in part.runs if run.marks.href}
        if len(links) == 1 and _is_url(link := links.pop()):
            value["source"] = link
        return [("quotation", value)]

    def make_pull_quote(self, group):
        part = group[0]
        text = plain_text(part.runs).strip()
        if part.value or len(text) > LONGEST_PULL_QUOTE or not text:
            return self.make_quote(group)
        return [("pull_quote", {"text": self.plain(part)})]

    def make_preformatted(self, group):
        part = group[0]
        self.notes += [run for run in part.runs if run.note]
        text = plain_text(part.runs).strip("\n").rstrip()
        return [("preformatted", {"text": text, "kind": part.value})] if text else []

    # Pictures

    def make_picture(self, group):
        value, others = self._picture(group[0])
        return [("image", value), *others]

    def make_gallery(self, group):
        pictures = [self._picture(each) for each in group[0].value]
        caption = self.line(group[0])
        others = [block for _value, blocks in pictures for block in blocks]
        if len(pictures) < 2:
            images = [("image", value) for value, _blocks in pictures]
            return [*images, *others, *self._paragraph(caption)]
        is_long = len(caption) > LONGEST_GALLERY_CAPTION
        value = {
            "pictures": [{"type": "item", "value": value} for value, _blocks in pictures],
            "caption": "" if is_long else caption,
        }
        return [("gallery", value), *others, *self._paragraph(caption if is_long else "")]

    def _picture(self, part):
        """The value of an image block, and the blocks of texts for which it has no place."""
        source, number = part.value["source"], part.value["id"]
        image, key = self.media.image(source) if source else None, source
        if image is None and number is not None:
            image, key = self.media.image(number), number
        caption, alt = self.line(part), part.value["alt"]
        is_long = len(caption) > LONGEST_CAPTION
        if image is None:
            self.losses.add("picture", source or str(number or ""))
        else:
            own = self.media.texts(key, self.language).alt
            alt = "" if alt == own else alt
            if not (alt or own):
                self.losses.add("alt", part.value["name"] or source)
        if len(alt) > LONGEST_ALT:
            self.losses.add("long_alt", alt)
        value = {
            "image": image and image.pk,
            "alt": alt[:LONGEST_ALT],
            "caption": "" if is_long else caption,
            "decorative": False,
        }
        # Readers see nothing of a block whose image is still to be chosen.
        return value, self._paragraph(caption if is_long or image is None else "")

    # Embeds and files

    def make_embed(self, group):
        part = group[0]
        url, title = _address_of_page(part.value["url"]), self.line(part)
        if not (_is_url(url) and _provider().accept(url)):
            name = part.value["title"]
            return [*self._link(url, name or url), *self.make_text([Part("paragraph", part.runs)])]
        more = self._paragraph(title) if len(title) > LONGEST_TITLE else []
        title = "" if more else title
        title = title or part.value["title"] or (urlsplit(url).hostname or "").removeprefix("www.")
        return [("embed", {"embed": url, "title": title[:LONGEST_TITLE]}), *more]

    def make_recording(self, group):
        """A film or recording of the library as a link to its document, others as embeds."""
        url, title = group[0].value["url"], group[0].value["title"]
        document = self.media.document(url)
        if document is None:
            self.losses.add("file", url)
            return self.make_embed(group)
        return self._link(Stored("document", document.pk), title or document.title)

    def _link(self, href, text):
        return self.make_text([Part("paragraph", [Run(text, Marks(href=href))])]) if href else []

    def _paragraph(self, text):
        return self.make_text([Part("paragraph", [Run(text)])]) if text else []

    # What is unknown

    def make_unknown(self, group):
        """A note that names the unknown block or shortcode, with its text where it holds that."""
        part = group[0]
        parts, name = part.value["parts"], part.value["name"]
        with override(self.language):
            is_block = part.value["kind"] == "block"
            title = _("Unknown block: %(name)s") if is_block else _("Unknown shortcode: %(name)s")
        title = title % {"name": name}
        is_rich = bool(parts) and all(each.kind in _RICH for each in parts)
        pieces = [piece for each in parts for piece in _in_pieces(each)]
        html = "".join(self._html_of(pieces)) if is_rich else ""
        text = plain_text(part.runs).strip() or name
        html = html or paragraphs_as_html([Part("paragraph", [Run(text)])])
        note = cleaned_by(_note_widget(), html)
        made = [("note", {"title": title[:LONGEST_NOTE_TITLE], "text": note})] if note else []
        if not is_rich:
            top = self.top
            made += self.blocks_of(parts)
            self.top = top
        return made

    def _html_of(self, parts):
        """The HTML of parts of rich text in order, lists of items together."""
        items = []
        for part in parts:
            if part.kind == "item":
                items.append(part)
                continue
            yield from items_as_html(items)
            items = []
            if part.kind == "paragraph":
                yield paragraphs_as_html([part])
        yield from items_as_html(items)


def _without_marks(part):
    return replace(part, runs=[Run(run.text, PLAIN, run.note) for run in part.runs])


def _in_pieces(part):
    """``part``, as several where it has more changes of type than rich text is converted with."""
    if not part.is_rich or changes_in(part) <= MOST_CHANGES:
        return [part]
    runs = [piece for run in part.runs for piece in lines_of(run)]
    step = MOST_CHANGES // 2
    pieces = [tidied(runs[start : start + step]) for start in range(0, len(runs), step)]
    return [
        Part(part.kind, piece, part.level, part.ordered, None, part.root, part.value)
        for piece in pieces
        if piece
    ]


#: Addresses of frames, and those of the pages that show the same.
_FRAMES = (
    (
        r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{11}).*",
        r"https://www.youtube.com/watch?v=\1",
    ),
    (r"https?://player\.vimeo\.com/video/(\d+).*", r"https://vimeo.com/\1"),
    (
        r"https?://(?:www\.)?dailymotion\.com/embed/video/(\w+).*",
        r"https://www.dailymotion.com/video/\1",
    ),
    (r"https?://open\.spotify\.com/embed/(\w+/\w+).*", r"https://open.spotify.com/\1"),
)


def _address_of_page(frame):
    """The address of the page that shows what ``frame`` does, where that is known."""
    if "w.soundcloud.com/player" in frame:
        return next(iter(parse_qs(urlsplit(frame).query).get("url", [])), frame)
    for pattern, page in _FRAMES:
        if found := re.fullmatch(pattern, frame):
            return found.expand(page)
    return frame


@cache
def _note_widget():
    """The widget that cleans the text of a note; created after the features are registered."""
    return BodyBlock().child_blocks["note"].child_blocks["text"].field.widget


@cache
def _provider():
    """Says which addresses Wagtail knows how to embed; nothing is fetched."""
    return OEmbedFinder()


def _is_url(address):
    if not isinstance(address, str) or len(address) > 2000:
        return False
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return False
    return True
