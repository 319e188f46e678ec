"""Authors and topics made of a name, which go live with the first article that names them."""

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError

from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.readiness.missing import PublicationProblem
from diptych.articles.languages.publication.service import publish_languages

#: The rows of an article that name other pages, with their foreign key, called as its type is.
NAMED_IN = {"authors": "author", "topics": "topic"}


class FollowsArticlesMixin(models.Model):
    """A page that may have been made of a name while an article was written."""

    goes_live_with_articles = models.BooleanField(
        _("goes live with articles"), default=False, editable=False
    )

    class Meta:
        abstract = True

    def waits_for_article_in(self, language):
        """Whether an article that goes live in ``language`` takes this page along.

        A page that has been live in a language is never published again by an article.
        """
        if not self.goes_live_with_articles or self.text_in("first_public_at", language):
            return False
        return language in self.get_latest_revision_as_object().languages_written()


def follower_notices(article, language):
    """A :class:`PublicationProblem` for each page that goes live with ``article``."""
    sentence = gettext(
        "“%(name)s” goes live in %(language)s with the article, if whoever publishes it may."
    )
    words = {"language": translated_language_name(language)}
    named = (
        (relation, getattr(row, field))
        for relation, field in NAMED_IN.items()
        for row in getattr(article, relation).all()
    )
    return [
        PublicationProblem(relation, sentence % {**words, "name": page.get_admin_display_title()})
        for relation, page in named
        if page is not None and page.waits_for_article_in(language)
    ]


def followers_published(article, languages):
    """``(page, languages)`` of pages published together with ``article`` last."""
    found = []
    for relation, field in NAMED_IN.items():
        rows = getattr(article, relation).get_live_queryset()
        for page in _made_of_a_name(field, rows.values(f"{field}_id")):
            codes = [code for code in languages if _is_newer(page, code, article)]
            found += [(page, codes)] if codes else []
    return found


def _is_newer(page, language, article):
    since = page.text_in("first_public_at", language)
    return bool(since) and since >= article.last_published_at


def publish_followers(page, revision, user, scheduled_by=None, **kwargs):
    """Publish pages that wait for the article ``page``; a receiver of ``languages_published``.

    In each language of the article, pages that ``user``, or the user who had set the date, may
    publish and that are ready. The others stay drafts. Without a user nothing is checked. Nobody is
    asked about open comments on them.
    """
    is_article = isinstance(page, apps.get_model("diptych", "ArticlePage"))
    if not is_article or page.alias_of_id or revision is None:
        return
    user = user or scheduled_by
    for follower in _followers_in(revision.content):
        for language in page.live_languages:
            is_allowed = user is None or _may_publish(user, follower, language)
            if is_allowed and follower.waits_for_article_in(language):
                _publish(follower, language, user)


def _followers_in(content):
    """The pages made of a name that the ``content`` of a revision of an article names."""
    for relation, field in NAMED_IN.items():
        keys = [row[field] for row in content.get(relation, ()) if row[field]]
        if keys:
            yield from _made_of_a_name(field, keys)


def _made_of_a_name(field, keys):
    """Those of the authors or topics with these ``keys`` that go live with articles.

    Mostly there are none, which is told without building the query of all their columns.
    """
    model = apps.get_model("diptych", f"{field}page")
    found = model.objects.filter(pk__in=keys, goes_live_with_articles=True)
    return found if found.exists() else ()


def _may_publish(user, page, language):
    tester = page.permissions_for_user(user)
    return tester.can_publish_in(language) and not page.is_locked_for(user)


def _publish(page, language, user):
    try:
        with transaction.atomic():
            publish_languages(page, [language], user, asks_about_comments=False)
    except (NotPublishable, PublishPagePermissionError):
        page.refresh_from_db()
