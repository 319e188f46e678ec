"""What other sites keep: asked for by the reader, never by the page."""

import pytest
from bs4 import BeautifulSoup

from diptych.themes.pictures.embeds import FRAME_SOURCES, embed_of
from tests.factories import blocks, make_article

KEY = "dQw4w9WgXcQ"
YOUTUBE = f"https://www.youtube-nocookie.com/embed/{KEY}"


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (f"https://www.youtube.com/watch?v={KEY}", YOUTUBE),
        (f"https://www.youtube.com/watch?v={KEY}&list=x&t=90s", f"{YOUTUBE}?start=90"),
        (f"https://youtu.be/{KEY}?si=abc", YOUTUBE),
        (f"https://m.youtube.com/shorts/{KEY}", YOUTUBE),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/7697/ab12", "https://player.vimeo.com/video/7697?dnt=1&h=ab12"),
        ("https://dai.ly/x8abc", "https://geo.dailymotion.com/player.html?video=x8abc"),
        (
            "https://soundcloud.com/a-b/c",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa-b%2Fc",
        ),
        ("https://open.spotify.com/intl-fr/show/4rOo", "https://open.spotify.com/embed/show/4rOo"),
    ],
)
def test_the_frame_follows_from_the_address(address, frame):
    assert embed_of(address).frame == frame
    assert frame.startswith(FRAME_SOURCES)


@pytest.mark.parametrize(
    "address",
    [
        "https://film.example/1",
        f"https://evil.example/?u=https://youtu.be/{KEY}",
        f"https://youtube.com.evil.example/watch?v={KEY}",
        f"https://www.youtube.com/watch?v={KEY}%22onload=x",
        "https://www.youtube.com/@channel",
        "javascript:alert(1)",
        "http://[::1",
        "",
        None,
    ],
)
def test_any_other_address_has_none(address):
    assert embed_of(address).frame == ""


def test_a_page_with_a_film_asks_no_other_site_for_anything(journal, client):
    film = ("embed", {"embed": f"https://youtu.be/{KEY}", "title": "Le lac vu du ciel"})
    make_article(journal, body_fr=blocks(film), body_en=blocks(film))
    response = client.get("/en/stories/the-lake-freezes/")
    page = BeautifulSoup(response.content, "lxml")
    loaded = page.select("[src], [srcset], link[href]:not([rel=canonical]):not([rel=alternate])")
    for each in loaded:
        address = each.get("src") or each.get("href") or ""
        assert not address.startswith(("http:", "https:", "//")) or "testserver" in address
    assert not page.select("iframe, script:not([src]):not([type]), [style]")
    embed = page.select_one("[data-frame]")
    assert embed["data-frame"] == YOUTUBE and embed["data-title"] == "Le lac vu du ciel"
    assert embed.select_one("a")["href"] == f"https://youtu.be/{KEY}"
    assert "hidden" in embed.select_one("button").attrs
    assert "Nothing is loaded from there" in embed.get_text()
    policy = response.headers["Content-Security-Policy"]
    assert all(source in policy for source in FRAME_SOURCES)
