"""What is stored about a person is exported, erased, and forgotten after a while."""

import json
from datetime import timedelta

import pytest
from axes.models import AccessLog
from django.core.management import CommandError, call_command
from django.utils.timezone import now
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from diptych.articles.languages.models import Notification
from diptych.articles.models import AuthorPage
from operations.mail.models import OutgoingMail
from operations.privacy import people
from tests.factories import make_article, make_author, make_user


@pytest.fixture
def person(db):
    user = make_user("editor")
    user.first_name, user.last_name, user.email = "Ana", "Quiet", "ana@journal.example"
    user.save()
    Notification.objects.create(recipient=user, subject="Read me", url="/admin/")
    AccessLog.objects.create(username=user.username, ip_address="192.0.2.7")
    return user


def test_all_that_is_stored_of_a_person_is_exported(journal, person, tmp_path):
    author = make_author(journal, account=person)
    file = tmp_path / "ana.json"
    file.touch(0o644)
    call_command("personal_data", person.username, export=file, verbosity=0)
    assert file.stat().st_mode & 0o077 == 0
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["account"]["email"] == "ana@journal.example"
    assert found["notifications"][0]["subject"] == "Read me"
    assert found["sign_ins"][0]["ip_address"] == "192.0.2.7"
    assert [each["pk"] for each in found["author_pages"]] == [author.pk]


def test_only_a_closed_account_is_erased_and_what_it_made_stays(journal, person):
    page = make_article(journal)
    data = {"language": "en", "person": "Ana Quiet"}
    log(page, "diptych.assign_translation", user=person, data=data)
    log(person, "wagtail.edit", user=person)
    with pytest.raises(CommandError):
        call_command("personal_data", person.username, erase=True)
    person.is_active = False
    person.save()
    call_command("personal_data", person.username, erase=True, verbosity=0)
    person.refresh_from_db()
    stored = json.dumps(
        [list(model.objects.values("label", "data")) for model in (PageLogEntry, ModelLogEntry)]
    )
    assert (person.username, person.email) == (f"erased-{person.pk}", "")
    assert "Ana" not in stored and not Notification.objects.exists()
    assert not AccessLog.objects.exists()
    assert PageLogEntry.objects.get(action="diptych.assign_translation").user == person


def test_waiting_mail_is_deleted_by_whole_addresses(person):
    def waits(*addresses):
        message = {"to": list(addresses), "cc": [], "bcc": []}
        mail = OutgoingMail.objects.create(message=message, recipients=", ".join(addresses))
        return mail.pk

    own = waits("Ana Quiet <Ana@Journal.example>")
    other, shared = waits("diana@journal.example"), waits("ana@journal.example", "bo@x.example")
    person.is_active = False
    person.save()
    people.erase(person)
    left = dict(OutgoingMail.objects.values_list("pk", "recipients"))
    assert own not in left
    assert left == {other: "diana@journal.example", shared: "bo@x.example"}
    assert OutgoingMail.objects.get(pk=shared).message["to"] == ["bo@x.example"]


def test_old_data_is_forgotten_by_the_settings(person, settings):
    old = now() - timedelta(days=100)
    AccessLog.objects.update(attempt_time=old)
    entry = log(person, "wagtail.edit", user=person)
    ModelLogEntry.objects.filter(pk=entry.pk).update(timestamp=old)
    call_command("forget_old", dry_run=True, verbosity=0)
    assert AccessLog.objects.exists()
    call_command("forget_old", verbosity=0)
    assert not AccessLog.objects.exists()
    assert ModelLogEntry.objects.filter(pk=entry.pk).exists() and Notification.objects.exists()
    settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "history": 30}
    call_command("forget_old", verbosity=0)
    assert not ModelLogEntry.objects.filter(pk=entry.pk).exists()


def test_the_page_of_an_author_becomes_nobodys(journal, client):
    author = make_author(journal, "Ana Quiet", biography_fr="<p>Née à Genève.</p>")
    article = make_article(journal, authors=[author])
    call_command("personal_data", erase_author=author.pk, verbosity=0)
    for code, name in (("fr", "Anonyme"), ("en", "Anonymous")):
        html = client.get(article.url_in(code)).content.decode()
        assert name in html and "Ana Quiet" not in html and "ana-quiet" not in html
    stored = AuthorPage.objects.get(pk=author.pk)
    assert stored.live_languages == ["fr", "en"]
    (revision,) = stored.revisions.all()
    names = {name for name, value in revision.content.items() if "Quiet" in str(value)}
    assert not names and "Genève" not in str(revision.content)
