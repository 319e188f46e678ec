"""Shortcodes, ``[name setting="value"]text[/name]``, as HTML.

Those of WordPress and of plugins for footnotes are read. Others are marked as unknown, their text
kept. Brackets that hold a word and nothing else, ``[sic]``, are text of the author.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape

from diptych.articles.transfer.wordpress.block_markup import (
    EMBED,
    FOOTNOTE,
    GALLERY,
    UNKNOWN,
    refuse_deeper,
)
from diptych.articles.transfer.wordpress.preformatted import preformatted_spans

_TAG = re.compile(
    r"(?P<escape>\[)?\[(?P<end>/)?(?P<name>[a-zA-Z][a-zA-Z0-9_-]*)"
    r"(?P<settings>(?:[\s=](?:\"[^\"]*\"|'[^']*'|[^\]\"'/]|/(?!\])){0,600}+)?)"
    r"(?P<close>/)?\](?(escape)\])"
)
_SETTING = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|'([^']*)'|(\S+)"""
)
_LINKED_PICTURE = re.compile(r"\s*((?:<a\s[^>]+>\s*)?<img\s[^>]+>(?:\s*</a>)?)(.*)", re.S | re.I)
#: Elements in which brackets are text, as in the tags themselves.
_PROTECTED = ("pre", "code", "script", "style", "textarea")
NOTES = frozenset({"footnote", "footnotes_note", "efn_note", "mfn", "fn", "ref", "sidenote"})
#: Shortcodes of WordPress, and those that place what is between them and say nothing.
PLACING = re.compile(
    r"(?:vc_(?:row|column|section)(?:_inner|_text)?|et_pb_(?:section|row|column|text)(?:_inner)?"
    r"|fusion_(?:builder_(?:container|row|column)(?:_inner)?|text)|raw|box|column|columns|row"
    r"|(?:one|two|three)_(?:half|third|fourth|fifth|sixth|thirds|fourths)(?:_(?:first|last))?)"
)
#: Names of plugins' shortcodes that are no words of an author, and those with a low line.
_OF_PLUGINS = re.compile(
    r"[a-z0-9-]*_[a-z0-9_-]*|contact-form(?:-7)?|crowdsignal|embedpress|embedyt|ez-toc|formidable"
    r"|googlemaps|gravityforms?|jetpack-[a-z-]+|layerslider|lyte|metaslider|nggallery|nggtags"
    r"|pdf-embedder|pdfviewer|polldaddy|scribd|singlepic|slideshare|tablepress|videopress"
    r"|woocommerce-[a-z-]+|wpcf7|wpdm|wpforms|wpvideo"
)
#: Shortcodes that show a film, a recording or a post of another site: what an id looks like, and
#: the address it stands for. Without one, they are given an address.
_EMBEDS = {
    **dict.fromkeys(
        ("youtube", "embedyt", "fusion_youtube", "lyte", "youtube_sc"),
        (r"[\w-]{11}", "https://www.youtube.com/watch?v={}"),
    ),
    **dict.fromkeys(("vimeo", "fusion_vimeo"), (r"\d+", "https://vimeo.com/{}")),
    "dailymotion": (r"[a-z0-9]{5,}", "https://www.dailymotion.com/video/{}"),
    **dict.fromkeys(("tweet", "twitter"), (r"\d+", "https://twitter.com/i/status/{}")),
    "ted": (r"[\w-]+", "https://www.ted.com/talks/{}"),
    "gist": (r"[\w-]+(?:/\w+)?", "https://gist.github.com/{}"),
    "scribd": (r"\d+", "https://www.scribd.com/document/{}"),
    **dict.fromkeys(("wpvideo", "videopress"), (r"\w{8}", "https://videopress.com/v/{}")),
    **dict.fromkeys(
        (
            *("bandcamp", "embed", "embedpress", "facebook", "flickr", "fusion_soundcloud"),
            *("googlemaps", "iframe", "instagram", "kickstarter", "mixcloud", "slideshare"),
            *("soundcloud", "spotify", "twitch", "vc_video"),
        ),
        ("", ""),
    ),
}
_SCHEME = re.compile(r"\s*[a-z]+:\S", re.I)
_MEDIA = {
    "audio": ("src", "mp3", "m4a", "ogg", "wav", "wma", "flac"),
    "video": ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv"),
}


@dataclass
class _Shortcode:
    """A shortcode that has begun: its name, the tag as written, and where it stands."""

    name: str
    literal: str
    settings: dict
    place: int


def without_shortcodes(content, leave_out=lambda text: None):
    """``content`` with HTML for its shortcodes.

    ``leave_out`` is told of each tag of a shortcode that stands in it no more.
    """
    protected = preformatted_spans(content, _PROTECTED, with_tags=True)
    tags = [found for found in _outside(protected, _TAG.finditer(content))]
    pairs = _pairs(tags)
    out, stack, end = [], [], 0
    for number, found in enumerate(tags):
        out.append(content[end : found.start()])
        end = found.end()
        opened = pairs.get(number)
        if found["escape"]:
            out.append(found[0][1:-1])
        elif opened == "begin":
            settings = settings_of(found["settings"])
            stack.append(_Shortcode(found["name"].lower(), found[0], settings, len(out)))
            refuse_deeper(len(stack))
        elif opened == "end":
            begun = stack.pop()
            inner = "".join(out[begun.place :])
            del out[begun.place :]
            out.append(_html_of(begun, inner, leave_out))
            leave_out(found[0])
            following = tags[number + 1] if number + 1 < len(tags) else None
            if following and following.start() == end and not following["end"]:
                out.append(" ")
        else:
            out.append(_html_alone(found, content, leave_out))
    out.append(content[end:])
    return "".join(out)


def _outside(spans, matches):
    """The ``matches`` that begin in none of ``spans``; both are in order."""
    spans = iter(spans)
    start, end = next(spans, (0, 0))
    for found in matches:
        while end and end <= found.start():
            start, end = next(spans, (0, 0))
        if not end or found.start() < start:
            yield found


def _pairs(tags):
    """``"begin"`` and ``"end"`` by the number of the tag, for shortcodes that have both."""
    found, stack, names = {}, [], Counter()
    for number, tag in enumerate(tags):
        if tag["escape"] or tag["close"]:
            continue
        name = tag["name"].lower()
        if not tag["end"]:
            stack.append((name, number))
            names[name] += 1
        elif names[name]:
            begun = None
            while begun != name:
                begun, begins_at = stack.pop()
                names[begun] -= 1
            found[begins_at], found[number] = "begin", "end"
    return found


def settings_of(text):
    """The settings of a shortcode by name; those without one by their number."""
    settings, number = {}, 0
    for found in _SETTING.finditer(text.strip().lstrip("=")):
        name, *values = found.groups()
        value = unescape(next((each for each in values if each is not None), ""))
        if name:
            settings[name.lower()] = value
        else:
            settings[number] = value
            number += 1
    return settings


def _html_of(shortcode, inner, leave_out):
    """The HTML of a shortcode around ``inner``."""
    name, settings, literal = shortcode.name, shortcode.settings, shortcode.literal
    if name in _EMBEDS:
        return _embed_around(shortcode, inner, leave_out)
    if name in ("caption", "wp_caption"):
        leave_out(literal.replace(settings.get("caption") or "\0", ""))
        return _figure(settings, inner)
    if name == "gallery":
        leave_out(literal)
        return _gallery(settings, literal) + inner
    known = _media(name, settings) + inner if name in _MEDIA else ""
    if name in NOTES:
        known = f"<{FOOTNOTE}>{inner}</{FOOTNOTE}>"
    elif PLACING.fullmatch(name):
        known = f"<div>{_titled(settings)}{inner}</div>"
    if known:
        leave_out(_without_title(literal))
    return known or inner + _sign(name, literal)


def _embed_around(shortcode, inner, leave_out):
    """The HTML of a shortcode that embeds, around an address, an id or a text."""
    name, settings, literal = shortcode.name, shortcode.settings, shortcode.literal
    if address := _address_in(name, [inner.strip()]):
        leave_out(f"{_without_title(literal)} {inner}")
        return _embed(address, settings)
    if address := _address_in(name, _values(settings)):
        leave_out(_without_title(literal))
        return _embed(address, settings) + inner
    if _SCHEME.match(inner):
        leave_out(inner)
        return _sign(name, literal)
    return inner + _sign(name, literal)


def _html_alone(found, content, leave_out):
    """The HTML of a tag without its other half."""
    name, settings = found["name"].lower(), settings_of(found["settings"])
    if found["end"] or found["name"] != name or name in ("caption", "wp_caption"):
        return found[0]
    known = None
    if name == "gallery":
        known = _gallery(settings, found[0])
    elif name in _MEDIA:
        known = _media(name, settings)
    elif name in _EMBEDS:
        known = _embed(_address_in(name, _values(settings)), settings)
    elif PLACING.fullmatch(name):
        leave_out(_without_title(found[0]))
        return _titled(settings)
    if known:
        leave_out(_without_title(found[0]))
        return known
    has_settings = any(isinstance(key, str) for key in settings)
    is_of_plugin = _OF_PLUGINS.fullmatch(name) or (known is not None and settings)
    if has_settings or is_of_plugin or _is_on_its_line(found, content):
        return _sign(name, found[0])
    return found[0]


def _values(settings):
    """The values of a shortcode that may say what it embeds, the likeliest first."""
    names = ("src", "url", "link", "id", "video", "v", 0)
    return [settings[name] for name in names if settings.get(name)]


def _address_in(name, values):
    """The address that a shortcode embeds, given in ``values`` as such or as an id; "" for none."""
    pattern, address = _EMBEDS[name]
    for value in (unescape(each).strip() for each in values):
        if value.startswith(("http://", "https://", "//")) and not re.search(r"[\s<>]", value):
            return value
        if pattern and re.fullmatch(pattern, value):
            return address.format(value)
    return ""


def _title(settings):
    """The title that a shortcode shows beside what stands in it."""
    return settings.get("title", "").strip()


def _titled(settings):
    title = _title(settings)
    return f"<p>{escape(title)}</p>" if title else ""


def _without_title(literal):
    """The tag of a shortcode without its title, which is read."""
    return re.sub(r"""(\btitle\s*=\s*)("[^"]*"|'[^']*'|[^\s"'\]]+)""", r"\1", literal, flags=re.I)


def _sign(name, literal):
    """An element within the line, for a note below the paragraph; its text is read as it stands."""
    return (
        f'<{UNKNOWN} data-kind="shortcode" data-name="{escape(name)}">{escape(literal)}</{UNKNOWN}>'
    )


def _is_on_its_line(found, content):
    before = content[max(0, found.start() - 200) : found.start()].rstrip(" \t\xa0")
    after = content[found.end() : found.end() + 200].lstrip(" \t\xa0")
    return (not before or before.endswith(("\n", "<p>", "-->"))) and (
        not after or after.startswith(("\r", "\n", "</p>", "<!--"))
    )


def _figure(settings, inner):
    """A picture with its caption; older posts have that in a setting."""
    found = _LINKED_PICTURE.match(inner)
    if not found:
        return inner
    caption = found[2].strip() or settings.get("caption", "")
    number = re.sub(r"\D", "", str(settings.get("id", "")))
    return f'<figure data-id="{number}">{found[1]}<figcaption>{caption}</figcaption></figure>'


def _embed(address, settings):
    address = address.strip()
    is_address = address.startswith(("http://", "https://", "//"))
    said = f'data-url="{escape(address)}" data-title="{escape(_title(settings))}"'
    return f"<{EMBED} {said}></{EMBED}>" if is_address else ""


def _media(name, settings):
    address = next((settings[key] for key in _MEDIA[name] if settings.get(key)), "")
    address = address or str(settings.get(0, "")).partition("|")[0]
    said = f'src="{escape(address)}" title="{escape(_title(settings))}"'
    return f"<{name} {said}></{name}>" if address else ""


def _gallery(settings, literal):
    """The pictures that are named, else those of the post that is, else of the one around it."""
    names = {"ids": settings.get("ids") or settings.get("include")}
    names |= {"post": settings.get("id"), "exclude": settings.get("exclude")}
    numbers = {name: ",".join(re.findall(r"\d+", str(each or ""))) for name, each in names.items()}
    said = "".join(f' data-{name}="{each}"' for name, each in numbers.items() if each)
    return f'<{GALLERY}{said} data-literal="{escape(literal)}"></{GALLERY}>'
