"""Publish an article of each pasted sample and Word file, and note their addresses in a file."""

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.utils.translation import override  # noqa: E402

from diptych.articles.imported_documents.articles import create_article  # noqa: E402
from diptych.articles.imported_documents.html import blocks_from_html  # noqa: E402
from diptych.articles.models import ArticleIndexPage, ArticlePage  # noqa: E402
from tests.articles.imported_documents.test_pasted_html import EXPECTED, SAMPLES  # noqa: E402
from tests.articles.imported_documents.word_files import FILES  # noqa: E402
from tests.factories import make_image  # noqa: E402


def publish(page, language, notes):
    """Publish ``page``; pictures that an editor has still to choose are a blue one."""
    body = [dict(block) for block in page.text_in("body", language).raw_data]
    for block in body:
        if block["type"] == "image":
            image = block["value"]["image"] or make_image("?").pk
            block["value"] = {**block["value"], "image": image, "alt": "?"}
    stream = page._meta.get_field("body").stream_block
    page.set_text("body", language, stream.to_python(body))
    page.set_text("lead", language, page.text_in("lead", language) or "…")
    page.request_publication([language])
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    return {"path": urlsplit(page.full_url_in(language)).path, "notes": notes}


def pasted(name, language):
    html = (SAMPLES / f"{name}.html").read_text(encoding="utf-8")
    converted = blocks_from_html(html, language=language)
    page = ArticlePage(source_language=language, live=False)
    page.set_text("headline", language, name.replace("_", " ").capitalize())
    stream = page._meta.get_field("body").stream_block
    page.set_text("body", language, stream.to_python(converted.stored()))
    ArticleIndexPage.objects.first().add_child(instance=page)
    return publish(page, language, converted.notes)


def from_word(name, language, content):
    user = get_user_model().objects.filter(is_superuser=True).first()
    file = SimpleUploadedFile(f"{name}.docx", content)
    page, notes = create_article(ArticleIndexPage.objects.first(), {language: file}, user)
    return publish(page.get_latest_revision_as_object(), language, notes[language])


if __name__ == "__main__":
    with override("en"):
        made = {f"pasted {name}": pasted(name, language) for name, language in EXPECTED}
        made |= {f"file {name}": from_word(name, *file) for name, file in FILES.items()}
    Path(sys.argv[1]).write_text(json.dumps(made), encoding="utf-8")
