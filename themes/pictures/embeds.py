"""Media embedded from other sites, loaded only after the reader presses a button.

The URL of the frame is computed from the URL that an editor enters, without oEmbed: neither the
server nor the browser contacts another site before. URLs of unknown sites are rendered as links.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit


@dataclass(frozen=True)
class Provider:
    """A site whose media can be embedded.

    ``patterns`` are matched with host, path and parameter ``v`` of a URL; the named groups of the
    first match are inserted into ``frame``, the path of the frame's URL on ``host``.
    """

    name: str
    host: str
    frame: str
    patterns: tuple
    is_sound: bool = False


PROVIDERS = (
    Provider(
        "YouTube",
        "https://www.youtube-nocookie.com",
        "/embed/{key}?start={start}",
        (
            r"(?:www\.|m\.|music\.)?youtube\.com/watch\?v=(?P<key>[\w-]{11})",
            r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:embed|live|shorts|v)/(?P<key>[\w-]{11})",
            r"youtu\.be/(?P<key>[\w-]{11})",
        ),
    ),
    Provider(
        "Vimeo",
        "https://player.vimeo.com",
        "/video/{key}?dnt=1&h={secret}",
        (
            r"(?:www\.)?vimeo\.com/(?:channels/\w+/|showcase/\d+/video/)?(?P<key>\d+)(?:/(?P<secret>\w+))?/?",
            r"player\.vimeo\.com/video/(?P<key>\d+)",
        ),
    ),
    Provider(
        "Dailymotion",
        "https://geo.dailymotion.com",
        "/player.html?video={key}",
        (
            r"(?:www\.)?dailymotion\.com/(?:embed/)?video/(?P<key>\w+)",
            r"dai\.ly/(?P<key>\w+)",
        ),
    ),
    Provider(
        "SoundCloud",
        "https://w.soundcloud.com",
        "/player/?url={address}",
        (r"soundcloud\.com/[\w-]+/(?:sets/)?[\w-]+/?",),
        is_sound=True,
    ),
    Provider(
        "Spotify",
        "https://open.spotify.com",
        "/embed/{kind}/{key}",
        (
            r"open\.spotify\.com/(?:intl-\w+/)?(?P<kind>episode|show|track|album|playlist)"
            r"/(?P<key>\w+)",
        ),
        is_sound=True,
    ),
)

#: The origins of frames, for the content security policy.
FRAME_SOURCES = tuple(provider.host for provider in PROVIDERS)

_EMPTY_PARAMETER = re.compile(r"[?&](?:start|h)=(?=&|$)")


@dataclass(frozen=True)
class Embed:
    """``frame`` is the URL of the frame, empty for URLs that are rendered as links."""

    url: str
    provider: str
    frame: str = ""
    is_sound: bool = False


def embed_of(url):
    """The :class:`Embed` of ``url``."""
    parts = _split(url)
    if parts is None:
        return Embed(url, "")
    queried = parse_qs(parts.query)
    video = f"?v={queried['v'][0]}" if "v" in queried else ""
    address = f"{parts.hostname}{parts.path}{video}"
    for provider in PROVIDERS:
        for pattern in provider.patterns:
            found = re.fullmatch(pattern, address)
            if found:
                frame = _frame(provider, found.groupdict(), queried, url)
                return Embed(url, provider.name, frame, provider.is_sound)
    return Embed(url, parts.hostname.removeprefix("www."))


def _split(url):
    """The parts of an HTTP or HTTPS URL, ``None`` for anything else."""
    try:
        parts = urlsplit(url or "")
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _frame(provider, found, queried, url):
    found = {name: value or "" for name, value in found.items()}
    found.setdefault("secret", queried.get("h", [""])[0])
    path = provider.frame.format(
        **{**found, "secret": quote(found["secret"], safe="")},
        start=_seconds(queried),
        address=quote(url, safe=""),
    )
    return provider.host + _EMPTY_PARAMETER.sub("", path)


def _seconds(queried):
    """The start in seconds, from ``t=90``, ``t=90s`` or ``start=90``; ``""`` if none is given."""
    start = (queried.get("t") or queried.get("start") or [""])[0].removesuffix("s")
    return start if start.isascii() and start.isdecimal() else ""
