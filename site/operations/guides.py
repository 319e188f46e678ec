"""The guides of `docs/` as pages of the admin."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language

DOCS = settings.ROOT / "docs"
#: A link of a document to another one, in a language or without.
DOCUMENT = re.compile(r"^([a-z-]+)(?:\.([a-z]{2}))?\.md(#.*)?$")
PICTURE = re.compile(r"^images/([a-z0-9.-]+\.png)$")


def guide(request, name):
    """Render the document ``name`` in ``?language=``, else in the language of the admin."""
    asked, own = request.GET.get("language"), (get_language() or "").split("-")[0]
    wanted = asked if asked in dict(settings.LANGUAGES) else own
    names = {f"{name}.{wanted}.md": wanted, f"{name}.en.md": "en", f"{name}.md": "en"}
    found = next((each for each in names if (DOCS / each).is_file()), None)
    if found is None:
        raise Http404
    title, text = _read(DOCS / found, names[found])
    context = {"page_title": title, "header_icon": "help", "text": text, "language": names[found]}
    return render(request, "journal/guide.html", context)


def picture(request, name):
    """A picture of the documents."""
    file = DOCS / "images" / name
    if not PICTURE.match(f"images/{name}") or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")


def _read(file: Path, language):
    """The title of a Markdown document in ``language``, and the rest of it as HTML."""
    from markdown_it import MarkdownIt

    first, _line, rest = file.read_text(encoding="utf-8").partition("\n")
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(rest)
    for token in (each for block in tokens for each in block.children or ()):
        if token.type == "link_open" and (document := DOCUMENT.match(token.attrs["href"])):
            query = f"?language={document[2]}" if document[2] not in (None, language) else ""
            token.attrs["href"] = reverse("journal_guide", args=[document[1]]) + query
        elif token.type == "image" and (shown := PICTURE.match(token.attrs["src"])):
            token.attrs["src"] = reverse("journal_guide_picture", args=[shown[1]])
    return first.lstrip("# "), parser.renderer.render(tokens, parser.options, {})


urlpatterns = [
    path("guide/<slug:name>/", guide, name="journal_guide"),
    path("guide/images/<str:name>", picture, name="journal_guide_picture"),
]
