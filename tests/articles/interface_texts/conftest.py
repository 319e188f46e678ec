"""A small site's catalogues in a folder of their own, and users who may edit its languages."""

import polib
import pytest
from django.contrib.auth.models import Permission
from wagtail.users.models import UserProfile

from diptych.articles.interface_texts.catalogues import compile_catalogues
from tests.committing import CommittingClient
from tests.factories import make_user

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
ENTRIES = {
    "fr": """msgid "Read on"
msgstr "Lire la suite"

msgid "By %(name)s"
msgstr "Par %(name)s"

#, fuzzy
msgid "Read <b>now</b>"
msgstr "Lire <b>tout de suite</b>"

msgid "%(count)s page"
msgid_plural "%(count)s pages"
msgstr[0] "%(count)s page"
msgstr[1] "%(count)s pages"

msgctxt "verb"
msgid "Share"
msgstr ""

msgid ""
"\\n"
"A letter\\n"
"to the editors\\n"
msgstr ""
"\\n"
"Une lettre\\n"
"à la rédaction\\n"
""",
    "en": """msgid "Read on"
msgstr "Go on reading"

msgid "By %(name)s"
msgstr "By %(name)s"
""",
}


@pytest.fixture
def locale(tmp_path, settings):
    """The folder of the catalogues, which are the only ones of the site."""
    folder = tmp_path / "locale"
    for language, entries in ENTRIES.items():
        path = folder / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(HEADER + entries, encoding="utf-8")
    compile_catalogues(folder)
    settings.LOCALE_PATHS = [folder]
    return folder


@pytest.fixture
def saved_text(locale):
    """Look up what the file of a language says for a source."""

    def look_up(source, language="fr"):
        entry = polib.pofile(str(locale / language / "LC_MESSAGES" / "django.po")).find(source)
        return entry.msgstr_plural or entry.msgstr

    return look_up


def make_translator(*languages, interface="en"):
    """Somebody who may enter the admin and edit the given languages, and nothing else."""
    user = make_user("reader")
    codenames = ["access_admin", *(f"edit_{language}" for language in languages)]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = interface
    profile.save()
    return user


@pytest.fixture
def client():
    return CommittingClient()


@pytest.fixture
def translator(client, db, locale):
    """A browser in which somebody who may edit French is signed in."""
    client.force_login(make_translator("fr"))
    return client
