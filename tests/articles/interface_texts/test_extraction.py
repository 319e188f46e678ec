"""Extraction keeps the translations that were edited in the admin."""

import shutil

import polib
import pytest
from django.core.management import call_command

from tests.articles.interface_texts.conftest import make_translator
from tests.articles.interface_texts.form import ENGLISH, FRENCH, open_form

SOURCE = """from django.utils.translation import gettext, ngettext

gettext("Read on")
gettext("By %(name)s")
gettext("A new text")
ngettext("%(count)s page", "%(count)s pages", 2)
"""


@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed.")
def test_collecting_words_keeps_what_was_typed(client, locale, saved_text):
    client.force_login(make_translator("fr", "en"))
    open_form(client).type("Read on", "Continuer").post(client)
    plural = ["une page", "%(count)s pages au total"]
    open_form(client).type("%(count)s page", *plural).post(client)
    open_form(client, ENGLISH).type("By %(name)s", "Written by %(name)s").post(client, ENGLISH)
    (locale.parent / "program.py").write_text(SOURCE, encoding="utf-8")

    call_command("diptych_catalogues", "--extract")

    assert saved_text("Read on") == "Continuer"
    assert saved_text("%(count)s page") == dict(enumerate(plural))
    assert saved_text("By %(name)s", "en") == "Written by %(name)s"
    assert saved_text("Read on", "en") == "Go on reading"
    assert saved_text("A new text", "en") == "A new text"
    assert saved_text("A new text") == ""
    new = open_form(client, FRENCH, tab="administration", msg_filter="untranslated")
    assert new.sources == ["A new text"]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed.")
def test_each_text_names_the_files_that_it_stands_in(locale):
    for name in ("program.py", "other.py"):
        (locale.parent / name).write_text(SOURCE, encoding="utf-8")

    call_command("diptych_catalogues", "--extract")

    entry = polib.pofile(str(locale / "fr" / "LC_MESSAGES" / "django.po")).find("A new text")
    assert entry.occurrences == [("other.py", ""), ("program.py", "")]
