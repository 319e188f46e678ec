import pytest

from diptych.articles.transfer.wordpress.php import unserialize
from tests.wordpress_exports import serialize


@pytest.mark.parametrize(
    "value",
    [
        {"fr": 1, "en": 22},
        {"locale": "fr_FR", "rtl": 0, "name": "Français 😀", "quoted": 'a";i:1;'},
        {"sizes": {"large": {"file": "a-1024x683.jpg"}}, 0: "zero"},
        {},
        "",
        12,
    ],
)
def test_what_php_serialises_is_read(value):
    assert unserialize(serialize(value)) == value


def test_other_scalars():
    assert unserialize("a:3:{i:0;b:1;i:1;d:0.5;i:2;N;}") == {0: True, 1: 0.5, 2: None}
    assert unserialize("i:-3;\n") == -3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:2:{s:2:",
        'a:1:{s:2:"fr";i:1;',
        "a:99999999999:{}",
        's:5:"abc";',
        's:-1:"";',
        'O:8:"stdClass":0:{}',
        "i:one;",
        "i:1;i:2;",
        "a:1:{a:0:{}i:1;}",
        'a:1:{s:2:"fr";i:1;}}',
        "a:1:{i:0;" * 1000,
        "fr,en",
    ],
)
def test_what_is_broken_is_refused(text):
    with pytest.raises(ValueError):
        unserialize(text)
