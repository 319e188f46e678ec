"""The comments of the block editor, ``<!-- wp:… -->``: blocks without markup of their own get it.

Most blocks are HTML that says by its elements and classes what it is; their comments are dropped.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.counting import TAG

#: How many blocks or shortcodes may stand inside each other.
DEEPEST = 500
#: Elements of ours for what WordPress has no element for. They stand in the text while it is read.
CLASSIC, UNKNOWN, EMBED, GALLERY, FOOTNOTE, NOTES = (
    "diptych-classic",
    "diptych-unknown",
    "diptych-embed",
    "diptych-gallery",
    "diptych-footnote",
    "diptych-notes",
)
OURS = frozenset({CLASSIC, UNKNOWN, EMBED, GALLERY, FOOTNOTE, NOTES})

_COMMENT = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?P<rest>\s.*?)-->", re.S
)
#: Blocks of WordPress that keep no text in the post: their text is of other posts or of the site.
_FROM_ELSEWHERE = re.compile(
    r"(?:archives|avatar|block|breadcrumbs|calendar|categories|comment|cover-template|home-link"
    r"|latest|legacy-widget|loginout|navigation|page-list|pattern|post|query|rss|search|site"
    r"|tag-cloud|template|term|widget|accordion-item-title)(?:-.*)?"
)
#: Settings of a block around others that readers see.
_TEXTS_OF_HOLDERS = ("label", "title", "heading", "text", "description", "caption")
#: What plugins call such settings.
_TEXT_KEY = re.compile(
    r"(?:answer|author|caption|content|description|heading|label|message|question|quote|summary"
    r"|text|title)$",
    re.I,
)
#: Settings of a block that are no text.
_NO_TEXT = frozenset(
    {
        *("align", "anchor", "backgroundColor", "blockId", "class", "className", "clientId"),
        *("color", "fontFamily", "fontSize", "gradient", "id", "layout", "linkTarget", "lock"),
        *("metadata", "mode", "name", "opensInNewTab", "overlayColor", "ref", "rel", "service"),
        *("sizeSlug", "style", "tagName", "textAlign", "textColor", "theme", "type", "uniqueId"),
        *("unique_id", "verticalAlignment", "width", "height"),
    }
)


@dataclass
class _Open:
    """A block that has begun, and the HTML that stood in it until now."""

    name: str
    attributes: dict = field(default_factory=dict)
    html: list = field(default_factory=list)
    #: Whether HTML of its own stands in it, beside that of the blocks inside it.
    has_html: bool = False


def without_comments(content):
    """``content`` as HTML in which no block needs its comment.

    Text outside of all blocks is put into an element ``diptych-classic``.
    """
    stack, names, end = [_Open("")], Counter(), 0
    # A comment that never ends is looked for once, not at each of its beginnings.
    for found in _COMMENT.finditer(content, 0, content.rfind("-->") + 3):
        _add_text(stack, content[end : found.start()])
        end = found.end()
        name, rest = _bare_name(found["name"]), found["rest"].strip()
        if found["end"]:
            _close(stack, names, name)
            continue
        is_empty = rest.endswith("/")
        block = _Open(name, _attributes(rest.removesuffix("/")))
        if is_empty:
            stack[-1].html.append(_html_of_empty(block))
        else:
            stack.append(block)
            names[name] += 1
            refuse_deeper(len(stack))
    _add_text(stack, content[end:])
    while len(stack) > 1:
        _close(stack, names, stack[-1].name)
    return "".join(stack[0].html)


def _bare_name(name):
    """The name of a block; WordPress had one for each site that it embeds until 5.6."""
    return "embed" if name.startswith("core-embed/") else name.removeprefix("core/")


def _add_text(stack, text):
    if text.strip():
        stack[-1].has_html = True
        is_classic = stack[-1].name in ("", "freeform", "classic")
        stack[-1].html.append(f"<{CLASSIC}>{text}</{CLASSIC}>" if is_classic else text)
    else:
        stack[-1].html.append(text)


def _close(stack, names, name):
    """End the innermost open block called ``name``, and those inside it; nothing if none is.

    ``names`` counts the open blocks by name.
    """
    is_open = names[name] > 0
    while is_open:
        block = stack.pop()
        names[block.name] -= 1
        stack[-1].html.append(_html_of(block))
        is_open = block.name != name


def refuse_deeper(depth):
    """Raise ``ValidationError`` where more blocks or shortcodes are open than any author nests."""
    if depth > DEEPEST:
        raise ValidationError(
            _("More than %(number)s blocks or shortcodes stand inside each other.")
            % {"number": DEEPEST}
        )


def _attributes(text):
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _html_of(block):
    html = "".join(block.html)
    if block.name == "missing":
        name = _bare_name(str(block.attributes.get("originalName") or block.name))
        return marked(
            "block", name, html, str(block.attributes.get("originalUndelimitedContent", ""))
        )
    said = "" if block.has_html else "\n".join(_texts_of_holder(block))
    if "/" in block.name:
        return marked("block", block.name, html, said)
    return f"<p>{escape(said)}</p>{html}" if said else html


def _texts_of_holder(block):
    """The texts that WordPress shows of a block that stores blocks inside it and no HTML.

    Of a block of a plugin these are also texts of several words that are called so.
    """
    texts = (block.attributes.get(key) for key in _TEXTS_OF_HOLDERS)
    said = [text.strip() for text in texts if isinstance(text, str) and text.strip()]
    others = _named_texts(block.attributes) if "/" in block.name else ()
    return list(dict.fromkeys([*said, *(text for text in others if " " in text)]))


def _named_texts(attributes):
    """The strings of settings that are called a text, in order."""
    stack = [("", attributes)]
    while stack:
        key, value = stack.pop()
        if isinstance(value, dict):
            stack += reversed(value.items())
        elif isinstance(value, list):
            stack += ((key, each) for each in reversed(value))
        elif isinstance(value, str) and _TEXT_KEY.search(key):
            yield value.strip()


def _html_of_empty(block):
    """The HTML of a block that is a comment alone."""
    attributes, name = block.attributes, block.name
    address = next(
        (value for key in ("url", "src", "href") if isinstance(value := attributes.get(key), str)),
        "",
    )
    if name == "footnotes":
        return f"<{NOTES}></{NOTES}>"
    if name == "social-link" and address:
        label = attributes.get("label") or attributes.get("service") or address
        return f'<p><a href="{escape(address)}">{escape(str(label))}</a></p>'
    if address and name == "embed":
        return f'<{EMBED} data-url="{escape(address)}"></{EMBED}>'
    if "/" in name or _FROM_ELSEWHERE.fullmatch(name):
        return marked("block", name, "", "\n".join(_texts_in(attributes)))
    return "".join(f"<p>{escape(text)}</p>" for text in _texts_in(attributes) if " " in text)


def marked(kind, name, html, literal=""):
    """The element of an unknown block: ``literal`` are lines of text or HTML, ``html`` content."""
    lines = (line if TAG.search(line) else escape(line) for line in literal.splitlines())
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f'<{UNKNOWN} data-kind="{kind}" data-name="{escape(name)}">{text}{html}</{UNKNOWN}>'


def texts_of_empty_blocks(content):
    """The texts of the blocks of ``content`` that are a comment alone."""
    for found in _COMMENT.finditer(content, 0, content.rfind("-->") + 3):
        settings = found["rest"].strip()
        if not found["end"] and settings.endswith("/"):
            texts = _texts_in(_attributes(settings.removesuffix("/")))
            yield from (text for text in texts if " " in text)


def _texts_in(attributes):
    """The strings of the settings of a block that may be text, in order."""
    stack = [attributes]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack += [each for key, each in reversed(value.items()) if key not in _NO_TEXT]
        elif isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, str) and value.strip():
            yield value.strip()
