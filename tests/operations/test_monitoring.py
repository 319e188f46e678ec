"""What logs and reports of errors say, and what they leave out."""

import json
import logging
import sys

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from operations.monitoring import errors
from operations.monitoring.errors import ThrottledMailHandler, without_texts
from operations.monitoring.requests import (
    JSONFormatter,
    LineFormatter,
    RequestFilter,
    RequestLogMiddleware,
)
from tests.factories import make_user

SECRET = "wörds-of-a-draft"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def lines(caplog):
    """The lines of the log as JSON, each a dictionary."""
    caplog.handler.addFilter(RequestFilter())
    caplog.set_level(logging.INFO, "journal.access")
    form = JSONFormatter("{levelname}{name}{request_id}{user_id}{language}{message}", style="{")
    return lambda: [json.loads(form.format(record)) for record in caplog.records]


@pytest.fixture
def logged(settings):
    settings.MIDDLEWARE = [
        "operations.monitoring.requests.RequestLogMiddleware",
        *settings.MIDDLEWARE,
    ]


@pytest.mark.django_db
def test_each_request_is_a_line(client, lines, logged):
    user = make_user("admin")
    client.force_login(user)
    client.get("/admin/login/", {"q": SECRET}, headers={"x-request-id": "0123456789abcdef"})
    (line,) = [each for each in lines() if each["name"] == "journal.access"]
    assert line["request_id"] == "0123456789abcdef"
    assert (line["method"], line["path"], line["status"]) == ("GET", "/admin/login/", 302)
    assert line["user_id"] == str(user.pk)
    assert SECRET not in str(line)


@pytest.mark.django_db
def test_lines_hold_no_token_and_no_made_up_id(client, lines, logged):
    client.get(f"/admin/password_reset/confirm/MQ/{SECRET}/", headers={"x-request-id": "a\tb"})
    (line,) = [each for each in lines() if each["name"] == "journal.access"]
    assert line["path"] == "/admin/password_reset/confirm/…/…/"
    assert len(line["request_id"]) == 32
    assert line["user_id"] == "-"


@pytest.mark.django_db
@pytest.mark.parametrize("form", [LineFormatter(), JSONFormatter()])
@pytest.mark.parametrize(
    "path",
    [
        "/fr/draft/KEY.SIG/",
        "/fr/draft/KEY.SIG",
        "/admin/password_reset/confirm/KEY/SIG",
        "/fr/newsletter/confirm/KEY.SIG/",
        "/en/newsletter/unsubscribe/KEY.SIG",
    ],
)
def test_no_line_of_any_logger_holds_a_token(client, caplog, logged, path, form):
    """Draft links, which have no answer here, and addresses that no pattern matches."""
    caplog.set_level(logging.INFO)
    client.get(path, {"q": SECRET})
    names = {record.name for record in caplog.records}
    lines = [form.format(record) for record in caplog.records]
    assert "journal.access" in names
    assert any("…" in line or r"\u2026" in line for line in lines)
    for line in lines:
        assert "KEY" not in line and "SIG" not in line and SECRET not in line


def test_a_traceback_holds_no_token():
    try:
        raise ValueError("/en/draft/KEY.SIG/ 'quoted\"")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 1, "Failed", (), sys.exc_info())
    assert "draft/…/ 'quoted" in LineFormatter().format(record)
    assert "draft/…/ 'quoted" in json.loads(JSONFormatter().format(record))["exc_info"]


def failing():
    """The record of an error whose message, variables and request hold what nobody may read."""
    secret = SECRET
    try:
        raise ValueError(secret)
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, secret, (), sys.exc_info()
        )
    record.request = RequestFactory().post("/fr/", {"text": SECRET}, QUERY_STRING=SECRET)
    return record


@pytest.fixture
def administrators(settings):
    settings.ADMINS = [("", "it@journal.example")]


def test_an_error_is_mailed_once_and_without_texts(administrators):
    for _time in range(3):
        ThrottledMailHandler().emit(failing())
    (message,) = mail.outbox
    assert message.to == ["it@journal.example"]
    assert "ValueError" in message.subject
    assert "test_monitoring.py" in message.body
    assert SECRET not in message.subject + message.body


def test_many_kinds_of_errors_are_few_mails(administrators):
    for number in range(errors.MOST + 5):
        record = logging.LogRecord("a", logging.ERROR, "here.py", number, "", (), None)
        ThrottledMailHandler().emit(record)
    assert len(mail.outbox) == errors.MOST


def test_sentry_gets_places_and_no_texts():
    import sentry_sdk

    sent = []
    with sentry_sdk.isolation_scope() as scope:
        client = sentry_sdk.Client(
            "https://key@sentry.example/1",
            before_send=lambda event, hint: sent.append(without_texts(event, hint)),
        )
        scope.set_client(client)
        scope.set_extra("draft", SECRET)

        def view(request):
            try:
                raise ValueError(SECRET)
            except ValueError:
                sentry_sdk.capture_exception()
            return HttpResponse()

        RequestLogMiddleware(view)(
            RequestFactory().post(f"/fr/draft/KEY.SIG/?q={SECRET}", {"text": SECRET})
        )
    (event,) = sent
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert event["exception"]["values"][0]["stacktrace"]["frames"][-1]["function"] == "view"
    assert event["request"] == {"method": "POST", "url": "/fr/draft/…/"}
    assert SECRET not in json.dumps(event, default=str)
