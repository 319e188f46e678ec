"""Addresses in the admin: listed, searched, exported and erased by those who may."""

import itertools
import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localtime, now
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from diptych.articles.newsletter.models import CONFIRMABLE, Newsletter, SignUpRequest, Subscription
from operations.privacy import people
from tests.factories import make_user

LISTED = "diptych_newsletter_addresses:index"


@pytest.fixture
def addresses(newsletters):
    return [
        newsletters["fr"].subscriptions.create(address=address, confirmed_at=now())
        for address in ("lea@example.org", "=max@example.org")
    ]


def test_addresses_are_searched_and_exported_as_text(admin, addresses):
    found = admin.get(reverse(LISTED), {"q": "LEA"}).content.decode()
    assert "lea@example.org" in found and "max@example.org" not in found
    answer = admin.get(reverse(LISTED), {"export": "csv"})
    said = b"".join(answer.streaming_content).decode()
    assert "lea@example.org,La lettre de la semaine,fr" in said
    assert "\n'=max@example.org" in said


def test_times_of_an_export_are_dates_of_a_workbook(admin, addresses):
    content = admin.get(reverse(LISTED), {"export": "xlsx"}).getvalue()
    rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    row = dict(zip(*itertools.islice(rows, 2), strict=True))
    confirmed_at = localtime(addresses[0].confirmed_at).replace(tzinfo=None)
    assert abs(row["Confirmed at"] - confirmed_at) < timedelta(seconds=1)
    assert row["Bounced at"] in (None, "")


def test_an_erased_address_is_in_no_log(admin, addresses, caplog):
    url = reverse("diptych_newsletter_addresses:delete", args=[addresses[0].pk])
    assert "lea@example.org" in admin.get(url).content.decode()
    assert admin.post(url).status_code == 302
    assert [each.address for each in Subscription.objects.all()] == ["=max@example.org"]
    entries = json.dumps(list(ModelLogEntry.objects.values("label", "data")))
    assert "lea" not in entries and "lea@" not in caplog.text


def test_nobody_adds_or_changes_an_address(admin, addresses):
    assert reverse(LISTED)
    said = admin.get(reverse(LISTED)).content.decode()
    assert "/addresses/new/" not in said and "/addresses/edit/" not in said
    assert admin.get("/admin/diptych/newsletter/addresses/new/").status_code == 404


@pytest.mark.parametrize(("granted", "is_let_in"), [((), False), (("view_subscription",), True)])
def test_the_list_needs_the_permission(client, addresses, granted, is_let_in):
    user = make_user("moderator")
    for name in granted:
        user.user_permissions.add(
            Permission.objects.get(codename=name, content_type__app_label="diptych_newsletter")
        )
    client.force_login(user)
    assert (client.get(reverse(LISTED)).status_code == 200) is is_let_in
    url = reverse("diptych_newsletter_addresses:delete", args=[addresses[0].pk])
    client.post(url)
    assert Subscription.objects.count() == 2


def test_a_newsletter_is_changed_in_a_language_that_one_may_publish(client, newsletters):
    user = make_user("moderator")
    granted = ("change_newsletter", "publish_fr")
    user.user_permissions.add(*Permission.objects.filter(codename__in=granted))
    other = Permission.objects.get(codename="publish_en")
    for group in user.groups.all():
        group.permissions.remove(other)
    client.force_login(user)
    codes = {}
    for code, newsletter in newsletters.items():
        url = reverse("diptych_newsletters:edit", args=[newsletter.pk])
        values = {"site": newsletter.site_id, "language": code, "name": f"Nouvelle {code}"}
        client.post(url, values)
        codes[code] = Newsletter.objects.get(pk=newsletter.pk).name
    assert codes == {"fr": "Nouvelle fr", "en": "The weekly letter"}


def test_a_site_has_one_newsletter_a_language(admin, newsletters):
    values = {"site": newsletters["fr"].site_id, "language": "fr", "name": "Une autre"}
    said = admin.post(reverse("diptych_newsletters:add"), values).content.decode()
    assert "The site has a newsletter in this language already." in said
    assert Newsletter.objects.count() == 2


def test_the_command_tells_and_erases(addresses):
    said = StringIO()
    call_command("diptych_newsletter_address", "LEA@example.org", stdout=said)
    (told,) = json.loads(said.getvalue())
    assert (told["address"], told["newsletter__language"]) == ("lea@example.org", "fr")
    for count in (1, 0):
        said = StringIO()
        call_command("diptych_newsletter_address", "LEA@example.org", erase=True, stdout=said)
        assert str(count) in said.getvalue()
    assert Subscription.objects.count() == 1


def test_what_nobody_confirms_is_forgotten(newsletters):
    old = now() - CONFIRMABLE - timedelta(minutes=1)
    create = newsletters["fr"].subscriptions.create
    create(address="old@example.org", requested_at=old)
    create(address="new@example.org")
    create(address="kept@example.org", requested_at=old, confirmed_at=old)
    SignUpRequest.objects.create(email_digest="a", requested_at=old)
    said = StringIO()
    call_command("forget_old", dry_run=True, stdout=said)
    assert "newsletter_requests\xa0: 2" in said.getvalue()
    call_command("forget_old", stdout=StringIO())
    assert {each.address.partition("@")[0] for each in Subscription.objects.all()} == {
        "new",
        "kept",
    }
    assert not SignUpRequest.objects.exists()


def test_newsletters_are_among_what_is_stored_of_an_account(addresses):
    user = make_user("editor", email="Lea@example.org")
    assert people.exported(user)["newsletters"][0]["address"] == "lea@example.org"
    user.is_active = False
    user.save()
    people.erase(user)
    assert not Subscription.objects.with_address("lea@example.org").exists()


def test_an_address_that_is_too_long_in_small_letters_is_refused(client, newsletters):
    address = f"a@{'.'.join(['İ' * 30] * 7)}.fr"
    assert len(address) < 254 < len(address.lower())
    assert client.post("/fr/newsletter/", {"address": address}).status_code == 400
    assert not Subscription.objects.exists()
