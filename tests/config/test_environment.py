"""How variables of the environment are read."""

import logging
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.environment import Environment

READ = [
    (environment.boolean, "yes", True),
    (environment.boolean, "False", False),
    (environment.integer(0), "7", 7),
    (environment.strings, "a,b", ["a", "b"]),
    (environment.strings, "", []),
    (environment.from_json, '{"a": 1}', {"a": 1}),
    (environment.translation_machine, '{"PROVIDER": "deepl"}', {"PROVIDER": "deepl"}),
    (environment.https_address, "https://journal.example:8443/", "https://journal.example:8443/"),
    (environment.email_address, "desk@journal.example", "desk@journal.example"),
    (environment.email_addresses, "a@b.example, c@d.example", ["a@b.example", "c@d.example"]),
    (environment.sentry_address, "https://k@sentry.example/1", "https://k@sentry.example/1"),
    (environment.log_level, "debug", logging.DEBUG),
    (environment.log_level, "15", 15),
    (Path, "/srv/media", Path("/srv/media")),
]
REFUSED = [
    (environment.boolean, "perhaps", "Not a valid boolean."),
    (environment.email_addresses, "a@b.example, c", "Not a valid email address."),
    (environment.sentry_address, "https://sentry.example/1", "Not a valid DSN."),
    (environment.integer(0), "1.5", "Not a valid integer."),
    (environment.integer(1), "0", "Must be greater than or equal to 1."),
    (environment.long_enough(3), "ab", "Shorter than minimum length 3."),
    (environment.long_enough(1, environment.strings), "", "Shorter than minimum length 1."),
    (environment.from_json, "{", "Not valid JSON."),
    (environment.translation_machine, "deepl", "Not valid JSON."),
    *(
        (
            environment.translation_machine,
            value,
            "Not a JSON object without KEY, which has a variable of its own.",
        )
        for value in ('["deepl"]', '{"PROVIDER": "deepl", "KEY": "secret"}')
    ),
    (environment.database, "cupboard://left", "Not a valid database URL."),
    *(
        (
            environment.email_server,
            value,
            "Not a valid email URL: it begins with none of "
            "console, dummy, file, memory, smtp, smtps, submission, submit.",
        )
        for value in ("dummymail://", "mail.example", "")
    ),
    (environment.email_server, "smtp://a:port", "Not a valid email URL."),
    (environment.log_level, "loud", "Not a valid log level."),
    *(
        (environment.https_address, value, "Not a valid URL.")
        for value in ("http://a.example", "https://", "https://a b/", "https://[::1", "a.example")
    ),
    *(
        (environment.email_address, value, "Not a valid email address.")
        for value in ("", "desk", "@a.example", "a b@a.example", "Desk <desk@a.example>")
    ),
]


@pytest.mark.parametrize(("parse", "value", "expected"), READ)
def test_a_variable_is_read(parse, value, expected):
    env = Environment({"NAME": value})
    assert env.read("NAME", parse) == expected
    env.check()


@pytest.mark.parametrize(("parse", "value", "fault"), REFUSED)
def test_a_malformed_variable_is_named_without_its_value(parse, value, fault):
    env = Environment({"NAME": value})
    assert env.read("NAME", parse, "a default") is None
    with pytest.raises(ImproperlyConfigured) as error:
        env.check()
    assert str(error.value).splitlines()[1:] == [f"  NAME: {fault}"]


def test_all_faults_are_reported_at_once_in_alphabetical_order():
    env = Environment({"B": "x"})
    assert env.read("OTHER", str, "a default") == "a default"
    env.read("C")
    env.read("B", environment.boolean)
    with pytest.raises(ImproperlyConfigured) as error:
        env.check()
    assert str(error.value).splitlines()[1:] == [
        "  B: Not a valid boolean.",
        "  C: Environment variable not set.",
    ]
