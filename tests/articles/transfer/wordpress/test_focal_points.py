import pytest

from diptych.articles.transfer.wordpress.focal_points import focal_point_of

SMART_CROP = 'a:2:{s:4:"left";s:2:"25";s:3:"top";s:2:"80";}'


@pytest.mark.parametrize(
    ("meta", "point"),
    [
        ({"focalpoint": 'a:2:{s:4:"left";i:25;s:3:"top";i:80;}'}, (0.25, 0.8)),
        ({"focal_point": 'a:2:{s:1:"x";d:0.25;s:1:"y";d:0.8;}'}, (0.25, 0.8)),
        ({"focus_point": '{"x": 25, "y": "80.0"}'}, (0.25, 0.8)),
        ({"bg_pos_desktop": "25% 80%"}, (0.25, 0.8)),
        (
            {"_wpsmartcrop_image_focus": SMART_CROP},
            (0.25, 0.8),
        ),
        (
            {
                "_wpsmartcrop_image_focus": SMART_CROP,
                "_wpsmartcrop_enabled": "0",
            },
            None,
        ),
        ({"focalpoint": 'a:1:{s:4:"left";i:25;}'}, None),
        ({"focalpoint": "nan nan"}, None),
        ({"focalpoint": "-5 20"}, None),
        ({"focalpoint": "200% 20%"}, None),
        ({"focalpoint": "[" * 100_000}, None),
        ({}, None),
    ],
)
def test_focal_points_of_plugins(meta, point):
    assert focal_point_of(meta) == point
