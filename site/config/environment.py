"""Settings read from environment variables, all of which are checked before a fault is reported."""

import json
import logging
import os
from email.headerregistry import Address
from functools import partial
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http.request import split_domain_port

#: Values of booleans, in lower case.
BOOLEANS = {
    **dict.fromkeys(["1", "on", "t", "true", "y", "yes"], True),
    **dict.fromkeys(["0", "off", "f", "false", "n", "no"], False),
}


class Environment:
    """Reads variables by name; :meth:`check` names those that are missing or malformed."""

    def __init__(self, variables=os.environ):
        self.variables = variables
        self.faults = {}

    def read(self, name, parse=str, *default):
        """The parsed value of a variable, or ``default``; without a default, it is required.

        ``parse`` raises a ``ValidationError``. Returns ``None`` for an invalid value.
        """
        if name in self.variables:
            try:
                return parse(self.variables[name])
            except ValidationError as error:
                self.faults[name] = error.message
        elif default:
            return default[0]
        else:
            self.faults[name] = "Environment variable not set."
        return None

    def check(self):
        """Raise one error that names all faults, without the values, if there are any."""
        if self.faults:
            faults = [f"  {name}: {said}" for name, said in sorted(self.faults.items())]
            raise ImproperlyConfigured(
                "\n".join(["The environment does not describe this server:", *faults])
            )


# Parsers


def _parse(function, fault, value):
    try:
        return function(value)
    except Exception:  # libraries raise exceptions of any class
        raise ValidationError(fault) from None


boolean = partial(_parse, lambda value: BOOLEANS[value.lower()], "Not a valid boolean.")
from_json = partial(_parse, json.loads, "Not valid JSON.")


def email_server(value):
    """The settings that an e-mail URL describes."""
    found = _parse(dj_email_url.parse, "Not a valid email URL.", value)
    if "EMAIL_BACKEND" not in found:
        known = ", ".join(sorted(dj_email_url.SCHEMES))
        raise ValidationError(f"Not a valid email URL: it begins with none of {known}.")
    return found


#: Keys of `RETENTION_DAYS`.
RETAINED = frozenset(
    {"history", "comments", "draft_links", "notifications", "sign_ins", "background_work"}
)


def retention(value):
    """Days by kind of data, ``null`` for ever, as JSON."""
    found = from_json(value)
    is_known = isinstance(found, dict) and set(found) <= RETAINED
    if not is_known or not all(each is None or type(each) is int for each in found.values()):
        raise ValidationError(f"Not JSON of days for {', '.join(sorted(RETAINED))}.")
    return found


def translation_machine(value):
    """The setting ``DIPTYCH_TRANSLATION_MACHINE``, as JSON, without its key."""
    found = from_json(value)
    if not isinstance(found, dict) or "KEY" in found:
        raise ValidationError("Not a JSON object without KEY, which has a variable of its own.")
    return found


def json_object(value):
    """A JSON object."""
    found = from_json(value)
    if not isinstance(found, dict):
        raise ValidationError("Not a JSON object.")
    return found


def database(value):
    """The entry of ``DATABASES`` that a URL describes, with connections kept for a minute."""
    parse = partial(dj_database_url.parse, conn_max_age=60, conn_health_checks=True)
    return _parse(parse, "Not a valid database URL.", value)


def strings(value):
    """The strings between commas."""
    return value.split(",") if value else []


def integer(least):
    """A parser of whole numbers from ``least``."""

    def parse(value):
        number = _parse(int, "Not a valid integer.", value)
        if number < least:
            raise ValidationError(f"Must be greater than or equal to {least}.")
        return number

    return parse


def long_enough(shortest, parse=str):
    """A parser that requires a minimum number of characters or items."""

    def parse_long(value):
        found = parse(value)
        if len(found) < shortest:
            raise ValidationError(f"Shorter than minimum length {shortest}.")
        return found

    return parse_long


# Django's validators of URLs and e-mail addresses have patterns that take 45 ms to compile.


def https_address(value):
    address = _parse(urlsplit, "Not a valid URL.", value)
    if address.scheme != "https" or not _is_host(address.netloc) or value.split() != [value]:
        raise ValidationError("Not a valid URL.")
    return value


def email_address(value):
    address = _parse(lambda spec: Address(addr_spec=spec), "Not a valid email address.", value)
    if not address.username or not _is_host(address.domain):
        raise ValidationError("Not a valid email address.")
    return value


def email_addresses(value):
    """The e-mail addresses between commas."""
    return [email_address(each.strip()) for each in strings(value)]


def sentry_address(value):
    """A DSN: an address with a key before the host and a project behind it."""
    address = _parse(urlsplit, "Not a valid DSN.", value)
    has_parts = address.username and address.hostname and address.path.strip("/")
    if address.scheme not in ("http", "https") or not has_parts or value.split() != [value]:
        raise ValidationError("Not a valid DSN.")
    return value


def _is_host(name):
    domain, _port = split_domain_port(name)
    return bool(domain)


def log_level(value):
    """The number of a level, given by its number or its name in capitals or small letters."""
    if value.isdecimal():
        return int(value)
    levels = logging.getLevelNamesMapping()
    return _parse(levels.__getitem__, "Not a valid log level.", value.upper())


def identity_provider(value):
    """A provider of OpenID Connect: JSON with its name, its address and credentials for it."""
    provider = from_json(value)
    needed = {"name", "server_url", "client_id", "secret"}
    if not isinstance(provider, dict) or set(provider) != needed or not all(provider.values()):
        raise ValidationError(f"Needs {', '.join(sorted(needed))} and nothing else.")
    https_address(provider["server_url"])
    return provider
