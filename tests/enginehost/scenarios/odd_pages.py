"""Page types that answer in ways of their own answer in no language in which they are not live."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from oddpages import models
from wagtail import hooks
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import PageViewRestriction

from diptych.articles.languages.models import DraftLink

ENGLISH, GERMAN = "Only in English", "Nicht mehr da"
#: ``check`` says nothing of them: their bases are in the right order.
IN_ORDER = {"AnsweringLast", "AnsweringItself", "RoutesLast", "FormLast"}
METHODS = ("get", "post", "head", "put", "delete", "options", "patch")


@pytest.fixture(params=["enginehost.urls", "oddpages.wagtails_own_urls"])
def urls(request, settings):
    settings.ROOT_URLCONF = request.param


@pytest.fixture
def pages(home):
    """One of each type, live in English alone, in German no longer."""
    return [make_page(home, model) for model in models.PAGE_TYPES]


def make_page(home, model):
    name = model.__name__.lower()
    texts = {"headline_en": f"{name} here", "headline_de": f"{name} da"}
    texts |= {"meta_description_en": ENGLISH, "meta_description_de": GERMAN}
    page = model(source_language="en", title=f"{name} here", slug=f"{name}-here", **texts)
    home.add_child(instance=page)
    page = model.objects.get(pk=page.pk)
    page.publish_languages(["de", "en"], as_it_is=True)
    model.objects.get(pk=page.pk).unpublish_languages(["de"])
    page = model.objects.get(pk=page.pk)
    assert page.live_languages == ["en"] and page.meta_description_de == GERMAN
    return page


def addresses(page, language):
    """Where ``page`` might be asked for in ``language``, by any of its slugs."""
    name = type(page).__name__.lower()
    slugs = (f"{name}-here", f"{name}-da")
    return [f"/{language}/{slug}/{rest}" for slug in slugs for rest in ("", "past/", "any/other/")]


def assert_silent(response, language, *about):
    """Nothing of the page is in ``response``, nor is it a success."""
    about = (*about, response.status_code, response.headers)
    assert response.status_code in (301, 302, 404, 405), about
    if response.status_code < 400:
        assert not response["Location"].startswith(f"/{language}/"), about
    body = response.content.decode()
    assert ENGLISH not in body and GERMAN not in body, about


def test_each_is_served_in_its_language_alone(pages, reader, urls):
    for page in pages:
        shown = reader.get(f"/en/{page.slug}/")
        assert shown.status_code == 200 and ENGLISH in shown.content.decode(), page
        for language in ("de", "pt-br"):
            for address in addresses(page, language):
                for method in METHODS:
                    answer = getattr(reader, method)(address)
                    assert_silent(answer, language, page, method, address)
        for accepted in ("de", "en", "pt-br"):
            answer = reader.get(
                f"/{page.slug}/", headers={"accept-language": accepted}, follow=True
            )
            if answer.headers["Content-Language"] != "en":
                assert_silent(answer, "de", page, accepted)
            assert_silent(reader.post(f"/{page.slug}/"), "none", page)
    assert not FormSubmission.objects.exists()
    for page in pages:
        page.unpublish_languages(["en"])
        for language in ("de", "en", "pt-br"):
            for address in addresses(page, language):
                assert_silent(reader.get(address), language, page, address)


def test_hooks_of_the_host_answer_for_no_other_language(pages, reader, urls):
    def answer(page, request, args, kwargs):
        return models.texts_of(page)

    for name, hook in (("before_serve_page", answer), ("on_serve_page", lambda chain: answer)):
        with hooks.register_temporarily(name, hook):
            for page in pages:
                for language in ("de", "pt-br"):
                    for address in addresses(page, language):
                        assert_silent(reader.get(address), language, page, address)


def test_private_ones_ask_for_a_password_in_no_other_language(pages, reader, urls):
    kinds = (PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN)
    for page, kind in product(pages, kinds):
        made = restrict(page, kind)
        for language in ("de", "pt-br"):
            for address in addresses(page, language):
                assert_silent(reader.get(address), "none", page, kind, address)
            form = f"/{language}/_util/authenticate_with_password/{made.pk}/{page.pk}/"
            for method in METHODS:
                answer = getattr(reader, method)(form, {"password": "wrong"})
                assert_silent(answer, language, page, form)
        made.delete()


def test_the_form_of_a_password_without_a_language_is_in_one_of_the_page(pages, reader, urls):
    for page in pages:
        made = restrict(page, PageViewRestriction.PASSWORD)
        address = f"/_util/authenticate_with_password/{made.pk}/{page.pk}/"
        answer = reader.get(address, headers={"accept-language": "de"})
        assert answer.headers["Content-Language"] == "en"
        page.unpublish_languages(["en"])
        assert reader.get(address).status_code == 404


def restrict(page, kind):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open")


def test_each_is_previewed_in_the_language_asked_for(pages, admin):
    for page in pages:
        for language in ("de", "en"):
            answer = page.make_preview_request(preview_mode=language)
            assert answer.status_code == 200
            assert answer.headers["Content-Language"] == language
            if isinstance(page, models.PreviewedFirst):
                headline = page.text_in("headline", language)
                assert answer.content.decode() == f"{language}: {headline}"
        link = DraftLink.objects.create(
            page=page, language="de", user=admin.user, expires_at=timezone.now() + timedelta(days=1)
        )
        with override("de"):
            answer = admin.get(reverse("diptych_draft", args=(link.token,)))
        assert answer.status_code == 200 and answer.headers["Content-Language"] == "de"


def test_check_names_each_type_with_its_bases_in_another_order():
    problems = [each for each in run_checks() if each.id in ("diptych.E015", "diptych.W017")]
    named = {each.obj.__name__ for each in problems}
    assert named == {each.__name__ for each in models.PAGE_TYPES} - IN_ORDER
    of_form = [each.msg for each in problems if each.obj is models.FormFirst]
    assert any("FormMixin" in each and "serve" in each for each in of_form)
