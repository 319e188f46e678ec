"""Readers sign up, confirm and leave, by HTTP and by the links of mails."""

import re
import smtplib
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DEFAULT_DB_ALIAS, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from diptych.articles.caching.addresses import known_addresses
from diptych.articles.newsletter import links, sending, subscribing
from diptych.articles.newsletter.mail_limits import MOST_AT_ADDRESS, MOST_FOR_EMAIL
from diptych.articles.newsletter.models import CONFIRMABLE, Issue, Newsletter, Subscription
from diptych.articles.newsletter.subscribing import record_bounce
from tests.committing import CommittingClient
from tests.factories import make_article, make_journal

LEA = "lea@example.org"


@pytest.fixture
def reader(newsletters):
    return CommittingClient(enforce_csrf_checks=True)


def sign_up(reader, address=LEA, language="fr", **headers):
    return reader.post(f"/{language}/newsletter/", {"address": address}, **headers)


def link_in(message):
    return urlsplit(re.search(r"https?://\S+", message.body)[0]).path


def subscribed(newsletter, address=LEA):
    return Subscription.objects.create(newsletter=newsletter, address=address, confirmed_at=now())


def leave_link(subscription):
    return urlsplit(links.unsubscribe_url(subscription)).path


def is_confirmed(language, address=LEA):
    found = Subscription.objects.confirmed().filter(newsletter__language=language)
    return found.filter(address=address).exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_address_is_subscribed_once_its_owner_confirms_it(reader, language):
    answer = sign_up(reader, "Lea@Example.org", language)
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/newsletter/sent/")
    assert reader.get(answer["Location"]).status_code == 200
    (message,) = mail.outbox
    assert message.to == [LEA]
    assert f'lang="{language}"' in message.alternatives[0][0]
    link = link_in(message)
    assert link.startswith(f"/{language}/newsletter/confirm/")
    assert reader.get(link).status_code == 200
    assert not is_confirmed(language), "Programs that look for malware follow links."
    assert reader.post(link).status_code == 200
    assert reader.post(link).status_code == 200  # a second click
    assert is_confirmed(language)
    other = "en" if language == "fr" else "fr"
    assert not is_confirmed(other)


def test_the_answer_does_not_tell_who_is_subscribed(reader, newsletters):
    subscribed(newsletters["fr"])
    answers = [sign_up(reader, address) for address in (LEA, "nobody@example.org")]
    assert len({(each.status_code, each["Location"], each.content) for each in answers}) == 1
    known, unknown = mail.outbox
    assert "/confirm/" not in known.body and "/unsubscribe/" in known.body
    assert "/confirm/" in unknown.body


def test_the_same_is_done_for_every_address(reader, newsletters):
    subscribed(newsletters["fr"])
    sign_up(reader, "warm@example.org")
    counts = []
    for address in (LEA, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            sign_up(reader, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_address_that_leaves_meanwhile_is_no_failure(reader, newsletters):
    """It leaves before the first time that it is looked for."""
    subscribed(newsletters["fr"])

    def leave(execute, sql, *arguments):
        if sql.startswith("SELECT") and Subscription._meta.db_table in sql:
            Subscription.objects.filter(address=LEA)._raw_delete(DEFAULT_DB_ALIAS)
        return execute(sql, *arguments)

    with connection.execute_wrapper(leave):
        assert sign_up(reader).status_code == 302
    assert mail.outbox == [] and not Subscription.objects.exists()


def test_a_second_confirmation_keeps_the_time_of_the_first(newsletters):
    subscription = subscribed(newsletters["fr"])
    record_bounce(LEA)
    subscribing.confirm(subscription)
    stored = Subscription.objects.get()
    assert (stored.confirmed_at, stored.bounced_at) == (subscription.confirmed_at, None)


def test_mails_to_an_address_are_limited(reader):
    statuses = [sign_up(reader).status_code for _ in range(MOST_FOR_EMAIL + 2)]
    assert statuses == [302] * MOST_FOR_EMAIL + [429] * 2
    assert len(mail.outbox) == MOST_FOR_EMAIL


def test_mails_from_a_network_are_limited(reader):
    statuses = [
        sign_up(reader, f"reader-{number}@example.org").status_code
        for number in range(MOST_AT_ADDRESS + 1)
    ]
    assert statuses == [302] * MOST_AT_ADDRESS + [429]


@pytest.mark.parametrize(
    "address",
    [
        "lea@example.org\nBcc: all@example.org",
        "lea@example.org\r\nBcc: all@example.org",
        "lea@example.org, all@example.org",
        "Léa <lea@example.org>",
        "lea@example.org\0",
        "lea",
        "",
        f"{'a' * 260}@example.org",
    ],
)
def test_what_is_no_single_address_is_refused(reader, address):
    assert sign_up(reader, address).status_code == 400
    assert mail.outbox == [] and not Subscription.objects.exists()


def test_other_sites_do_not_send_their_visitors(reader):
    assert sign_up(reader, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert mail.outbox == []


def test_links_hold_for_a_while(reader, newsletters, monkeypatch):
    sign_up(reader)
    link = link_in(mail.outbox[0])
    late = now() + CONFIRMABLE + timedelta(minutes=1)
    monkeypatch.setattr("django.core.signing.time.time", late.timestamp)
    for answer in (reader.get(link), reader.post(link)):
        assert answer.status_code == 410
    assert not is_confirmed("fr")


def test_a_link_is_for_one_address_language_and_purpose(reader, newsletters):
    sign_up(reader)
    link = link_in(mail.outbox[0])
    own = Subscription.objects.get()
    other = subscribed(newsletters["fr"], "max@example.org")
    forged = link.replace(own.key.hex, other.key.hex)
    assert reader.post(forged).status_code == 410
    assert reader.post(link.replace("/fr/", "/en/")).status_code == 410
    leaving = leave_link(own)
    assert reader.post(leaving.replace("/unsubscribe/", "/confirm/")).status_code == 410
    assert reader.post(link.replace("/confirm/", "/unsubscribe/")).status_code == 404
    assert reader.post(leaving.replace(own.key.hex, other.key.hex)).status_code == 404
    assert Subscription.objects.count() == 2 and not is_confirmed("fr")


def test_leaving_takes_one_post_without_cookies(reader, newsletters):
    link = leave_link(subscribed(newsletters["fr"]))
    assert reader.get(link).status_code == 200
    assert is_confirmed("fr"), "Opening the link alone does not unsubscribe."
    answer = reader.post(link, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    assert not Subscription.objects.exists()
    # A second click, and what was mailed before, do nothing.
    assert reader.post(link).status_code == reader.get(link).status_code == 200


def test_an_old_confirmation_does_not_bring_back_who_has_left(reader):
    sign_up(reader)
    link = link_in(mail.outbox[0])
    reader.post(link)
    reader.post(leave_link(Subscription.objects.get()))
    assert reader.post(link).status_code == 410
    assert not Subscription.objects.exists()


def test_links_are_kept_from_caches_and_other_sites(reader, newsletters):
    answer = reader.get(leave_link(subscribed(newsletters["fr"])))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_articles_invite_to_the_newsletter_of_their_language(reader, journal, newsletters):
    article = make_article(journal)
    for code, newsletter in newsletters.items():
        said = reader.get(article.url_in(code)).content.decode()
        with override(code):
            assert f'href="{reverse("diptych_newsletter")}"' in said
        assert newsletter.name in said
    newsletters["en"].is_open = False
    newsletters["en"].save()
    assert "/en/newsletter/" not in reader.get(article.url_in("en")).content.decode()
    assert reader.get("/en/newsletter/").status_code == 404
    assert reader.get("/fr/newsletter/").status_code == 200


def test_an_address_that_bounces_gets_nothing_until_it_is_confirmed_again(reader, newsletters):
    subscription = subscribed(newsletters["fr"])
    assert record_bounce("LEA@example.org") == 1
    assert not is_confirmed("fr")
    sign_up(reader)
    assert "/confirm/" in mail.outbox[0].body
    reader.post(link_in(mail.outbox[0]))
    assert is_confirmed("fr")
    assert Subscription.objects.get().pk == subscription.pk


def test_the_form_is_the_same_for_all_readers(reader):
    """So that the page cache may keep it."""
    assert {"diptych_newsletter", "diptych_newsletter_sent"} <= known_addresses().keys()
    first, second = (CommittingClient().get("/fr/newsletter/") for _ in range(2))
    assert first.content == second.content
    assert first.cookies == {} and "csrf" not in first.content.decode()


def test_a_mail_server_that_fails_changes_no_answer_and_no_log_names_the_address(
    reader, settings, caplog
):
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    answer = sign_up(reader)
    assert (answer.status_code, answer["Location"]) == (302, "/fr/newsletter/sent/")
    assert "was not written to" in caplog.text and LEA not in caplog.text


class Failing(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({LEA: (550, b"No such user")})


def test_senders_and_readers_have_hosts_with_any_letters(reader, newsletters, make_issue):
    newsletters["fr"].sender_address = "lettre@exämple.org"
    newsletters["fr"].save()
    sign_up(reader, "lea@exämple.org")
    (message,) = mail.outbox
    said = message.message()
    assert said["From"].endswith("<lettre@xn--exmple-cua.org>")
    assert said["To"] == "lea@xn--exmple-cua.org"
    reader.post(link_in(message))
    make_issue(state=Issue.State.SCHEDULED, send_at=now())
    sending.send_due()
    assert [each.to for each in mail.outbox[1:]] == [["lea@exämple.org"]]


def test_a_link_of_another_site_confirms_nothing_here(reader):
    other = make_journal("other.example", is_default=False)
    letter = Newsletter.objects.create(site=other.site, language="fr", name="Ailleurs")
    subscription = letter.subscriptions.create(address=LEA)
    path = urlsplit(links.confirmation_url(subscription)).path
    answer = reader.post(path)
    assert answer.status_code == 410 and "Ailleurs" not in answer.content.decode()
    assert reader.post(path, HTTP_HOST="other.example").status_code == 200
    subscription.refresh_from_db()
    assert subscription.gets_it


@pytest.mark.parametrize(
    "address",
    ["a@localhost", "a@\u202emoc.elgoog.org", "a@exam\u200bple.org", "a\u202e@b.org", "a@10.0.0.1"],
)
def test_hosts_that_no_mail_reaches_or_that_look_like_others_are_refused(reader, address):
    answer = sign_up(reader, address)
    assert answer.status_code == 400
    assert not Subscription.objects.exists() and not mail.outbox
