"""Write an issue for many addresses into the database of the settings; argument: how many."""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from diptych.articles.newsletter.models import Issue, Newsletter, Subscription  # noqa: E402
from tests.factories import make_article, make_journal  # noqa: E402


def main(count):
    call_command("migrate", verbosity=0)
    journal = make_journal()
    for number in range(5):
        make_article(journal, f"Texte {number}", f"Text {number}")
    newsletter = Newsletter.objects.create(site=journal.site, language="fr", name="La lettre")
    Subscription.objects.bulk_create(
        Subscription(
            newsletter=newsletter, address=f"reader-{number}@example.org", confirmed_at=now()
        )
        for number in range(count)
    )
    values = {"subject": "Cinq textes", "introduction": "Bonjour.", "send_at": now()}
    Issue.objects.create(newsletter=newsletter, state=Issue.State.SCHEDULED, **values)


if __name__ == "__main__":
    main(int(sys.argv[1]))
