"""YAML of files that anybody may have written: plain values, without aliases, limited in depth."""

import json
import re
import tomllib
from contextlib import suppress

import yaml
from django.utils.translation import gettext as _

#: Finds the line in an error of ``tomllib``.
_LINE_OF_TOML = re.compile(r"at line (\d+)")
#: Characters of JSON that stand in no YAML, or end a line there.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
DEEPEST = 40
LONGEST = 40_000_000

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(DUMPER):
    """Writes texts of several lines as such, and no aliases."""

    def ignore_aliases(self, data):
        return True


def _text(dumper, text):
    is_block = "\n" in text and not any(line.endswith((" ", "\t")) for line in text.split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if is_block else None)


_Dumper.add_representer(str, _text)


def load(text):
    """The value of a YAML text. Raises ``ValueError`` with a message.

    Aliases are refused: a few lines of them can expand to gigabytes.
    """
    if len(text) > LONGEST:
        raise ValueError(_("This is too long."))
    try:
        _check(text)
        return yaml.load(text, Loader=LOADER)  # noqa: S506 a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = _(
            "line %(line)d is not YAML: a text with a colon, for example, stands in quotation marks"
        )
        raise ValueError(message % {"line": mark.line + 1 if mark else 1}) from None
    except (RecursionError, OverflowError):
        raise ValueError(_("This is no YAML that a person has written.")) from None


def _check(text):
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(_("aliases (*name) are not read"))
        depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        if depth > DEEPEST:
            raise ValueError(_("it is nested too deeply"))


def dump(value):
    """``value`` as YAML, in the order of its keys."""
    return yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000, indent=2
    )


def split(text):
    """``(values, body, first line of the body)`` of a text that may start with front matter.

    It is between two lines of ``---``, in YAML, or of ``+++``, in TOML, or an object of JSON.
    Raises ``ValueError``.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if (found := _object_at_start(text)) is not None:
        return found
    for fence, read in (("---", load), ("+++", _load_toml)):
        if not text.startswith(f"{fence}\n"):
            continue
        end = text.find(f"\n{fence}\n", len(fence))
        if end < 0 and text.endswith(f"\n{fence}"):
            end = len(text) - len(fence) - 1
        if end < 0:
            raise ValueError(_("the front matter is never closed"))
        values = read(text[len(fence) + 1 : end + 1]) or {}
        if not isinstance(values, dict):
            raise ValueError(_("the front matter holds no names with values"))
        start = min(end + len(fence) + 2, len(text))
        return values, text[start:], text.count("\n", 0, start) + 1
    return {}, text, 1


def _object_at_start(text):
    """As :func:`split`, where ``text`` begins with an object of JSON, as Hugo reads it."""
    if not text.startswith("{"):
        return None
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if text[end:].partition("\n")[0].strip():
        return None
    end = text.find("\n", end) + 1 or len(text)
    # Read as YAML, within the same limits. It has no escapes of two parts, as JSON has for emoji.
    as_yaml = _NOT_IN_YAML.sub(
        lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(values, ensure_ascii=False)
    )
    return load(as_yaml), text[end:], text.count("\n", 0, end) + 1


def joined(values, body):
    """A text with its front matter; the reverse of :func:`split`."""
    return f"---\n{dump(values)}---\n" + (f"\n{body}" if body else "")


def _load_toml(text):
    with suppress(RecursionError):
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = _LINE_OF_TOML.search(str(error))
            message = _("line %(line)s is not TOML: each text, for example, is in quotation marks")
            raise ValueError(message % {"line": line[1] if line else 1}) from None
    raise ValueError(_("it is nested too deeply"))
