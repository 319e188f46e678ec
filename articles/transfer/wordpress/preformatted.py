"""Where the elements of a post stand whose text is kept as it reads, such as ``<pre>``."""

import re
from html import escape, unescape

from diptych.articles.languages.config.language_config import available_languages

_TAG = re.compile(r"<[^<>]*>")
#: ``[code]`` and ``<pre lang="php" line="1">`` of plugins that colour code.
_RAW_CODE = re.compile(
    r"\[(?P<name>sourcecode|code|bash|shell|cpp|csharp|css|javascript|jscript|js|java|perl|php"
    r"|python|py|ruby|rb|sql|xml|yaml)(?:[\s=][^\[\]]{0,300})?\]"
    r"|<(?P<pre>pre)(?P<settings>(?:\s+(?:lang|line|escaped|highlight|src)\s*=\s*"
    r"(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))+)\s*>",
    re.I,
)
_LANG = re.compile(r"\slang\s*=\s*[\"']?([\w+#.-]*)", re.I)
_ESCAPED = re.compile(r"\sescaped\s*=\s*[\"']?true", re.I)


def preformatted_spans(content, names, *, with_tags=False):
    """The ``(start, end)`` of elements called one of ``names``, in order.

    ``with_tags`` gives those of all other tags as well. The time is in proportion to ``content``:
    an end that is missing is looked for once.
    """
    begins = re.compile(rf"<({'|'.join(names)})\b{'|<' if with_tags else ''}", re.I)
    ends = {name: re.compile(rf"</{name}\s*>", re.I) for name in names}
    place = 0
    while found := begins.search(content, place):
        place = found.end()
        name = (found[1] or "").lower()
        end = ends[name].search(content, place) if name in ends else None
        if end is None:
            ends.pop(name, None)
            end = _TAG.match(content, found.start()) if with_tags else None
        if end is not None:
            place = end.end()
            yield found.start(), place


def with_raw_code(content):
    """``content`` with the code in ``<pre lang="…">`` and ``[code]`` as text of HTML.

    Plugins that colour code show it as it stands, with what looks like tags in it, unless
    ``escaped`` says that it is HTML. A language of the site is no language of programs.
    """
    out, place, unclosed = [], 0, set()
    while begin := _RAW_CODE.search(content, place):
        out.append(content[place : begin.end()])
        place = begin.end()
        end = None if _is_html(begin) else _end_of(begin, content, unclosed)
        if end is not None:
            code = content[place : end.start()]
            code = escape(code if "<" in code else unescape(code), quote=False)
            if begin["name"]:
                name = "pre" if "\n" in code.strip() else "code"
                out[-1] = out[-1].removesuffix(begin[0])
                out.append(f"<{name}>{code}</{name}>")
            else:
                out.append(f"{code}</pre>")
            place = end.end()
    out.append(content[place:])
    return "".join(out)


def _is_html(begin):
    """Whether the element that begins holds HTML, and no code as it stands."""
    settings = begin["settings"]
    if settings is None:
        return False
    lang = _LANG.search(settings)
    is_code = lang and lang[1].lower() not in available_languages()
    return not is_code or bool(_ESCAPED.search(settings))


def _end_of(begin, content, unclosed):
    """Where code that begins ends; ``None`` where its end is missing: it is looked for once."""
    name = (begin["name"] or "").lower()
    if name in unclosed:
        return None
    sign = rf"\[/{name}\]" if name else r"</pre\s*>"
    end = re.compile(sign, re.I).search(content, begin.end())
    if end is None:
        unclosed.add(name)
    return end
