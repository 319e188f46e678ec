"""Which content security policy a browser gets, and where."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import path, reverse
from django.utils.translation import override


def print_nonce(request):
    template = engines["django"].from_string("{% if wanted %}{{ csp_nonce }}{% endif %}")
    return HttpResponse(template.render({"wanted": "wanted" in request.GET}, request))


def read_policy(response):
    header = response.headers["Content-Security-Policy"]
    return {name: sources for name, *sources in map(str.split, header.split(";"))}


@pytest.fixture
def reader_page(settings):
    """A page that readers see, beside the addresses of the site."""
    from config import urls

    class Addresses:
        urlpatterns = [path("nonce-probe/", print_nonce), *urls.urlpatterns]

    settings.ROOT_URLCONF = Addresses
    return "/nonce-probe/"


@pytest.mark.django_db
def test_readers_get_no_inline_scripts(client, reader_page):
    policy = read_policy(client.get(reader_page))

    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]


@pytest.mark.django_db
def test_nonce_is_in_the_header_only_when_printed(client, reader_page):
    response = client.get(reader_page, {"wanted": 1})
    nonce = response.content.decode()

    assert len(nonce) > 16
    assert read_policy(response)["script-src"] == ["'self'", f"'nonce-{nonce}'"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_editors_get_inline_scripts(admin_client, language):
    with override(language):
        address = reverse("wagtailadmin_home")

    response = admin_client.get(address)

    assert response.status_code == 200
    assert read_policy(response)["script-src"] == ["'self'", "'unsafe-inline'"]
    assert "blob:" in read_policy(response)["img-src"]


@pytest.mark.django_db
def test_editor_may_frame_the_preview(client, reader_page):
    assert read_policy(client.get(reader_page))["frame-ancestors"] == ["'self'"]


@pytest.mark.django_db
def test_editors_are_told_of_inline_scripts(admin_client):
    response = admin_client.get(reverse("wagtailadmin_home"))
    policy = response.headers["Content-Security-Policy-Report-Only"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.django_db
def test_readers_get_one_policy(client, reader_page):
    assert "Content-Security-Policy-Report-Only" not in client.get(reader_page).headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fr/", "/admin/login/", "/fr/nothing/"])
def test_answers_ask_browsers_for_nothing_and_belong_to_the_site(client, path):
    headers = client.get(path).headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_pictures_are_shown_elsewhere(client):
    assert "Cross-Origin-Resource-Policy" not in client.get("/media/none.webp").headers
