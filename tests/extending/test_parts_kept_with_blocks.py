"""What a project's own blocks show in parts of an article that are kept in memory."""

import re

import pytest
from django.test import Client
from wagtail import hooks

from diptych.articles.caching.versions import depends_on, invalidate_tags
from diptych.articles.models import JournalSettings
from diptych.themes.models import AppearanceSettings
from tests.factories import blocks, make_article
from tests.kept import forget_pages, read_log

BLOCK = """
from wagtail import blocks

class NewestBlock(blocks.StructBlock):
    class Meta:
        template = "myapp/newest.html"

    def get_context(self, value, parent_context=None):
        from diptych.articles.models import ArticlePage

        newest = ArticlePage.objects.live().latest("pk")
        return {**super().get_context(value, parent_context=parent_context), "newest": newest}
"""


@pytest.fixture
def answers(journal, examples, add_blocks):
    """``answers(template)`` returns a function for the answer to a client.

    It has an article with a block that has this template.
    """

    def of_template(template):
        (examples / "myapp" / "newest.py").write_text(BLOCK)
        (examples / "myapp" / "templates" / "myapp" / "newest.html").write_text(template)
        add_blocks(newest="myapp.newest.NewestBlock")
        JournalSettings.for_site(journal.site)
        AppearanceSettings.for_site(journal.site)
        body = blocks(("paragraph", "<p>Il gèle.</p>"), ("newest", {}))
        article = make_article(journal, "Le lac", "The lake", body_fr=body)
        read_log()

        def answer(client=None):
            forget_pages()
            response = (client or Client()).get(article.url_in("fr"))
            assert response.status_code == 200
            return response

        return answer

    return of_template


def test_what_users_read_is_not_kept_for_visitors(answers, admin):
    answer = answers("{% if request.user.is_authenticated %}Members{% else %}Everybody{% endif %}")
    for _time in range(2):
        assert "Members" in answer(admin).content.decode()
        assert "Everybody" in answer().content.decode()


def test_each_visitor_gets_the_token_of_their_own_cookie(answers):
    answer = answers('<form method="post">{% csrf_token %}</form>')
    for _time in range(2):
        response = answer()
        assert "csrfmiddlewaretoken" in response.content.decode()
        assert "csrftoken" in response.cookies


def test_each_answer_has_the_nonce_of_its_own_policy(answers):
    answer = answers('<script nonce="{{ csp_nonce }}">1</script>')
    for _time in range(2):
        response = answer()
        (nonce,) = re.findall(r'nonce="([^"]+)"', response.content.decode())
        assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]


def test_what_is_published_elsewhere_is_shown(journal, answers):
    answer = answers("<p>Newest {{ newest.headline }}</p>")
    assert "Newest Le lac" in answer().content.decode()
    make_article(journal, "La gare", "The station")
    read_log()
    assert "Newest La gare" in answer().content.decode()


def test_variables_of_a_hook_are_shown_as_they_are_now(answers):
    answer, weather = answers("<p>{{ weather }}</p>"), ["Snow"]

    def add(page, request):
        depends_on("weather:Berne")
        return {"weather": weather[-1]}

    with hooks.register_temporarily("register_diptych_page_context", add):
        assert "Snow" in answer().content.decode()
        weather.append("Thaw")
        invalidate_tags("weather:Berne")
        read_log()
        assert "Thaw" in answer().content.decode()
