"""Nobody reads a page in a language in which it is not live, whatever its type answers itself."""

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from diptych.articles.languages import MultilingualPageMixin
from diptych.articles.languages.checks.project import check_bases
from diptych.articles.models import StandardPage
from tests.factories import make_article, make_plain_page


def everything(page, request, *args, **kwargs):
    return HttpResponse(f"{page.headline_fr} {page.headline_en}")


@pytest.fixture
def about(journal, monkeypatch):
    """A page of a type with a ``serve`` and a ``route`` that know of no languages."""
    page = make_plain_page(journal, "À propos", "About", live_in=["en"])
    monkeypatch.setattr(StandardPage, "serve", everything)
    monkeypatch.setattr(StandardPage, "route", lambda page, *rest: RouteResult(page))
    monkeypatch.setattr(StandardPage, "serve_password_required_response", everything)
    return page


def test_what_a_page_type_answers_itself_is_asked_for_where_it_is_live(about, reader):
    assert "About" in reader.get("/en/about/").content.decode()
    for address in ("/fr/a-propos/", "/fr/about/", "/fr/about/more/"):
        for ask in (reader.get, reader.post):
            answer = ask(address)
            assert answer.status_code == 404
            assert "À propos" not in answer.content.decode()


def test_the_form_of_a_password_is_one_of_a_live_language(about, reader):
    made = PageViewRestriction.objects.create(
        page=about, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    args = (made.pk, about.pk)
    with override("en"):
        english = reverse("wagtailcore_authenticate_with_password", args=args)
    assert english.startswith("/en/")
    assert reader.get(english).status_code == 200
    assert reader.get(english.replace("/en/", "/fr/", 1)).status_code == 404
    assert reader.get("/en/about/").status_code == 200
    assert reader.get("/fr/about/").status_code == 404


def test_members_are_asked_to_sign_in_before_they_learn_where_a_private_page_is_live(
    about, reader, admin
):
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    answer = reader.get("/fr/about/")
    assert answer.status_code == 302 and "login" in answer["Location"]
    assert "no-store" in answer["Cache-Control"]
    assert admin.get("/fr/about/").status_code == 404


def test_a_route_of_the_page_beside_another_language_is_only_where_it_is_live(journal, reader):
    make_article(journal, "Le lac gèle", "The lake freezes", live_in=["en"])
    assert reader.get("/fr/articles/le-lac-gele/fr-en/").status_code == 404


class Answering:
    preview_modes = [("form", "Form")]

    def serve(self, request, *args, **kwargs):
        return everything(self, request)


class Silent:
    def get_admin_display_title(self):
        return self.title


class Counting:
    def serve(self, request, *args, **kwargs):
        return super().serve(request, *args, **kwargs)


class Cooperating:
    def save(self, *args, **kwargs):
        return super().save(*args, **kwargs)


ORDERS = {
    (RoutablePageMixin, StandardPage): ("E015", "RoutablePageMixin", "route, serve, serve_preview"),
    (Answering, StandardPage): ("E015", "Answering", "preview_modes, serve"),
    (Page, MultilingualPageMixin): ("E015", "AbstractPage", "route"),
    (Silent, StandardPage): ("W017", "Silent", "get_admin_display_title"),
    (Counting, StandardPage): ("W017", "Counting", "serve"),
    (Cooperating, StandardPage): None,
    (MultilingualPageMixin, RoutablePageMixin, Page): None,
    (MultilingualPageMixin, Answering, Page): None,
}


@pytest.mark.parametrize("bases", ORDERS, ids=lambda each: "-".join(base.__name__ for base in each))
def test_check_names_orders_of_bases_in_which_the_engine_comes_too_late(monkeypatch, bases):
    meta = type("Meta", (), {"abstract": True, "app_label": "diptych"})
    model = type("Odd", bases, {"Meta": meta, "__module__": __name__})
    monkeypatch.setattr(
        "diptych.articles.languages.checks.project.apps.get_models", lambda: [model, StandardPage]
    )
    problems, expected = check_bases(None), ORDERS[bases]
    assert bool(problems) is bool(expected)
    if expected:
        number, base, names = expected
        (problem,) = [each for each in problems if each.msg.startswith(f"{base} ")]
        assert problem.id == f"diptych.{number}"
        assert names in problem.msg and "diptych.Odd" in problem.msg
