"""Fill the database of the browser tests: a small journal and the people who work on it."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from wagtail.models import Site  # noqa: E402
from wagtail.users.models import UserProfile  # noqa: E402

from articles.models import JournalSettings  # noqa: E402
from tests import factories  # noqa: E402

PASSWORD = "password"


def seed():
    call_command("migrate", verbosity=0)
    Site.objects.all().delete()
    journal = factories.make_journal(hostname="127.0.0.1")
    JournalSettings.objects.create(site=journal.site, name_fr="Rives", name_en="Shores")
    topic = factories.make_topic(journal, "Climat", "Climate")
    factories.make_author(journal, "Léa Rochat")
    factories.make_author(journal, "İlkay Yıldırım")
    factories.make_image("Lac gelé", width=1600, height=1000)
    factories.make_article(journal, "Le pont fermé", "The closed bridge", topics=[topic])
    for role, language in (("moderator", "fr"), ("editor", "en"), ("admin", "en")):
        user = factories.make_user(role, username=role)
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save()


if __name__ == "__main__":
    seed()
