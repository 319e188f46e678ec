import pytest
from django.utils.timezone import now

from diptych.articles.newsletter.models import Issue, IssueArticle, Newsletter
from tests.committing import CommittingClient


@pytest.fixture
def client():
    return CommittingClient()


@pytest.fixture
def newsletters(journal):
    """The newsletters of the journal, by language."""
    names = {"fr": "La lettre de la semaine", "en": "The weekly letter"}
    return {
        code: Newsletter.objects.create(site=journal.site, language=code, name=name)
        for code, name in names.items()
    }


@pytest.fixture
def subscribe():
    """Make confirmed subscriptions of a newsletter."""

    def subscribe(newsletter, *addresses):
        return [
            newsletter.subscriptions.create(address=address, confirmed_at=now())
            for address in addresses
        ]

    return subscribe


@pytest.fixture
def make_issue(newsletters):
    """Make an issue with the articles that it is given."""

    def make_issue(*articles, language="fr", **values):
        values = {"subject": "Le lac", "introduction": "Bonjour.", **values}
        issue = Issue.objects.create(newsletter=newsletters[language], **values)
        for number, article in enumerate(articles):
            IssueArticle.objects.create(issue=issue, article=article, sort_order=number)
        return issue

    return make_issue
