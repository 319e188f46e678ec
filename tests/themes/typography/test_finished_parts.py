"""Parts that are kept in memory are typeset once, as they would be in their place."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override

from diptych.articles.languages.config.wagtail_compat import set_site
from diptych.themes.typography.house_style import HouseStyle
from diptych.themes.typography.typesetting import finished, typeset
from tests.kept import read_log

pytestmark = pytest.mark.django_db

LOADED = "{% load diptych_theme diptych_typography %}{% typographic %}"
PAGE = '<p>"Un" !</p>{}<p>"Deux" ?</p>{}<p>"Trois" : &amp;</p>{}{}{{% endtypographic %}}'


def rendered(page, request):
    with override("fr"):
        return Template(LOADED + page).render(Context({"request": request}))


def test_a_page_with_kept_parts_is_typeset_as_one_without(journal):
    request = RequestFactory().get("/fr/")
    set_site(request, journal.site)
    read_log()
    outer, inner, end = '{% kept "outer" %}', '{% kept "inner" %}', "{% endkept %}"
    expected = rendered(PAGE.format("", "", "", ""), request)
    assert "«" in expected and '"' not in expected
    for _time in range(2):
        assert rendered(PAGE.format(outer, inner, end, end), request) == expected


def test_finished_parts_are_left_as_they_are():
    style, part = HouseStyle(), '<div>"stays" !</div>'
    before, after = '<p>"a" !</p>', '<p>b "c"</p>'
    html = typeset(lambda: f"{before}{finished(part)}{after}", style)
    assert html == style.html(mark_safe(before)) + part + style.html(mark_safe(after))
    assert style.html(mark_safe(part)) != part
