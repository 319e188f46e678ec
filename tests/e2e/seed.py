"""Fill the database of the browser tests: a small journal and the people who work on it."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from wagtail.admin.menu import help_menu  # noqa: E402
from wagtail.models import Site  # noqa: E402
from wagtail.users.models import UserProfile  # noqa: E402

from diptych.articles.languages.permissions.groups import recipes  # noqa: E402
from diptych.articles.models import JournalSettings  # noqa: E402
from tests import factories  # noqa: E402
from tests.e2e.showpiece import make_showpiece  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402

PASSWORD = "password"


def make_translator():
    """Somebody who translates into English and may publish that, and nothing else."""
    call_command("diptych_groups", verbosity=0)
    user = factories.make_user("reader", username="translator")
    user.groups.add(next(each.find() for each in recipes() if each.key == "editors-en"))
    return user


def make_neighbours(journal):
    """Articles near one that is still to be written, one of them in French only."""
    for french, english, text in (
        ("Une carotte de névé", "A core of firn", "La glaciologue perce le névé du glacier."),
        ("Le refuge perché", None, "Un gardien regarde le névé du glacier."),
        ("La moraine parle", "The moraine speaks", "Une glaciologue lit la moraine du glacier."),
        ("La nuit craque", "The night cracks", "Le glacier et le névé craquent."),
        ("Le névé fond", "The firn melts", "La glaciologue voit fondre le névé."),
    ):
        live_in = factories.BOTH if english else ("fr",)
        body = factories.paragraphs(text, text)
        factories.make_article(journal, french, english, live_in, body_fr=body)
    call_command("rebuild_related", verbosity=0)


def settle(user, language):
    """Let somebody see the admin in ``language``, who knows the news that its menu announces.

    A badge that announces news is animated on every page, for half a minute.
    """
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    for item in help_menu.registered_menu_items:
        profile.dismissibles[item.name] = True
    profile.save()


def seed():
    copy_migrated(connection.settings_dict["NAME"])
    Site.objects.all().delete()
    journal = factories.make_journal(hostname="127.0.0.1")
    JournalSettings.objects.create(site=journal.site, name_fr="Rives", name_en="Shores")
    topic = factories.make_topic(journal, "Climat", "Climate")
    factories.make_author(journal, "Léa Rochat")
    factories.make_author(journal, "İlkay Yıldırım")
    factories.make_image("Lac gelé", width=1600, height=1000)
    factories.make_article(journal, "Le pont fermé", "The closed bridge", topics=[topic])
    make_showpiece(journal, topic)
    texts = [f"Paragraph {number}." for number in range(1, 81)]
    long = factories.paragraphs(*texts)
    factories.make_article(journal, "Un long récit", "A long story", body_fr=long, body_en=long)
    make_neighbours(journal)
    people = [factories.make_user(role, username=role) for role in ("moderator", "editor", "admin")]
    people.append(make_translator())
    for user in people:
        settle(user, "fr" if user.username == "moderator" else "en")


if __name__ == "__main__":
    seed()
